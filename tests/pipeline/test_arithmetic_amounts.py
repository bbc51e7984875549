from __future__ import annotations

from decimal import Decimal

import pytest

from deltoid.pipeline.arithmetic import amounts
from deltoid.pipeline.types import Drug, Injection, Mention, Quantity, Strength

WORDS = Mention("dose", 0, 1, "x")


def _quantity(value: str | None, unit: str) -> Quantity:
    return Quantity(WORDS, None if value is None else Decimal(value), unit)


def _strength(value: str, unit: str, per: str = "1", per_unit: str = "mL") -> Strength:
    return Strength(WORDS, Decimal(value), unit, Decimal(per), per_unit)


@pytest.mark.parametrize(
    ("volume", "unit", "strength", "expected"),
    [
        # 2 mL x 4 mg/mL = 8 mg
        ("2", "mL", _strength("4", "mg"), "8"),
        # 1.5 cc x 6 mg/mL = 9 mg
        ("1.5", "cc", _strength("6", "mg"), "9"),
        # 1 % is 10 mg in 1 mL: 3 mL x 10 = 30 mg
        ("3", "mL", _strength("1", "%"), "30"),
        # 40 mg in 2 mL: 1 mL holds 20 mg
        ("1", "mL", _strength("40", "mg", "2"), "20"),
        # 250 mcg/mL x 2 mL = 500 mcg = 0.5 mg
        ("2", "mL", _strength("250", "mcg"), "0.5"),
    ],
)
def test_a_volume_of_known_strength_is_a_mass(
    volume: str, unit: str, strength: Strength, expected: str
) -> None:
    event = Injection("e1", "administered", volume=_quantity(volume, unit), strength=strength)
    assert amounts.given(event, "mg") == Decimal(expected)


def test_a_mass_of_known_strength_is_a_volume() -> None:
    # 100 mg of 50 mg/mL take 2 mL
    event = Injection("e1", "administered", dose=_quantity("100", "mg"), strength=_strength("50", "mg"))
    assert amounts.given(event, "mL") == 2


@pytest.mark.parametrize(
    ("drug", "text", "expected"),
    [
        ("cabotegravir/rilpivirine", "600/900 mg", "600"),
        ("ketorolac", "60 mg", "60"),
        ("cyanocobalamin", "1/2 mg", "0.5"),
    ],
)
def test_a_combination_counts_by_its_first_substance(drug: str, text: str, expected: str) -> None:
    value = Decimal(expected) if drug != "cabotegravir/rilpivirine" else Decimal("0.67")
    dose = Quantity(Mention("dose", 0, len(text), text), value, "mg")
    event = Injection("e1", "administered", drug=Drug(WORDS, drug), dose=dose)
    assert amounts.given(event, "mg") == Decimal(expected)


def test_the_dose_is_believed_before_the_volume() -> None:
    event = Injection(
        "e1",
        "administered",
        dose=_quantity("30", "mg"),
        volume=_quantity("2", "mL"),
        strength=_strength("30", "mg"),
    )
    assert amounts.given(event, "mg") == 30


@pytest.mark.parametrize(
    "event",
    [
        Injection("e1", "administered"),
        Injection("e1", "administered", volume=_quantity("2", "mL")),
        Injection("e1", "administered", dose=_quantity(None, "mg")),
        Injection("e1", "administered", dose=_quantity("1", "mg/kg")),
        Injection("e1", "administered", volume=_quantity("2", "mL"), strength=_strength("40", "units")),
        Injection("e1", "administered", dose=_quantity("2", "mL"), strength=_strength("40", "mg", "0")),
    ],
)
def test_what_the_note_does_not_settle_stays_unknown(event: Injection) -> None:
    assert amounts.given(event, "mg") is None
