"""Where two readings of a note part: what an adjudicator is asked, one numbered question each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from deltoid.annotations.marked import MarkedEvent, MarkedText
from deltoid.annotations.marked_spans import SLOTS
from deltoid.annotations.pairing import EventPair, PairKey, fits, pair_events
from deltoid.pipeline.types import Mention

#: Slots whose words are compared; ``also`` is joined without a question, ``why?`` belongs to ``why``.
COMPARED = tuple(sorted(SLOTS - {"also", "drug", "shot"}))
#: Facts of an event and of the decision that are compared.
EVENT_KEYS = ("doubt", "sticks", "by_other", "device")
DECISION_KEYS = ("lines", "em", "missing", "jwjz")
_DISTINCT = re.compile(r"-X[EPSU](?=[-x])")


@dataclass(frozen=True, slots=True)
class Difference:
    """One question: what is in doubt, and what each side says of it ("-" for nothing).

    `pair` holds the numbers of the event on both sides, None where one side has none; it is None for the
    decision.
    """

    what: str
    a: str
    b: str
    pair: PairKey | None = None


def differences(a: MarkedText, b: MarkedText) -> list[Difference]:
    r"""List where two readings of the same note part.

    Parameters
    ----------
    a, b : MarkedText
        Of one text.

    Returns
    -------
    list of Difference
        Events that one side lacks, then what the paired ones are told to be, then the decision.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> one, = read_marked("[drug#1 B12] [dose#1 1 mL] IM\n=> #1 ordered IM")
    >>> two, = read_marked("[drug#1 B12] 1 mL IM\n=> #1 administered IM")
    >>> [(d.what, d.a, d.b) for d in differences(one, two)]
    [('status', 'ordered', 'administered'), ('dose', '1 mL', '-')]
    """
    found = [one for pair in pair_events(a.events, b.events) for one in _of_pair(pair)]
    return found + list(_of_decision(a.facts, b.facts))


def judged(event: MarkedEvent) -> str:
    """Return the disposition with its code, the way a sheet writes it.

    Examples
    --------
    >>> judged(MarkedEvent(1, "administered", facts={"disposition": "redirect", "code": "90471"}))
    'redirect:90471'
    """
    disposition, code = event.facts.get("disposition", "-"), event.facts.get("code")
    return f"{disposition}:{code}" if code else disposition


def _telling(event: MarkedEvent | None) -> str:
    if event is None:
        return "-"
    return f"{event.status} {event.route or 'UNKNOWN'} {judged(event)}"


def _of_pair(pair: EventPair) -> Iterator[Difference]:
    x, y = pair
    if x is None or y is None:
        yield Difference("event", _telling(x), _telling(y), pair.key())
        return
    for what, told in _TOLD.items():
        if told(x) != told(y):
            yield Difference(what, told(x), told(y), pair.key())
    for slot in COMPARED:
        if not same_words(x, y, slot):
            yield Difference(slot, _words(x.slots.get(slot, ())), _words(y.slots.get(slot, ())), pair.key())


def _fact(key: str) -> Callable[[MarkedEvent], str]:
    return lambda event: event.facts.get(key, "-")


_TOLD: Mapping[str, Callable[[MarkedEvent], str]] = {
    "status": lambda event: event.status,
    "route_class": lambda event: event.route or "UNKNOWN",
    "disposition": judged,
    **{key: _fact(key) for key in EVENT_KEYS},
    "mixed": lambda event: "yes" if "mixed" in event.facts else "-",
}


def same_words(x: MarkedEvent, y: MarkedEvent, slot: str) -> bool:
    """Return whether both fill a slot with overlapping words, or neither does; a second-best reason is
    accepted.

    Examples
    --------
    >>> same_words(MarkedEvent(1, "ordered"), MarkedEvent(1, "ordered"), "site")
    True
    """
    a, b = x.slots.get(slot, ()), y.slots.get(slot, ())
    if not a or not b:
        return not a and not b
    return fits(a, (*b, *y.slots.get(f"{slot}?", ()))) or fits((*a, *x.slots.get(f"{slot}?", ())), b)


def _words(mentions: Sequence[Mention]) -> str:
    return " / ".join(mention.text for mention in mentions) or "-"


def _of_decision(a: Mapping[str, str], b: Mapping[str, str]) -> Iterator[Difference]:
    for key in ("outcome", *DECISION_KEYS):
        if _plain(key, a.get(key, "-")) != _plain(key, b.get(key, "-")):
            yield Difference(key, a.get(key, "-"), b.get(key, "-"))


def _plain(key: str, value: str) -> str:
    """Return the value so that the order of lines, and 59 or the X modifier that says the same, make no
    difference.
    """
    return " ".join(sorted(_DISTINCT.sub("-59", value).split())) if key == "lines" else value
