"""Doses that nobody means."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from deltoid.pipeline import tabular
from deltoid.pipeline.arithmetic import limits
from deltoid.pipeline.arithmetic.units import find
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.types import Drug, Injection, Mention, Quantity

WORDS = Mention("dose", 0, 1, "x")


def event(drug: str, value: str, unit: str) -> Injection:
    return Injection("e1", "administered", drug=Drug(WORDS, drug), dose=Quantity(WORDS, Decimal(value), unit))


@pytest.mark.parametrize(
    ("drug", "value", "unit"),
    [
        ("cyanocobalamin", "1000", "mg"),
        ("ketorolac", "600", "mg"),
        ("ceftriaxone", "1", "mg"),
        ("epinephrine", "3", "mg"),
        ("penicillin G benzathine", "24", "million units"),
    ],
)
def test_a_dose_that_is_never_given_is_beyond(drug: str, value: str, unit: str) -> None:
    assert limits.beyond(event(drug, value, unit)) is not None


@pytest.mark.parametrize(
    ("drug", "value", "unit"),
    [
        ("cyanocobalamin", "1", "mg"),
        ("ketorolac", "15", "mg"),
        ("ketorolac", "60", "mg"),
        ("ceftriaxone", "2", "g"),
        ("epinephrine", "300", "mcg"),
        ("penicillin G benzathine", "2.4", "million units"),
        ("ketorolac", "600", "mL"),
        ("a drug that is not in the table", "600", "mg"),
    ],
)
def test_an_ordinary_or_unreadable_dose_is_not(drug: str, value: str, unit: str) -> None:
    assert limits.beyond(event(drug, value, unit)) is None


def test_an_unnamed_drug_has_no_limit() -> None:
    assert limits.beyond(Injection("e1", "administered")) is None


def test_every_limit_is_of_a_known_drug_in_a_known_unit() -> None:
    names = Formulary.shipped().substances()
    assert [
        limit for limit in limits.shipped().values() if limit.name not in names or not find(limit.unit)
    ] == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("ketorolac,few,60,mg,test", "column min: 'few' is not a number"),
        ("ketorolac,60,15,mg,test", "column max: '15' and the least 60 are no range"),
        ("ketorolac,0,15,mg,test", "column max: '15' and the least 0 are no range"),
        ("ketorolac,1,2,mg,test\nketorolac,1,2,mg,test", "line 3, column name: 'ketorolac' stands twice"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path: Path, row: str, words: str) -> None:
    table = tmp_path / "dose_limits.csv"
    table.write_text(f"name,min,max,unit,source\n{row}\n")
    with pytest.raises(tabular.TableError, match=words):
        limits.index(tabular.read("dose_limits.csv", limits.COLUMNS, source=table))
