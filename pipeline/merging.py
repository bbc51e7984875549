"""One administration told twice is one event: which drafts are the same, and what the joined one says."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.joining import ONE_STORY, SURE, is_class_word, joined, near
from deltoid.pipeline.people import NURSE
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.routing import route_family
from deltoid.pipeline.types import Quantity, Status

_AGAIN = r"\b<<another>>\b[^.;]{0,25}$"
_NEEDLE_OR_LINE = frozenset({"needle", "line"})
_TALK: frozenset[Status] = frozenset({"hypothetical", "ordered"})


def merge(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Join the drafts that tell of the same event; class words join the drug that they stand for.

    Parameters
    ----------
    reading : Reading
    drafts : sequence of Draft
        In the order of the note; changed in place where they are joined.

    Returns
    -------
    list of Draft
        In the order of the note.

    Examples
    --------
    >>> from deltoid.pipeline.events import drafts_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Toradol 60 mg IM ordered. Toradol 60 mg IM given R deltoid.")
    >>> [(event.status, len(event.also)) for event in merge(reading, drafts_of(reading))]
    [('administered', 1)]
    """
    events: list[Draft] = []
    for draft in drafts:
        if draft.mention and not is_class_word(draft):
            kin = [e for e in events if e.name == draft.name and not _other_brand(e, draft)]
            _join(reading, events, draft, kin)
    for draft in drafts:
        if is_class_word(draft):
            _join(reading, events, draft, _stood_for(draft, events))
    events += [draft for draft in drafts if draft.mention is None]
    return sorted(events, key=lambda draft: draft.anchor.start)


def _other_brand(event: Draft, draft: Draft) -> bool:
    """Return whether two insulins are told by different brands: Lantus at night and Humalog with meals."""
    if not (event.mention and draft.mention and event.substance):
        return False
    if event.substance.category != "insulin":
        return False
    first, second = (_brand(m.text) for m in (event.mention, draft.mention))
    return bool(first and second) and first not in second and second not in first


def _brand(words: str) -> str:
    return words.lower().replace("insulin", "").replace("sliding scale", "").strip()


def _stood_for(word: Draft, events: Sequence[Draft]) -> list[Draft]:
    """Return the events that a class word may mean, the nearest last."""
    kin = [e for e in events if e.name == word.name or _may_mean(word, e)]
    return sorted(kin, key=lambda e: -abs(e.anchor.start - word.anchor.start))


def _may_mean(word: Draft, event: Draft) -> bool:
    return (_short_for(word, event) or _same_class(word, event)) and _same_story(word, event)


def _short_for(word: Draft, event: Draft) -> bool:
    """Return whether "Depo" is what the note calls its Depo-Provera or Depo-Medrol."""
    depo = word.mention is not None and word.name.startswith("depo")
    return depo and event.mention is not None and event.mention.text.lower().startswith("depo")


def _same_class(word: Draft, event: Draft) -> bool:
    if word.substance is None or event.substance is None:
        return False
    if word.substance.category == "unspecified":  # "requested a pain shot and was given Dilaudid"
        return near(word, event)
    return word.substance.category == event.substance.category


def _same_story(word: Draft, event: Draft) -> bool:
    """Return whether a class word may speak of the event: "had a steroid in June" is not today's Kenalog."""
    return word.status == event.status or word.status in _TALK or word.weight < SURE


def _join(reading: Reading, events: list[Draft], draft: Draft, kin: Sequence[Draft]) -> None:
    """Join a draft with the last of its kin that tells the same, or add it to the events, in place."""
    host = next((event for event in reversed(kin) if _same(reading, event, draft)), None)
    if host is None:
        events.append(draft)
        return
    place = next(number for number, event in enumerate(events) if event is host)
    events[place] = joined(host, draft)


def _same(reading: Reading, event: Draft, draft: Draft) -> bool:
    if _clashes(event, draft) or _other_way(event, draft):
        return False
    if event.status == draft.status:
        return not (draft.status == "administered" and regex(_AGAIN).search(_before(reading, draft)))
    if frozenset({event.status, draft.status}) in ONE_STORY or _refused_then(reading, event, draft):
        return True
    return min(event.weight, draft.weight) < SURE and "other_person" not in (event.status, draft.status)


def _refused_then(reading: Reading, event: Draft, draft: Draft) -> bool:
    """Return whether what is told like a record, but with no verb, time, lot or nurse, is later told refused.

    "Toradol 60 mg IM left deltoid, Kenalog in the knee. Kenalog given, Toradol refused": it was a plan.
    """
    if (event.status, draft.status) != ("administered", "declined") or draft.anchor.start < event.anchor.end:
        return False
    sentence = reading.sentence(event.anchor.start)
    nurse = regex(NURSE).search(reading.text, sentence.start, sentence.end)
    return not (event.evidence or event.time or event.lot or nurse)


def _other_way(event: Draft, draft: Draft) -> bool:
    """Return whether two tellings go different ways: IM here after IV elsewhere, or IM beside a lesion.

    IM against IV of one status is left to be joined: the record contradicts itself, and somebody must ask.
    """
    if event.route is None or draft.route is None:
        return False
    ways = {route_family(told.route.norm) for told in (event, draft) if told.route}
    if len(ways) < 2 or not ways & _NEEDLE_OR_LINE:
        return False
    return event.status != draft.status or not ways <= _NEEDLE_OR_LINE


def _before(reading: Reading, draft: Draft) -> str:
    return reading.text[reading.sentence(draft.anchor.start).start : draft.anchor.start]


def _clashes(event: Draft, draft: Draft) -> bool:
    """Return whether two drafts name different amounts or different times of giving."""
    if "administered" not in (event.status, draft.status):
        return False
    doses = event.dose is not None and draft.dose is not None and _amount(event.dose) != _amount(draft.dose)
    ordered = "ordered" in (event.status, draft.status)  # the time of an order is not the time of giving
    times = event.time is not None and draft.time is not None and event.time.text != draft.time.text
    return doses or (times and not ordered)


def _amount(quantity: Quantity) -> tuple[Decimal | None, str]:
    return quantity.value, quantity.unit
