"""Whether the parts of the split share more wordings of drug, dose and site than chance would have it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deltoid.annotations.marked import MarkedText


@dataclass(frozen=True, slots=True)
class Leak:
    """Wordings that two parts share.

    `shared` counts the different ones; `chance` is the mean over random splits of the same writers, and
    `as_many`
    the share of those random splits that share at least as many.
    """

    shared: int
    chance: float
    as_many: float


def wordings(note: MarkedText) -> Iterator[tuple[str, ...]]:
    r"""Yield drug, dose, route and site words of each event that tells a drug, a dose and one of the others.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> [note] = read_marked("[drug#1 B12] [dose#1 1000 mcg] [route#1 IM]\n=> #1 ordered IM")
    >>> list(wordings(note))
    [('b12', '1000 mcg', 'im', '')]
    """
    for event in note.events:
        words = [
            " ".join(m.text.lower() for m in event.slots.get(slot, ())[:1])
            for slot in ("drug", "dose", "route", "site")
        ]
        if words[0] and words[1] and (words[2] or words[3]):
            yield tuple(words)


def leak(
    notes: Mapping[str, Sequence[MarkedText]], held_out: set[str], *, seed: int = 0, draws: int = 500
) -> Leak:
    """Compare the held-out writers' wordings with the others', and with random choices of as many writers.

    Parameters
    ----------
    notes : mapping of str to sequence of MarkedText
        By writer.
    held_out : set of str
        The writers of the part that training must not see.
    seed : int, default=0
        Of the random splits.
    draws : int, default=500
        How many of them.

    Examples
    --------
    >>> leak({"w01": [], "w02": []}, {"w01"}, draws=10)
    Leak(shared=0, chance=0.0, as_many=1.0)
    """
    told = {writer: {words for note in texts for words in wordings(note)} for writer, texts in notes.items()}
    seen = _shared(told, held_out)
    rng = random.Random(seed)
    counts = [_shared(told, set(rng.sample(sorted(told), len(held_out)))) for _ in range(draws)]
    return Leak(seen, sum(counts) / draws, sum(count >= seen for count in counts) / draws)


def _shared(told: Mapping[str, set[tuple[str, ...]]], held_out: set[str]) -> int:
    inside = set().union(*(words for writer, words in told.items() if writer in held_out))
    outside = set().union(*(words for writer, words in told.items() if writer not in held_out))
    return len(inside & outside)
