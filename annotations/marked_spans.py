"""The marks within a text: ``[slot#event words]`` to plain words and their offsets; marks may stand within
marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from deltoid.annotations.escapes import ESCAPE, unescape
from deltoid.annotations.marked_events import Place

#: Every slot that may be marked; with a question mark behind it, words that are accepted but not the best.
SLOTS = frozenset((
    "drug", "dose", "volume", "strength", "route", "site", "why", "giver", "time", "lot", "ndc", "exp",
    "order", "supervisor", "response", "consent", "waste", "source", "container", "labelled", "also",
    "shot",
))  # fmt: skip
_LABEL = r"[a-z]+\??#\d+(?:,\d+)*"
_TOKEN = re.compile(
    rf"\\(?P<escape>{ESCAPE})|\[(?P<open>{_LABEL}(?:\+{_LABEL})*) |(?P<close>\])"
    r"|(?P<plain>[^\\\[\]]+)|(?P<bad>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked words: half-open offsets into the text without marks, and what they are to which event."""

    start: int
    end: int
    labels: tuple[tuple[str, int], ...]
    place: Place


def read_spans(body: str, place: Place) -> tuple[str, list[Mark]]:
    """Take the marks out of a text.

    Parameters
    ----------
    body : str
        Text with marks and escapes.
    place : Place
        Where it stands, for errors.

    Returns
    -------
    tuple of str and list of Mark
        The text without marks, and the marks in the order of the text, the wider first.

    Raises
    ------
    MarkError
        If a bracket or backslash stands where none may, a slot is unknown, a mark is empty or never closed.

    Examples
    --------
    >>> words, marks = read_spans("[drug#1 Rocephin] today", Place("x.txt", 1))
    >>> words, [(m.start, m.end, m.labels) for m in marks]
    ('Rocephin today', [(0, 8, (('drug', 1),))])
    """
    scanner = _Scanner()
    for token in _TOKEN.finditer(body):
        scanner.take(token, place.down(body.count("\n", 0, token.start())))
    if scanner.open:
        raise scanner.open[-1].place.error("this mark is never closed")
    return "".join(scanner.words), sorted(scanner.marks, key=lambda mark: (mark.start, -mark.end))


@dataclass(frozen=True, slots=True)
class _Open:
    start: int
    labels: tuple[tuple[str, int], ...]
    place: Place


class _Scanner:
    def __init__(self) -> None:
        self.words: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.open: list[_Open] = []

    def take(self, token: re.Match[str], place: Place) -> None:
        if token["plain"] is not None:
            self._add(token["plain"])
        elif token["escape"] is not None:
            self._add(unescape(token["escape"]))
        elif token["open"]:
            self.open.append(_Open(self.length, tuple(_labels(token["open"], place)), place))
        elif token["close"]:
            self._close(place)
        else:
            raise place.error(r"a bracket or backslash that is no mark and no escape; write \[ \] or \\")

    def _add(self, words: str) -> None:
        self.words.append(words)
        self.length += len(words)

    def _close(self, place: Place) -> None:
        if not self.open:
            raise place.error(r"a mark ends that never began; write \] for the character")
        begun = self.open.pop()
        if begun.start == self.length:
            raise begun.place.error("this mark holds no words")
        self.marks.append(Mark(begun.start, self.length, begun.labels, begun.place))


def _labels(text: str, place: Place) -> list[tuple[str, int]]:
    found = []
    for label in text.split("+"):
        slot, _, numbers = label.partition("#")
        if slot.rstrip("?") not in SLOTS:
            raise place.error(f"{slot!r} is no slot; there are {', '.join(sorted(SLOTS))}")
        found += [(slot, int(number)) for number in numbers.split(",")]
    return found
