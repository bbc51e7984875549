"""Which event of one reader is which of another's: one-to-one, by the words that tell the drug."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from deltoid.annotations.marked import MarkedEvent
from deltoid.pipeline.types import Mention

#: The slots that tell which injection is meant.
OWN = ("drug", "shot", "also")


class EventPair(NamedTuple):
    """One event as two readers told it; None on the side that did not see it."""

    a: MarkedEvent | None
    b: MarkedEvent | None

    def key(self) -> PairKey:
        """Return the event's number on either side."""
        return self.a.id if self.a else None, self.b.id if self.b else None


PairKey = tuple[int | None, int | None]


def overlap(a: Mention, b: Mention) -> bool:
    """Return whether two mentions share a character.

    Examples
    --------
    >>> overlap(Mention("drug", 0, 4, "B12 "), Mention("drug", 3, 5, " x"))
    True
    """
    return a.start < b.end and b.start < a.end


def fits(a: Sequence[Mention], b: Sequence[Mention]) -> bool:
    """Return whether any mention of one side overlaps any of the other.

    Examples
    --------
    >>> fits([], [Mention("drug", 0, 4, "B12 ")])
    False
    """
    return any(overlap(x, y) for x in a for y in b)


def own_words(event: MarkedEvent) -> tuple[Mention, ...]:
    """Return the mentions that tell which injection is meant, the main one first.

    Examples
    --------
    >>> own_words(MarkedEvent(1, "ordered"))
    ()
    """
    return tuple(mention for slot in OWN for mention in event.slots.get(slot, ()))


def pair_events(first: Sequence[MarkedEvent], second: Sequence[MarkedEvent]) -> list[EventPair]:
    r"""Pair the events of two readings of one note, the likeliest pairs first.

    Parameters
    ----------
    first, second : sequence of MarkedEvent
        With offsets into the same text.

    Returns
    -------
    list of EventPair
        Pairs in the order of the first; then the events that only one side has, with None for the other.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> one, = read_marked("[drug#1 B12] and [drug#2 Toradol]\n=> #1 ordered\n=> #2 ordered")
    >>> two, = read_marked("B12 and [drug#1 Toradol]\n=> #1 administered")
    >>> [(a and a.id, b and b.id) for a, b in pair_events(one.events, two.events)]
    [(2, 1), (1, None)]
    """
    options = sorted(
        (-_likeness(a, b), x, y)
        for x, a in enumerate(first)
        for y, b in enumerate(second)
        if fits(own_words(a), own_words(b))
    )
    taken: dict[int, int] = {}
    for _, x, y in options:
        if x not in taken and y not in taken.values():
            taken[x] = y
    pairs = [EventPair(first[x], second[y]) for x, y in sorted(taken.items())]
    pairs += [EventPair(event, None) for x, event in enumerate(first) if x not in taken]
    return pairs + [EventPair(None, event) for y, event in enumerate(second) if y not in taken.values()]


def _likeness(a: MarkedEvent, b: MarkedEvent) -> float:
    main = fits(own_words(a)[:1], own_words(b)[:1])
    shared = sum(
        fits(a.slots.get(slot, ()), b.slots.get(slot, ())) for slot in ("dose", "time", "route", "site")
    )
    return 2.0 * main + 0.5 * shared + 0.5 * (a.status == b.status)
