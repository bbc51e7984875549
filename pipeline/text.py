"""Raw text and how to look at it: a folded copy for matching with a way back, and the sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from deltoid.pipeline import tabular

_FOLD = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
     "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00ae": " ", "\u2122": " ",
     "\u200b": " ", "\u00ad": "-", "\ufeff": " ", "_": " "}
)  # fmt: skip
_BLANKS = re.compile(r"\s{2,}|[^\S ]")  # a single blank stays as it is


@dataclass(frozen=True, slots=True)
class Folded:
    """A lower-case copy of a text with runs of white space made one blank, and the way back to the raw text.

    Parameters
    ----------
    text : str
        The folded copy.
    pieces, places : sequence of int
        Where the pieces begin that were taken over letter by letter: in the copy and in the raw text.
    """

    text: str
    pieces: Sequence[int]
    places: Sequence[int]

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw half-open offsets of a folded span."""
        first = self._place(start)
        return first, self._place(end - 1) + 1 if end > start else first

    def _place(self, place: int) -> int:
        number = bisect_right(self.pieces, place) - 1
        return self.places[number] + place - self.pieces[number]


def fold(text: str) -> Folded:
    r"""Fold case, white space, dashes and quotes, keeping every offset.

    Examples
    --------
    >>> folded = fold("Depo\r\n Medrol\u00a0IM")
    >>> folded.text, folded.raw(5, 11)
    ('depo medrol im', (7, 13))
    """
    lower = small(text.translate(_FOLD))
    parts: list[str] = []
    pieces, places = [0], [0]
    start = 0
    for blank in _BLANKS.finditer(lower):
        parts += (lower[start : blank.start()], " ")
        start = blank.end()
        pieces.append(pieces[-1] + blank.start() + 1 - places[-1])
        places.append(start)
    return Folded("".join((*parts, lower[start:])), pieces, places)


def small(text: str) -> str:
    """Return the text in small letters, every character at its place.

    A few capitals have a small form of two characters, which would move every later offset: they stay.

    Examples
    --------
    >>> small("IM \u0130"), len("\u0130".lower())
    ('im \u0130', 2)
    """
    if text.isascii():
        return text.lower()
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the raw text, half-open."""

    start: int
    end: int

    def holds(self, place: int) -> bool:
        """Return whether the character at `place` stands in it."""
        return self.start <= place < self.end


_BREAK = re.compile(
    r"""(?P<stop>(?<![.!?])[.!?]++["')\]]*+)
        (?=\s*,?\s|,\s*[A-Z]|\s*$|,$|[A-Z][a-z])  # what may follow a full stop
      | (?P<semicolon>;)
      | (?P<line>(?:\r\n|\r|\n|\x0b|\x0c|\u2028)+\s*)""",
    re.VERBOSE,
)
_COLUMNS = re.compile(r"\S\s{2,}\S|\t|\|")
_WRAPPED = re.compile(r"[a-z(\d]")
_WRAP_WIDTH = 55  # characters from which a line may have been wrapped
_ABBREVIATION_WIDTH = 40  # longer words are no abbreviations
_LONGEST = (
    8000  # characters: what goes on longer is a list or a blob, and is cut so that it stays quick to read
)


@cache
def abbreviations() -> dict[str, bool]:
    """Return the words written with a full stop, and whether one may end a sentence ("30 mg I.M. He…").

    Examples
    --------
    >>> abbreviations()["dr."], abbreviations()["i.m."]
    (False, True)
    """
    rows = tabular.read("abbreviations.csv", ["surface", "may_end", "source"])
    return {row["surface"]: row["may_end"] == "Y" for row in rows}


def sentences(text: str) -> Iterator[Stretch]:
    """Cut a note into sentences: at full stops, semicolons and line ends that are no wrapped line.

    Examples
    --------
    >>> note = "Toradol 30 mg I.M. given by Dr. Lee. Tolerated well"
    >>> [note[s.start:s.end] for s in sentences(note)]
    ['Toradol 30 mg I.M. given by Dr. Lee.', 'Tolerated well']
    """
    start = 0
    for found in _BREAK.finditer(text):
        if found.end() <= start or _runs_on(text, start, found):
            continue
        stop = found.start() if found.lastgroup == "line" else found.end()
        yield from _pieces(text, start, stop)
        start = found.end()
    yield from _pieces(text, start, len(text))


def _runs_on(text: str, start: int, found: re.Match[str]) -> bool:
    if found.lastgroup == "stop":
        return _abbreviated(text, start, found)
    if found.lastgroup == "line":
        return _wraps(text, start, found)
    return False


def _abbreviated(text: str, start: int, found: re.Match[str]) -> bool:
    if found.group() != ".":
        return False
    word = text[max(start, found.end() - _ABBREVIATION_WIDTH) : found.end()].split()[-1]
    plain = word.lstrip("(,[\"'").lower()
    after = text[found.end() : found.end() + 2].strip(" ")
    if plain in abbreviations():
        return not (after[:1].isupper() and abbreviations()[plain])
    # a single letter with a full stop is an initial ("J. Lee"), a number alone is a list item ("1. Zofran")
    return len(plain) == 2 and plain[0].isalpha() and word[0].isupper() and plain[0] != "i"


def _wraps(text: str, start: int, found: re.Match[str]) -> bool:
    if len(re.findall(r"\r\n|\r|\n", found.group())) > 1:
        return False
    breaks = (text.rfind(line_end, start, found.start()) + 1 for line_end in "\n\r")
    line = text[max(start, *breaks) : found.start()].rstrip()
    following = text[found.end() : found.end() + 1]
    # a dictated line is wrapped near its right edge; the short lines of a nurse's note each stand alone
    if len(line) < _WRAP_WIDTH or line[-1:] in ".:;!?" or not _WRAPPED.match(following):
        return False
    return not (following.isdigit() and _COLUMNS.search(line))  # the next row of a table


def _pieces(text: str, start: int, end: int) -> Iterator[Stretch]:
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = blank if blank > 0 else start + _LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Stretch]:
    while start < end and text[start] in " \t\r\n,\u00a0":
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Stretch(start, end)
