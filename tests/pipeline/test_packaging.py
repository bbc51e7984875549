from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from deltoid.pipeline.packaging import expiries, lots, ndcs, wasted
from deltoid.pipeline.quantities import find_amounts
from deltoid.pipeline.types import Mention


@pytest.mark.parametrize(
    ("find", "text", "found", "why"),
    [
        (lots, "Lot #: 12A", ["12A"], "any of the marks between"),
        (lots, "batch no. X9-1", ["X9-1"], "batch is lot"),
        (lots, "a lot better", [], "a lot number has a digit"),
        (lots, "lot of 3", [], "and stands beside the word"),
        (lots, "allot 12A", [], "not within a word"),
        (ndcs, "NDC 0409-3795-01", ["0409-3795-01"], "labelled"),
        (ndcs, "NDC: 00409379501", ["00409379501"], "without dashes only if labelled"),
        (ndcs, "00409-3795-01", ["00409-3795-01"], "by its shape"),
        (ndcs, "00409379501", [], "eleven digits alone may be anything"),
        (ndcs, "555-123-4567", [], "a telephone number"),
        (expiries, "exp 06/27", ["06/27"], "month and year"),
        (expiries, "Expiration date: 6/30/2027", ["6/30/2027"], "a day"),
        (expiries, "expires Jun 2027", ["Jun 2027"], "in words"),
        (expiries, "expected 06/27", [], "another word"),
    ],
)
def test_labels(find: Callable[[str], Iterator[Mention]], text: str, found: list[str], why: str) -> None:
    mentions = list(find(text))
    assert [m.text for m in mentions] == found, why
    assert [text[m.start : m.end] for m in mentions] == found


@pytest.mark.parametrize(
    ("text", "thrown", "why"),
    [
        ("wasted 20 mg", [True], "before it"),
        ("20 mg discarded", [True], "behind it"),
        ("gave 40 mg, wasted 20 mg", [False, True], "a comma parts the two"),
        ("40 mg wasting away", [False], "another word"),
    ],
)
def test_waste(text: str, thrown: list[bool], why: str) -> None:
    assert [wasted(text, q) for q in find_amounts(text).quantities] == thrown, why


def test_a_gap_of_any_length_is_read_at_once() -> None:
    assert list(lots("lot" + " " * 100_000 + "x")) == []
