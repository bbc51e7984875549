from __future__ import annotations

import pytest

from deltoid.pipeline.people import givers, orderers, supervisors
from deltoid.pipeline.text import Stretch


@pytest.mark.parametrize(
    ("text", "people", "why"),
    [
        ("Given by RN Lee", [("RN Lee", "RN")], "credential before the name"),
        ("given IM by Ana Ruiz, LPN", [("Ana Ruiz, LPN", "LPN")], "behind the name"),
        ("I injected the knee", [("I", None)], "the author"),
        ("60 mg IM - K. Park RN", [("K. Park RN", "RN")], "a signature behind a dash"),
        ("Given JT", [("JT", None)], "initials"),
        ("Given IM", [], "a route is no initials"),
        ("given by mouth", [], "nor is a mouth a person"),
        ("Dr. Lee injected it", [("Dr. Lee", "MD")], "an active sentence"),
        ("IM per RN", [("RN", "RN")], "only a credential"),
        ("given by nurse", [("nurse", "nurse")], "only a profession"),
        ("do it, ma am", [], "small letters are words"),
        ("IM by Osric Benitez-Hale RN", [("Osric Benitez-Hale RN", "RN")], "a name of three parts"),
        ("IM by Priya T., MA", [("Priya T., MA", "MA")], "a name with an initial behind"),
        ("by Ana Qui\u00f1ones O'Dell RN", [("Ana Qui\u00f1ones O'Dell RN", "RN")], "letters with marks"),
        ("R hip, by me 11:15", [("me", None)], "the writer"),
    ],
)
def test_givers(text: str, people: list[tuple[str, str | None]], why: str) -> None:
    assert [(p.mention.text, p.credential) for p in givers(text)] == people, why


@pytest.mark.parametrize(
    ("text", "names", "why"),
    [
        ("ordered by Dr. Nash", ["Dr. Nash"], "in words"),
        ("per Dr. Nash", ["Dr. Nash"], "per"),
        ("Dr. Nash's order", ["Dr. Nash"], "a possessive"),
        ("given on my order", ["my order"], "the author's own"),
        ("in good order", [], "no person"),
    ],
)
def test_orderers(text: str, names: list[str], why: str) -> None:
    assert [p.mention.text for p in orderers(text)] == names, why


@pytest.mark.parametrize(
    ("text", "names", "why"),
    [
        ("Dr. Nash on site", ["Dr. Nash"], "at hand"),
        ("supervised by Dr. Nash", ["Dr. Nash"], "in words"),
        ("Dr. Nash will call", [], "not at hand"),
    ],
)
def test_supervisors(text: str, names: list[str], why: str) -> None:
    assert [p.mention.text for p in supervisors(text)] == names, why


def test_only_the_stretches_asked_for_are_read() -> None:
    text = "Given by RN Lee. Given by RN Park."
    assert [p.mention.text for p in givers(text, [Stretch(16, len(text))])] == ["RN Park"]


def test_offsets_are_those_of_the_note() -> None:
    text = "x. Given by RN Lee"
    (person,) = givers(text, [Stretch(3, len(text))])
    assert text[person.mention.start : person.mention.end] == "RN Lee"
