from __future__ import annotations

import pytest

from deltoid.pipeline.sections import find_sections, section_at


@pytest.mark.parametrize(
    ("text", "kinds", "why"),
    [
        ("Toradol IM", ["none"], "a note without a heading is one part"),
        ("HPI: pain\nPLAN: Toradol", ["none", "hpi", "plan"], "a heading begins a line"),
        ("pain.,PLAN: Toradol", ["none", "plan"], "dictation runs headings on"),
        ("Allergies\nPenicillin", ["none", "allergies"], "a heading may stand alone on its line"),
        ("  \t PLAN: x", ["none", "plan"], "it may be indented"),
        ("given in the plan: x", ["none"], "a word within a sentence opens nothing"),
        ("WIDGET LOG:\nx", ["none", "other"], "capitals with a colon are a heading that we do not know"),
        ("PLAN :x", ["none", "plan"], "a blank may stand before the colon"),
        ("a\rPLAN: x", ["none", "plan"], "old line ends are line ends"),
    ],
)
def test_headings(text: str, kinds: list[str], why: str) -> None:
    assert [section.kind for section in find_sections(text)] == kinds, why


def test_sections_cover_the_note_without_a_gap() -> None:
    text = "x HPI: a\nPLAN: b\nALLERGIES: none"
    found = find_sections(text)
    assert [s.start for s in found[1:]] == [s.end for s in found[:-1]]
    assert (found[0].start, found[-1].end) == (0, len(text))


def test_each_place_stands_in_the_last_section_begun() -> None:
    text = "x\nHPI: a\nPLAN: b"
    found = find_sections(text)
    assert [section_at(found, text.index(word)).kind for word in ("x", "a\n", "b")] == ["none", "hpi", "plan"]
