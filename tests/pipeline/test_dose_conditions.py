from __future__ import annotations

from decimal import Decimal

import pytest

from deltoid.pipeline.dose_conditions import met, parse
from deltoid.pipeline.types import Mention, Quantity


def dose(value: str | None, unit: str) -> Quantity:
    return Quantity(Mention("dose", 0, 1, "1"), None if value is None else Decimal(value), unit)


@pytest.mark.parametrize(
    ("condition", "value", "unit", "answer"),
    [
        ("", "5", "mg", True),
        ("dose<=100mg", "100", "mg", True),
        ("dose<100mg", "100", "mg", False),
        ("dose>=100mg", "0.1", "g", True),
        ("dose>100mg", "100", "mg", False),
        ("dose=7.5mg", "7.50", "mg", True),
        ("dose>20mg & dose<=40mg", "40", "mg", True),
        ("dose>20mg & dose<=40mg", "20", "mg", False),
        ("dose=50mg | dose=0.5mL", "0.5", "mL", True),
        ("dose=50mg | dose=0.5mL", "1", "mL", False),
        ("dose=50mg | dose=100mg", "100", "mg", True),
        ("dose=50mg", "1", "mL", None),
    ],
)
def test_conditions(condition: str, value: str, unit: str, answer: bool | None) -> None:
    assert met(parse(condition), dose(value, unit)) is answer


def test_without_a_number_nothing_can_be_told() -> None:
    assert met(parse("dose>1mg"), None) is None
    assert met(parse("dose>1mg"), dose(None, "mg")) is None
    assert met(parse(""), None) is True


@pytest.mark.parametrize(
    "written", ["dose", "dose<>5mg", "dose<5", "weight<5kg", "dose<=5mg &", "dose<=5mg;"]
)
def test_other_words_are_no_condition(written: str) -> None:
    with pytest.raises(ValueError, match="is no condition"):
        parse(written)
