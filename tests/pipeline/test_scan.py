from __future__ import annotations

import pytest

from deltoid.pipeline.scan import Scanner, Surface
from deltoid.pipeline.text import fold

WORDS = [("depo", "drug"), ("depo-provera", "drug"), ("im", "route"), ("id", "route"), ("b12", "drug"),
         ("left", "side"), ("left arm", "site"), ("arm", "site")]  # fmt: skip


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner(Surface(text, label, text.upper(), "test") for text, label in WORDS)


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("Depo-Provera IM", ["DEPO-PROVERA", "IM"], "the longest of a label wins"),
        ("image of him", [], "no word within a word"),
        ("60mgIM", [], "letters before it make another word"),
        ("x1IM", ["IM"], "a digit may stand before a route"),
        ("1b12", ["B12"], "a digit before a letter is not part of the word"),
        ("IM,", ["IM"], "a comma ends a word"),
        ("b.i.d.", [], "no route within dotted letters"),
        ("left arm", ["LEFT", "LEFT ARM"], "labels do not compete with each other"),
        ("B12B", [], "a letter behind it makes another word"),
    ],
)
def test_whole_words_and_the_longest(scanner: Scanner, text: str, found: list[str], why: str) -> None:
    assert sorted(hit.surface.norm for hit in scanner.scan(fold(text))) == found, why


def test_hits_come_in_order_with_raw_offsets(scanner: Scanner) -> None:
    text = "IM   LEFT\nARM, Depo"
    assert [text[hit.start : hit.end] for hit in scanner.scan(fold(text))] == [
        "IM",
        "LEFT\nARM",
        "LEFT",
        "Depo",
    ]


def test_one_text_may_stand_under_two_labels() -> None:
    scanner = Scanner([Surface("pen", "device", "pen", "x"), Surface("pen", "container", "pen", "x")])
    assert [hit.surface.label for hit in scanner.scan(fold("pen"))] == ["container", "device"]
