"""Package codes in eleven digits, 5-4-2, with their prefix and quantity."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies

from deltoid.pipeline.lines.ndc import claimed, normal, readings

QUALIFIERS = {"mL": "ML", "mg": "ME", "g": "GR", "units": "F2", "dose": "UN"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # 4-4-2: the labeller lacks a digit
        ("0009-3073-01", "00009307301"),
        # 5-3-2: the product does
        ("55513-710-01", "55513071001"),
        # 5-4-1: the package does
        ("50242-0040-2", "50242004002"),
        # 5-4-2 is whole
        ("00409-3795-01", "00409379501"),
        ("00409379501", "00409379501"),
        ("NDC 0009-3073-01", "00009307301"),
        ("ndc#: 55513-710-01", "55513071001"),
        ("N400409379501", "00409379501"),
    ],
)
def test_every_way_of_writing_comes_to_eleven_digits(written: str, expected: str) -> None:
    assert normal(written) == expected


@pytest.mark.parametrize(
    "written",
    ["0409-1890-1", "409-3795-01", "00409-3795", "00409-3795-O1", "123", "", "004093795011", "a-b-c"],
)
def test_what_is_no_package_code_is_none(written: str) -> None:
    assert normal(written) is None


def test_ten_bare_digits_could_be_three_packages() -> None:
    assert normal("5551371001") is None
    assert readings("5551371001") == ("05551371001", "55513071001", "55513710001")


@pytest.mark.parametrize(("written", "expected"), [("00409-3795-01", ("00409379501",)), ("lot 12", ())])
def test_other_writings_have_one_reading_or_none(written: str, expected: tuple[str, ...]) -> None:
    assert readings(written) == expected


@given(strategies.sampled_from([(4, 4, 2), (5, 3, 2), (5, 4, 1), (5, 4, 2)]), strategies.data())
def test_a_code_with_hyphens_always_has_exactly_one_reading(lengths: tuple[int, ...], data: Any) -> None:
    parts = [data.draw(strategies.text("0123456789", min_size=n, max_size=n)) for n in lengths]
    code = normal("-".join(parts))
    assert code is not None
    assert (len(code), int(code)) == (11, int(parts[0].zfill(5) + parts[1].zfill(4) + parts[2].zfill(2)))


@pytest.mark.parametrize(
    ("quantity", "unit", "expected"),
    [
        ("1.50", "mL", "N400409379501 ML1.5"),
        ("60", "mg", "N400409379501 ME60"),
        ("1", "dose", "N400409379501 UN1"),
        ("2400000", "units", "N400409379501 F22400000"),
        ("0.25", "g", "N400409379501 GR0.25"),
        ("1", "vial", None),
    ],
)
def test_the_claim_tells_prefix_qualifier_and_quantity(
    quantity: str, unit: str, expected: str | None
) -> None:
    assert claimed("00409379501", Decimal(quantity), unit, QUALIFIERS) == expected
