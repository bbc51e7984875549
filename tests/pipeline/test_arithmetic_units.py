from __future__ import annotations

from decimal import Decimal

import pytest

from deltoid.pipeline.arithmetic.units import convert


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        ("1", "g", "mg", "1000"),
        ("1000", "mcg", "mg", "1"),
        ("0.25", "mg", "mcg", "250"),
        ("2", "cc", "mL", "2"),
        # 2.4 million units are 24 times the 100,000 of the code
        ("2.4", "million units", "units", "2400000"),
        ("20", "mEq", "meq", "20"),
        ("1", "dose", "dose", "1"),
    ],
)
def test_an_amount_is_the_same_in_another_unit(value: str, unit: str, to: str, expected: str) -> None:
    assert convert(Decimal(value), unit, to) == Decimal(expected)


@pytest.mark.parametrize(
    ("unit", "to"),
    [
        ("mg", "mL"),
        ("units", "mg"),
        ("mEq", "mg"),
        ("mg", "vial"),
        ("mg/kg", "mg"),
        ("mg", "furlong"),
        ("furlong", "furlong"),
    ],
)
def test_what_measures_something_else_is_not_turned_into_it(unit: str, to: str) -> None:
    assert convert(Decimal(5), unit, to) is None
