"""Labelled notes as what the scorers read: gold events, and the encounters that a review is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deltoid.annotations.marked import MarkedEvent, MarkedText
from deltoid.pipeline.types import Mention

#: The mark format's slots under the output's names (docs/api.md).
SLOTS = {
    "dose": "dose", "volume": "volume", "strength": "strength", "route": "route", "site": "site",
    "time": "time", "lot": "lot", "ndc": "ndc", "exp": "expiration", "giver": "given_by",
    "response": "response", "consent": "consent", "waste": "waste",
}  # fmt: skip
_CONTEXT = {"date": "date_of_service", "em": "em_code", "age": "patient_age"}
_PLAIN = frozenset(("payer", "claim", "pos", "global_period", "state", "supervision"))


def to_gold(note: MarkedText) -> dict[str, Any]:
    r"""Return the events in the shape of a gold file: slots as spans, the route's class, every accepted
    reason.

    An injection without its substance cannot be found by its drug, so it is optional.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> [note] = read_marked("[drug#1 B12] [route#1 IM]\n=> #1 ordered IM\n=> note id=n1")
    >>> event, = to_gold(note)["events"]
    >>> event["drug"]["text"], event["route_class"], event["status"], event["dose"]
    ('B12', 'IM', 'ordered', None)
    """
    return {"id": note.facts.get("id"), "events": [_event(event) for event in note.events]}


def _event(event: MarkedEvent) -> dict[str, Any]:
    drug, shot = event.slots.get("drug", ()), event.slots.get("shot", ())
    told: dict[str, Any] = {
        "drug": _span((drug or shot)[0]),
        "also": [_span(mention) for mention in (*drug[1:], *event.slots.get("also", ()))],
        "status": event.status,
        "route_class": event.route or "UNKNOWN",
        "implied_route": event.facts.get("implied"),
        "necessity": [_span(m) for slot in ("why", "why?") for m in event.slots.get(slot, ())],
    }
    told |= {name: _first(event.slots.get(slot, ())) for slot, name in SLOTS.items()}
    return told if drug else told | {"optional": True}


def _first(mentions: tuple[Mention, ...]) -> dict[str, Any] | None:
    if not mentions:
        return None
    return _span(mentions[0]) | {"also": [_span(mention) for mention in mentions[1:]]}


def _span(mention: Mention) -> dict[str, Any]:
    return {"text": mention.text, "start": mention.start, "end": mention.end}


def to_encounter(note: MarkedText) -> dict[str, Any]:
    """Return the note with its context as ``deltoid review`` reads it.

    Examples
    --------
    >>> to_encounter(MarkedText("No shot.", facts={"id": "n1"}, context={"payer": "medicare", "age": "70"}))
    {'id': 'n1', 'note': 'No shot.', 'context': {'payer': 'medicare', 'patient_age': '70'}}
    """
    context = {
        _CONTEXT.get(key, key): word for key, word in note.context.items() if key in _PLAIN or key in _CONTEXT
    }
    return {"id": note.facts.get("id"), "note": note.text, "context": context | _read(note.context)}


def _read(context: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if "procedures" in context:
        told["same_day_procedures"] = context["procedures"].replace(",", " ").split()
    for key, name in (("new", "new_patient"), ("pregnant", "pregnant"), ("counselling", "counselling")):
        if key in context:
            told[name] = context[key] in ("yes", "true")
    return told
