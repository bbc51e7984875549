"""Which part of the note a place stands in: headings with and without a colon, on a line or within one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from deltoid.pipeline import lexicon

# a heading with a colon begins a line, or follows a full stop, comma or semicolon as in dictation; what is
# before it is looked back at and not consumed, so that a long run of blanks costs nothing
_COLON = re.compile(
    r"(?:^|(?<=^\s)|(?<=[\n\r.,;])|(?<=[\n\r.,;]\s)|(?<=\s\s))"
    r"(?P<words>[A-Za-z][A-Za-z0-9 /&'()-]{1,60}?)(?:\s*\([^()\n]{1,60}\))?\s*:"
)
_LINE = re.compile(
    r"(?:^|(?<=[\n\r]))[^\S\n\r]*(?P<words>[A-Za-z][A-Za-z /&'()-]{2,60}?)[^\S\n\r]*(?=[\n\r]|$)"
)
# a line in capitals that no table knows is a heading nevertheless
_CAPITALS = re.compile(r"[A-Z][A-Z /&'().,-]{3,}$")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the note; `start` is where its heading begins, `body` where its text does."""

    kind: str
    start: int
    body: int
    end: int


def find_sections(text: str) -> tuple[Section, ...]:
    """Cut a note into sections; what stands before the first heading has the kind ``none``.

    Examples
    --------
    >>> [(s.kind, s.start) for s in find_sections("HPI: pain.,PLAN: , Toradol IM")]
    [('none', 0), ('hpi', 0), ('plan', 11)]
    """
    headings = sorted(_headings(text))
    starts = [(0, 0, "none"), *headings]
    ends = [start for start, _, _ in starts[1:]] + [len(text)]
    return tuple(
        Section(kind, start, body, end) for (start, body, kind), end in zip(starts, ends, strict=True)
    )


def section_at(sections: tuple[Section, ...], place: int) -> Section:
    """Return the section in which the character at `place` stands.

    Examples
    --------
    >>> section_at(find_sections("HPI: pain. PLAN: Toradol IM"), 20).kind
    'plan'
    """
    return sections[max(0, bisect_right(sections, place, key=lambda section: section.start) - 1)]


def _headings(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _COLON.finditer(text):
        kind = _kind(found["words"])
        if kind:
            yield found.start("words"), found.end(), kind
    for found in _LINE.finditer(text):
        kind = _kind(found["words"])
        if kind and kind != "other":
            yield found.start("words"), found.end(), kind


def _kind(words: str) -> str | None:
    plain = re.sub(r"[\s,]+", " ", words.strip(" ,.").lower())
    unexplained = re.sub(r"\s*\(.*?\)\s*", " ", plain).strip()  # "medications (home)"
    for form in (plain, plain.removesuffix("s"), unexplained):
        if form in lexicon.sections():
            return lexicon.sections()[form]
    return "other" if _CAPITALS.match(words.strip()) else None
