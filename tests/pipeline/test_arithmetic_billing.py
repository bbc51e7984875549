from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies

from deltoid.pipeline.arithmetic.billing import Drawn, drawn, units

AMOUNTS = strategies.decimals("0.001", "100000", places=3)
SIZES = strategies.sampled_from([Decimal(n) for n in ("0.01", "0.1", "0.5", "1", "15", "100", "100000")])


@pytest.mark.parametrize(
    ("case", "doses", "size", "expected"),
    [
        ("methylprednisolone acetate: 80 / 1", ["80"], "1", 80),
        ("ceftriaxone: 1000 / 250", ["1000"], "250", 4),
        ("ceftriaxone: 500 / 250", ["500"], "250", 2),
        ("ketorolac: 60 / 15", ["60"], "15", 4),
        ("ketorolac: 30 / 15", ["30"], "15", 2),
        ("enoxaparin: 40 / 10", ["40"], "10", 4),
        ("cyanocobalamin: 1000 / 1000", ["1000"], "1000", 1),
        ("cyanocobalamin: 1500 / 1000 = 1.5, up", ["1500"], "1000", 2),
        ("medroxyprogesterone: 150 / 1", ["150"], "1", 150),
        ("medroxyprogesterone SC: 104 / 1", ["104"], "1", 104),
        ("testosterone cypionate: 200 / 1", ["200"], "1", 200),
        ("triamcinolone: 60 / 10", ["60"], "10", 6),
        ("dexamethasone: 2 mL x 4 mg/mL = 8; 8 / 1", ["8"], "1", 8),
        ("penicillin G benzathine: 1.2 M + 1.2 M = 2.4 M; / 100,000", ["1200000", "1200000"], "100000", 24),
        ("paliperidone: 234 / 1", ["234"], "1", 234),
        ("haloperidol decanoate: 125 / 50 = 2.5, up", ["125"], "50", 3),
        ("naltrexone: 380 / 1", ["380"], "1", 380),
        ("denosumab: 60 / 1", ["60"], "1", 60),
        ("pegfilgrastim: 6 / 0.5", ["6"], "0.5", 12),
        ("omalizumab: 375 / 5", ["375"], "5", 75),
        ("epinephrine: 0.3 / 0.1", ["0.3"], "0.1", 3),
        ("palivizumab: 7.2 kg x 15 = 108; / 50 = 2.16, up", ["108"], "50", 3),
        ("leuprolide, cancer: 22.5 / 7.5", ["22.5"], "7.5", 3),
        ("leuprolide, other: 11.25 / 3.75", ["11.25"], "3.75", 3),
        ("methylprednisolone succinate: 125 / 5", ["125"], "5", 25),
        ("cabotegravir: 600 / 1", ["600"], "1", 600),
        ("promethazine: 25 of up to 50, at least one", ["25"], "50", 1),
        ("ondansetron: 4 / 1", ["4"], "1", 4),
        ("betamethasone: 1.5 mL / 1 mL = 1.5, up", ["1.5"], "1", 2),
        ("two doses, rounded once: 7.5 + 7.5 = 15; / 15", ["7.5", "7.5"], "15", 1),
        ("a sum that binary floats would round up: 1.1 / 0.1", ["1.1"], "0.1", 11),
    ],
)
def test_the_units_of_the_worked_examples(case: str, doses: list[str], size: str, expected: int) -> None:
    assert units(map(Decimal, doses), Decimal(size)) == expected, case


@pytest.mark.parametrize(
    ("case", "amount", "size", "opened", "expected", "modifier"),
    [
        ("305 of 400 in tens: 31 given, (400 - 310) / 10 left", "305", "10", "400", Drawn(31, 9), "JW"),
        ("60 of 60: nothing left", "60", "15", "60", Drawn(4, 0), "JZ"),
        ("30 of 60 in fifteens: 2 given, 30 / 15 left", "30", "15", "60", Drawn(2, 2), "JW"),
        ("375 of 450 in fives: 75 given, 75 / 5 left", "375", "5", "450", Drawn(75, 15), "JW"),
        ("108 of 150 in fifties: rounding up bills it all", "108", "50", "150", Drawn(3, 0), "JZ"),
        ("60 of 80 in tens: 6 given, 20 / 10 left", "60", "10", "80", Drawn(6, 2), "JW"),
        ("25 of 50 inside one unit of 50: one line, never JW", "25", "50", "50", Drawn(1, 0), "JZ"),
        ("12 of 25 in tens: 2 given, 5 / 10 is no unit", "12", "10", "25", Drawn(2, 0), "JZ"),
    ],
)
def test_what_is_left_of_a_single_dose_container(
    case: str, amount: str, size: str, opened: str, expected: Drawn, modifier: str
) -> None:
    found = drawn(Decimal(amount), Decimal(size), Decimal(opened))
    assert (found, found.modifier) == (expected, modifier), case


@given(strategies.lists(AMOUNTS, min_size=1, max_size=4), SIZES)
def test_never_more_than_one_unit_above_what_was_given(doses: list[Decimal], size: Decimal) -> None:
    billed = units(doses, size) * size
    assert sum(doses) <= billed < sum(doses) + size


@given(AMOUNTS, AMOUNTS, SIZES)
def test_given_and_discarded_never_exceed_what_was_opened(
    amount: Decimal, left: Decimal, size: Decimal
) -> None:
    found = drawn(amount, size, amount + left)
    if found.discarded:
        assert (found.given + found.discarded) * size <= amount + left
    else:
        assert found.given * size < amount + size


@pytest.mark.parametrize(("doses", "size"), [([], "1"), (["0"], "1"), (["5"], "0"), (["-5"], "1")])
def test_no_units_without_an_amount(doses: list[str], size: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        units(map(Decimal, doses), Decimal(size))


def test_more_given_than_opened_is_refused() -> None:
    with pytest.raises(ValueError, match="more was given"):
        drawn(Decimal(60), Decimal(15), Decimal(30))
