from __future__ import annotations

import pytest

from deltoid.pipeline.places import find_sites, laterality
from deltoid.pipeline.words import find_words


@pytest.mark.parametrize(
    ("text", "phrase", "side", "why"),
    [
        ("in left deltoid", "left deltoid", "left", "the side before it"),
        ("in deltoid, left", "deltoid, left", "left", "the side behind it"),
        ("thigh (L)", "thigh (L)", "left", "in brackets"),
        ("R upper outer gluteus", "R upper outer gluteus", "right", "side and position"),
        ("right side of the abdomen", "right side of the abdomen", "right", "side of the"),
        ("knees bilaterally", "knees bilaterally", "bilateral", "both sides"),
        ("deltoid muscle", "deltoid muscle", None, "a position word behind it"),
        ("the deltoid", "deltoid", None, "an article is no part of it"),
        ("L  deltoid", "L  deltoid", "left", "two blanks are one"),
        ("well deltoid", "deltoid", None, "the l of another word is no side"),
    ],
)
def test_the_whole_phrase_and_its_side(text: str, phrase: str, side: str | None, why: str) -> None:
    (site,) = find_sites(text, find_words(text)["site"])
    assert (site.mention.text, site.laterality) == (phrase, side), why
    assert text[site.mention.start : site.mention.end] == phrase


def test_an_abbreviation_that_names_a_side_counts_in_capitals_only() -> None:
    text = "LUA then lua"
    assert [s.laterality for s in find_sites(text, find_words(text)["site"])] == ["left"]


def test_each_place_has_its_own_side() -> None:
    text = "left deltoid and right thigh"
    sites = find_sites(text, find_words(text)["site"])
    assert [site.mention.text for site in sites] == ["left deltoid", "right thigh"]


@pytest.mark.parametrize(
    ("words", "side"), [("LT.", "left"), ("(r)", "right"), ("both", "bilateral"), ("", None)]
)
def test_sides(words: str, side: str | None) -> None:
    assert laterality(words) == side
