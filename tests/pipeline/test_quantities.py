from __future__ import annotations

from decimal import Decimal

import pytest

from deltoid.pipeline.quantities import find_amounts, number


@pytest.mark.parametrize(
    ("text", "amounts", "why"),
    [
        ("80mg", [("80", "mg")], "no blank is needed"),
        ("1,000 units", [("1000", "units")], "a comma parts thousands"),
        (".5 cc", [("0.5", "mL")], "cc is mL"),
        ("1/2 cc", [("0.5", "mL")], "a fraction"),
        ("one mL", [("1", "mL")], "a number in words"),
        ("25-50 mg", [("50", "mg")], "of a range its upper end"),
        ("1 Gm", [("1", "g")], "capitals do not matter"),
        ("on 3/4 mg", [("0.75", "mg")], "a fraction with a unit is no date"),
        ("L4-5 mg", [], "a level of the spine is no amount"),
        ("in 3 L knee", [], "L before a place is the left one"),
        ("bled 500 L", [], "no injection has hundreds of litres"),
        ("2 L NS", [("2", "L")], "L behind a small number is litres"),
        ("60 mgs.", [("60", "mg")], "a plural"),
        ("5 unit\u017f", [], "a long s makes it a word that no table knows"),
    ],
)
def test_amounts(text: str, amounts: list[tuple[str, str]], why: str) -> None:
    found = [(str(q.value), q.unit) for q in find_amounts(text).quantities]
    assert found == amounts, why


@pytest.mark.parametrize(
    ("text", "strength", "why"),
    [
        ("40 mg/mL", ("40", "mg", "1", "mL"), "in one millilitre"),
        ("40mg per 1 cc", ("40", "mg", "1", "mL"), "in words"),
        ("300 mg/2 mL", ("300", "mg", "2", "mL"), "in more than one"),
        ("1% ", ("10", "mg", "1", "mL"), "a per cent is 10 mg in 1 mL"),
        ("0.25 percent", ("2.50", "mg", "1", "mL"), "per cent in words"),
        ("1:1000", ("1", "mg", "1", "mL"), "1 g in 1,000 mL"),
        ("1 : 100,000", ("0.01", "mg", "1", "mL"), "1 g in 100 litres"),
    ],
)
def test_strengths(text: str, strength: tuple[str, str, str, str], why: str) -> None:
    (found,) = find_amounts(text).strengths
    assert (str(found.value), found.unit, str(found.per_value), found.per_unit) == strength, why


def test_a_strength_is_not_an_amount_as_well() -> None:
    found = find_amounts("gave 80 mg (2 mL of 40 mg/mL)")
    assert [q.mention.text for q in found.quantities] == ["80 mg", "2 mL"]


@pytest.mark.parametrize("text", ["1:0000", "1 : 0,000", "5" + " " * 50_000, "1/0 mg"])
def test_what_has_no_value_is_passed_over(text: str) -> None:
    assert find_amounts(text).strengths == ()


@pytest.mark.parametrize(
    ("words", "value"),
    [("1,000", "1000"), (".5", "0.5"), ("1/2", "0.5"), ("1/2-3", "3"), ("one", "1"), ("2 to 4", "4")],
)
def test_numbers(words: str, value: str) -> None:
    assert number(words) == Decimal(value)


@pytest.mark.parametrize("words", ["", "about", "1/0", "-", "1/x", "4-"])
def test_no_number(words: str) -> None:
    assert number(words) is None


@pytest.mark.parametrize("text", ["IV 22g L antecubital", "an 18 G line", "with a 25G needle", "PIV 20g"])
def test_a_gauge_is_no_gram(text: str) -> None:
    assert find_amounts(text).quantities == ()


@pytest.mark.parametrize("text", ["IVIG 20 g given", "Ancef 2 g IV", "mannitol 25 g over 20 minutes"])
def test_grams_stay_grams(text: str) -> None:
    assert [q.unit for q in find_amounts(text).quantities] == ["g"]
