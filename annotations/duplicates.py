"""Notes that share much of their words: within the corpus, and with texts that the corpus must not repeat."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_WORD = re.compile(r"\w+")
#: Words in a shingle: long enough that clinical stock phrases alone make no pair.
SHINGLE = 5


class Likeness(NamedTuple):
    """Two texts by name and the share of the smaller one's shingles that the other holds."""

    one: str
    other: str
    shared: float


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return every run of five words, in lower case.

    Examples
    --------
    >>> len(shingles("Toradol 60 mg IM right glute"))
    2
    """
    words = [word.lower() for word in _WORD.findall(text)]
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def near_duplicates(
    texts: Mapping[str, str], others: Mapping[str, str] | None = None, least: float = 0.3
) -> list[Likeness]:
    """Find pairs of texts that share many runs of words.

    Parameters
    ----------
    texts : mapping of str to str
        Texts by name.
    others : mapping of str to str, optional
        Texts to compare them with; without it they are compared with each other.
    least : float, default=0.3
        Share of the smaller text's shingles from which on a pair is reported.

    Returns
    -------
    list of Likeness
        The likest first.

    Examples
    --------
    >>> near_duplicates({"a": "one two three four five six", "b": "one two three four five six!"})
    [Likeness(one='a', other='b', shared=1.0)]
    """
    mine = {name: shingles(text) for name, text in texts.items()}
    theirs = mine if others is None else {name: shingles(text) for name, text in others.items()}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, runs in theirs.items():
        for run in runs:
            holders[run].append(name)
    found = (
        pair for name, runs in mine.items() for pair in _shared(name, runs, holders, theirs, others is None)
    )
    return sorted((pair for pair in found if pair.shared >= least), key=lambda pair: (-pair.shared, pair))


def _shared(
    name: str,
    runs: set[tuple[str, ...]],
    holders: Mapping[tuple[str, ...], list[str]],
    theirs: Mapping[str, set[tuple[str, ...]]],
    within: bool,
) -> Iterator[Likeness]:
    counts: dict[str, int] = defaultdict(int)
    for run in runs:
        for other in holders.get(run, ()):
            counts[other] += not within or name < other
    for other, count in counts.items():
        if count:
            yield Likeness(name, other, count / min(len(runs), len(theirs[other])))
