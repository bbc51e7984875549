"""Noise as charts have it: slips of the keyboard, lost capitals and stops, run-together words, scanned
letters.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from deltoid.annotations.augment.edits import Edit
from deltoid.annotations.marked import MarkedText

Noise = Callable[[MarkedText, random.Random], Iterator[Edit]]
_WORD = re.compile(r"[A-Za-z]{4,}")
_AMOUNT = re.compile(r"(?<=\d) (?=(?:mg|mcg|ml|mL|cc|units)\b)")
_STOP = re.compile(r"[.,;](?=\s)")
_LOOKALIKES = {"l": "1", "O": "0", "0": "O", "1": "l", "5": "S", "rn": "m", "B": "8"}
_SCANNED = re.compile("|".join(_LOOKALIKES))


def typos(note: MarkedText, rng: random.Random, share: float = 0.02) -> Iterator[Edit]:
    """Yield a slip in some words: a letter lost, doubled or changed places with the next.

    Examples
    --------
    >>> len(list(typos(MarkedText("Toradol given today"), random.Random(1), share=1)))
    3
    """
    for word in _WORD.finditer(note.text):
        if rng.random() < share:
            at = word.start() + rng.randrange(1, len(word[0]) - 1)
            letter, after = note.text[at], note.text[at + 1]
            yield rng.choice(
                (Edit(at, at + 1, ""), Edit(at, at + 1, letter * 2), Edit(at, at + 2, after + letter))
            )


def lower(note: MarkedText, _rng: random.Random) -> Iterator[Edit]:
    """Yield the note in small letters.

    Examples
    --------
    >>> [edit.words for edit in lower(MarkedText("B12 IM"), random.Random(1))]
    ['b', 'im']
    """
    yield from (Edit(*found.span(), found[0].lower()) for found in re.finditer("[A-Z]+", note.text))


def upper(note: MarkedText, _rng: random.Random) -> Iterator[Edit]:
    """Yield the note in capitals.

    Examples
    --------
    >>> [edit.words for edit in upper(MarkedText("B12 im"), random.Random(1))]
    ['IM']
    """
    yield from (Edit(*found.span(), found[0].upper()) for found in re.finditer("[a-z]+", note.text))


def unstopped(note: MarkedText, _rng: random.Random) -> Iterator[Edit]:
    """Yield the loss of stops, commas and semicolons.

    Examples
    --------
    >>> list(unstopped(MarkedText("Given. Well."), random.Random(1)))
    [Edit(start=5, end=6, words='')]
    """
    yield from (Edit(*found.span(), "") for found in _STOP.finditer(note.text))


def tight(note: MarkedText, _rng: random.Random) -> Iterator[Edit]:
    """Yield the loss of the blank between number and unit.

    Examples
    --------
    >>> list(tight(MarkedText("30 mg IM"), random.Random(1)))
    [Edit(start=2, end=3, words='')]
    """
    yield from (Edit(*found.span(), "") for found in _AMOUNT.finditer(note.text))


def scanned(note: MarkedText, rng: random.Random, share: float = 0.03) -> Iterator[Edit]:
    """Yield letters misread by a scanner.

    Examples
    --------
    >>> list(scanned(MarkedText("IM 10"), random.Random(1), share=1))
    [Edit(start=3, end=4, words='l'), Edit(start=4, end=5, words='O')]
    """
    for found in _SCANNED.finditer(note.text):
        if rng.random() < share:
            yield Edit(*found.span(), _LOOKALIKES[found[0]])


def wrapped(note: MarkedText, _rng: random.Random, width: int = 72) -> Iterator[Edit]:
    r"""Yield line breaks where a fixed width ends, as old systems print.

    Examples
    --------
    >>> list(wrapped(MarkedText("one two"), random.Random(1), width=4))
    [Edit(start=3, end=4, words='\n')]
    """
    column = 0
    for found in re.finditer(r"(\n)|( )(?=(\S*))", note.text):
        line = found.start() - column
        if found[1]:
            column = found.end()
        elif line + 1 + len(found[3]) > width:
            yield Edit(*found.span(), "\n")
            column = found.end()


#: Every kind of noise, by its name.
KINDS: dict[str, Noise] = {
    "typos": typos, "lower": lower, "upper": upper, "unstopped": unstopped, "tight": tight,
    "scanned": scanned, "wrapped": wrapped,
}  # fmt: skip
