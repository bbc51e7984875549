"""Two readings of one event to one, by the adjudicator's answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import cast

from deltoid.annotations.answers import Answered
from deltoid.annotations.differences import COMPARED, EVENT_KEYS, judged
from deltoid.annotations.marked import MarkedEvent
from deltoid.annotations.pairing import EventPair, PairKey, overlap, own_words
from deltoid.pipeline.types import Mention, RouteCode, Status

Slots = dict[str, tuple[Mention, ...]]


def join_events(pair: EventPair, answered: Answered) -> MarkedEvent | None:
    """Return the event as adjudicated, or None where it is none; ``mixed`` still names numbers of one side.

    Parameters
    ----------
    pair : EventPair
        The event on both sides, or on one.
    answered : Answered
        The answers for its note.
    """
    x, y = pair
    if x is not None and y is not None:
        return _sound(_join(x, y, answered))
    stays = answered.side(pair.key(), "event") in ("both", "A" if y is None else "B")
    only = cast("MarkedEvent", x or y)
    return _sound(_with_side(only, "A" if y is None else "B")) if stays else None


def _sound(event: MarkedEvent) -> MarkedEvent:
    """Return the event without ``shot`` beside a named drug, and without words of a route not told."""
    named, told = "drug" in event.slots, event.route is not None
    idle = {slot for slot, useless in (("shot", named), ("route", not told)) if useless}
    return replace(event, slots={slot: words for slot, words in event.slots.items() if slot not in idle})


def _with_side(event: MarkedEvent, side: str) -> MarkedEvent:
    mixed = event.facts.get("mixed")
    return replace(event, facts={**event.facts, "mixed": f"{side}{mixed}"}) if mixed else event


def _join(x: MarkedEvent, y: MarkedEvent, answered: Answered) -> MarkedEvent:
    pair = (x.id, y.id)
    status = answered.value(pair, "status", x.status)
    route = answered.value(pair, "route_class", x.route or "UNKNOWN")
    disposition, _, code = answered.value(pair, "disposition", judged(x)).partition(":")
    facts = {key: answered.value(pair, key, x.facts.get(key, "-")) for key in EVENT_KEYS}
    facts |= {"disposition": disposition, "code": code or "-", "mixed": _mixed(x, y, answered)}
    facts["implied"] = x.facts.get("implied") or y.facts.get("implied", "-") if route == "UNKNOWN" else "-"
    told = None if route == "UNKNOWN" else cast("RouteCode", route)
    kept = {key: word for key, word in facts.items() if word != "-"}
    return MarkedEvent(x.id, cast("Status", status), told, join_slots(x, y, answered), kept)


def _mixed(x: MarkedEvent, y: MarkedEvent, answered: Answered) -> str:
    if answered.value((x.id, y.id), "mixed", "yes" if "mixed" in x.facts else "-") != "yes":
        return "-"
    return f"A{x.facts['mixed']}" if "mixed" in x.facts else f"B{y.facts['mixed']}"


def join_slots(x: MarkedEvent, y: MarkedEvent, answered: Answered) -> Slots:
    """Return the words of both sides: where they agree those of the first, else those of the answer.

    Other tellings of the drug, and reasons that either reader accepts, are taken from both.

    Examples
    --------
    >>> b12 = MarkedEvent(1, "ordered", None, {"drug": (Mention("drug", 0, 3, "B12"),)})
    >>> list(join_slots(b12, b12, Answered({})))
    ['drug']
    """
    main = {slot: x.slots[slot] for slot in ("drug", "shot") if slot in x.slots}
    slots: Slots = main or {slot: y.slots[slot] for slot in ("drug", "shot") if slot in y.slots}
    named = [mention for mentions in slots.values() for mention in mentions]
    also = _apart((*own_words(x), *own_words(y)), named)
    for slot in COMPARED:
        a, b = x.slots.get(slot, ()), y.slots.get(slot, ())
        chosen = {"A": a, "B": b, "both": (*a, *_apart(b, a))}.get(answered.side((x.id, y.id), slot), ())
        slots |= {slot: chosen} if chosen else {}
    reasons = [
        mention for event in (x, y) for slot in ("why", "why?") for mention in event.slots.get(slot, ())
    ]
    others = _apart(reasons, slots["why"]) if "why" in slots else ()
    return slots | {slot: words for slot, words in (("why?", others), ("also", also)) if words}


def _apart(mentions: Sequence[Mention], taken: Collection[Mention]) -> tuple[Mention, ...]:
    """Return the mentions that share no character with those taken, nor with an earlier one."""
    found: list[Mention] = []
    for mention in mentions:
        if not any(overlap(mention, other) for other in (*taken, *found)):
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def new_numbers(joined: Mapping[PairKey, MarkedEvent]) -> dict[str, int]:
    """Return each event's number in the order of the text, by its side and the number there.

    Examples
    --------
    >>> b12 = MarkedEvent(7, "ordered", None, {"drug": (Mention("drug", 0, 3, "B12"),)})
    >>> new_numbers({(7, 2): b12})
    {'A7': 1, 'B2': 1}
    """
    order = sorted(joined, key=lambda key: own_words(joined[key])[0].start)
    sides = [
        (side, number, n) for n, key in enumerate(order, 1) for side, number in zip("AB", key, strict=True)
    ]
    return {f"{side}{number}": n for side, number, n in sides if number is not None}


def number_events(
    joined: Mapping[PairKey, MarkedEvent], numbers: Mapping[str, int]
) -> tuple[MarkedEvent, ...]:
    """Return the events in the order of their new numbers, with ``mixed`` naming those.

    Examples
    --------
    >>> number_events({}, {})
    ()
    """
    told = {numbers[f"A{a}" if a is not None else f"B{b}"]: event for (a, b), event in joined.items()}
    return tuple(_numbered(told[n], n, numbers) for n in sorted(told))


def _numbered(event: MarkedEvent, n: int, number: Mapping[str, int]) -> MarkedEvent:
    facts = dict(event.facts)
    mixed = facts.pop("mixed", "")
    partners = [number.get(f"{mixed[:1]}{other.strip()}") for other in mixed[1:].split(",")]
    told = ",".join(str(partner) for partner in partners if partner not in (None, n))
    return replace(event, id=n, facts=facts | ({"mixed": told} if told else {}))


def uncrossed(events: Sequence[MarkedEvent]) -> tuple[MarkedEvent, ...]:
    """Return the events so that no two marks cross: of two that do, the later gives up the words they share.

    Examples
    --------
    >>> words = "GON BLOCKS, BILATERAL GON"
    >>> route, site = Mention("route", 0, 10, words[:10]), Mention("site", 4, 25, words[4:])
    >>> event = MarkedEvent(1, "administered", "BLOCK", {"route": (route,), "site": (site,)})
    >>> uncrossed([event])[0].slots["site"][0].text
    'BILATERAL GON'
    """
    spans = sorted({(m.start, m.end) for event in events for each in event.slots.values() for m in each})
    ends = {later: end for later in spans if (end := _crossing(later, spans)) is not None}
    return tuple(replace(event, slots=_cut(event.slots, ends)) for event in events)


def _crossing(later: tuple[int, int], spans: Sequence[tuple[int, int]]) -> int | None:
    return max((end for start, end in spans if start < later[0] < end < later[1]), default=None)


def _cut(slots: Mapping[str, tuple[Mention, ...]], ends: Mapping[tuple[int, int], int]) -> Slots:
    return {
        slot: tuple(_trimmed(m, ends.get((m.start, m.end))) for m in words) for slot, words in slots.items()
    }


def _trimmed(mention: Mention, start: int | None) -> Mention:
    if start is None:
        return mention
    words = mention.text[start - mention.start :]
    blank = len(words) - len(words.lstrip(" \n,;:"))
    return replace(mention, start=start + blank, text=words[blank:])
