"""How far two readers agree: event F1, span F1 by slot, and Cohen's kappa on what was judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from deltoid.annotations.differences import COMPARED, judged, same_words
from deltoid.annotations.marked import MarkedEvent, MarkedText
from deltoid.annotations.pairing import pair_events

Pair = tuple[MarkedText, MarkedText]
#: What is judged of an event, and how a reading tells it.
JUDGED = ("status", "route", "disposition")


@dataclass(slots=True)
class Agreement:
    """Counts over notes that were read twice.

    `spans` counts by slot the times both, one or the other filled it alike; `votes` holds, by what is
    judged, the pairs of answers; `outcome` is judged once a note, the others once an event that both saw.
    """

    notes: int = 0
    both: int = 0
    first_only: int = 0
    second_only: int = 0
    spans: Counter[tuple[str, str]] = field(default_factory=Counter)
    votes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def event_f1(self) -> float:
        """Return twice the events seen by both over the events seen by either.

        Examples
        --------
        >>> Agreement(both=3, first_only=1, second_only=1).event_f1()
        0.75
        """
        return _f1(self.both, self.first_only + self.second_only)

    def span_f1(self, slot: str) -> float:
        """Return the agreement on a slot's words, of all events of both readers; nan where nobody filled
        it.
        """
        return _f1(self.spans[slot, "both"], self.spans[slot, "one"])

    def kappa(self, what: str) -> float:
        """Return Cohen's kappa of one judgement; nan where there is nothing to compare."""
        return cohen_kappa(self.votes.get(what, []))


def _f1(both: int, one: int) -> float:
    return 2 * both / (2 * both + one) if both or one else float("nan")


def cohen_kappa(votes: Sequence[tuple[str, str]]) -> float:
    """Return the agreement beyond chance, 1 where all agree.

    Parameters
    ----------
    votes : sequence of tuple of str
        Each reader's answer, pair by pair.

    Returns
    -------
    float
        Kappa after Cohen (1960); nan without votes.

    Examples
    --------
    >>> cohen_kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "a")])
    0.0
    """
    if not votes:
        return float("nan")
    seen = sum(a == b for a, b in votes) / len(votes)
    first, second = Counter(a for a, _ in votes), Counter(b for _, b in votes)
    chance = sum(first[word] * second[word] for word in first) / len(votes) ** 2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def agreement(pairs: Iterable[Pair]) -> Agreement:
    r"""Count how far the two readings of each note agree.

    Parameters
    ----------
    pairs : iterable of tuple of MarkedText
        First and second reading of each note.

    Examples
    --------
    >>> from deltoid.annotations.sheets import read_sheets
    >>> labels = "#1 ordered IM not_supported | drug B12\n=> not_supported"
    >>> [a] = read_sheets(f"@@@ n1\nB12 IM\n@@ labels\n{labels}")
    >>> found = agreement([(a, a)])
    >>> found.event_f1(), found.kappa("status"), found.span_f1("drug")
    (1.0, 1.0, 1.0)
    """
    found = Agreement()
    for first, second in pairs:
        found.notes += 1
        _vote(found, "outcome", first.facts.get("outcome", "-"), second.facts.get("outcome", "-"))
        for x, y in pair_events(first.events, second.events):
            _count(found, x, y)
    return found


def _count(found: Agreement, x: MarkedEvent | None, y: MarkedEvent | None) -> None:
    if x is None or y is None:
        only = x or y
        found.first_only += y is None
        found.second_only += x is None
        found.spans.update((slot, "one") for slot in ("drug", *COMPARED) if only and slot in only.slots)
        return
    found.both += 1
    _vote(found, "status", x.status, y.status)
    _vote(found, "route", x.route or "UNKNOWN", y.route or "UNKNOWN")
    _vote(found, "disposition", judged(x).partition(":")[0], judged(y).partition(":")[0])
    found.spans.update(("drug", "both") for side in (x,) if "drug" in side.slots and "drug" in y.slots)
    for slot in COMPARED:
        _count_slot(found, x, y, slot)


def _count_slot(found: Agreement, x: MarkedEvent, y: MarkedEvent, slot: str) -> None:
    filled = (slot in x.slots) + (slot in y.slots)
    if filled == 2 and same_words(x, y, slot):
        found.spans[slot, "both"] += 1
    else:
        found.spans[slot, "one"] += filled


def _vote(found: Agreement, what: str, a: str, b: str) -> None:
    found.votes.setdefault(what, []).append((a, b))
