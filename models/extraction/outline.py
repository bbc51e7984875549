"""What a note is about: its first words and those of its diagnoses and procedures, where reasons stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deltoid.pipeline.sections import Section
from deltoid.pipeline.text import Stretch

# kinds of sections.csv in which reasons stand, the likeliest first
_TELLING = (
    "preop_diagnosis", "indication", "diagnosis", "assessment", "chief_complaint", "assessment_plan",
    "procedure", "postop_diagnosis", "hpi",
)  # fmt: skip
_PIECES = 4
_WIDTH = 90  # characters of each section
_TITLE = 80  # characters of the note's beginning
_WORDS = re.compile(r"\S.*", re.DOTALL)
_STOP = re.compile(r"[.;](?=\s)|\n\s*\n")


def outline(text: str, sections: Sequence[Section]) -> list[Stretch]:
    """Return the stretches that tell what a note is about, in the order of the note.

    Examples
    --------
    >>> from deltoid.pipeline.sections import find_sections
    >>> note = "Seen today.  Long story. ASSESSMENT: Strep throat. PLAN: Bicillin"
    >>> [note[s.start:s.end] for s in outline(note, find_sections(note))]
    ['Seen today', 'Strep throat']
    """
    ranked = sorted((s for s in sections if s.kind in _TELLING), key=lambda s: _TELLING.index(s.kind))
    chosen = sorted(ranked[:_PIECES], key=lambda s: s.start)
    title = min((_TITLE, len(text), *(section.start for section in chosen)))
    whole = [Stretch(0, title)] if title else []
    whole += [Stretch(s.body, min(s.end, s.body + _WIDTH)) for s in chosen]
    return list(_apart(piece for stretch in whole for piece in _first_sentence(text, stretch)))


def _first_sentence(text: str, stretch: Stretch) -> Iterator[Stretch]:
    begun = _WORDS.match(text[stretch.start : stretch.end].lstrip(" ,:\r\n\t\x0b\x0c\u00a0\u2028"))
    if begun is None:
        return
    start = stretch.end - len(begun.group())
    stop = _STOP.search(text, start, stretch.end)
    yield Stretch(start, stop.start() if stop else stretch.end)


def _apart(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    end = 0
    for stretch in stretches:
        if stretch.start >= end:
            yield stretch
            end = stretch.end
