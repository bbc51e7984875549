"""Labelled notes as JSON objects: the plain form, from which every other format is made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypedDict, cast

from deltoid.annotations.marked import MarkedEvent, MarkedText
from deltoid.pipeline.types import Mention, RouteCode, Status


class SpanRecord(TypedDict):
    """Words of the note; half-open offsets in code points."""

    start: int
    end: int
    text: str


class EventRecord(TypedDict):
    """One event: what it is, its words by slot, its facts."""

    id: int
    status: str
    route: str | None
    slots: dict[str, list[SpanRecord]]
    facts: dict[str, str]


class NoteRecord(TypedDict):
    """One labelled note."""

    text: str
    events: list[EventRecord]
    facts: dict[str, str]
    context: dict[str, str]


def to_record(note: MarkedText) -> NoteRecord:
    """Return a labelled note as JSON values.

    Examples
    --------
    >>> to_record(MarkedText("No shot.", facts={"id": "n1"}))
    {'text': 'No shot.', 'events': [], 'facts': {'id': 'n1'}, 'context': {}}
    """
    events = [_event_record(event) for event in note.events]
    return {"text": note.text, "events": events, "facts": dict(note.facts), "context": dict(note.context)}


def _event_record(event: MarkedEvent) -> EventRecord:
    slots: dict[str, list[SpanRecord]] = {
        slot: [{"start": m.start, "end": m.end, "text": m.text} for m in mentions]
        for slot, mentions in event.slots.items()
    }
    return {
        "id": event.id,
        "status": event.status,
        "route": event.route,
        "slots": slots,
        "facts": dict(event.facts),
    }


def from_record(record: Mapping[str, Any]) -> MarkedText:
    """Return a labelled note from JSON values.

    Raises
    ------
    ValueError
        If a span's words are not those of the text; the message names the note and the offsets alone.

    Examples
    --------
    >>> note = MarkedText("No shot.", facts={"id": "n1"})
    >>> from_record(to_record(note)) == note
    True
    """
    text, name = record["text"], record["facts"].get("id", "a note")
    events = tuple(_event(event, text, name) for event in record["events"])
    return MarkedText(text, events, facts=record["facts"], context=record["context"])


def _event(record: Mapping[str, Any], text: str, name: str) -> MarkedEvent:
    slots = {
        slot: tuple(mention(slot, span["start"], span["end"], text, name, span["text"]) for span in spans)
        for slot, spans in record["slots"].items()
    }
    status, route = cast("Status", record["status"]), cast("RouteCode | None", record["route"])
    return MarkedEvent(record["id"], status, route, slots, record["facts"])


def mention(slot: str, start: int, end: int, text: str, name: str, words: str | None = None) -> Mention:
    """Return marked words at known offsets, checked against the text.

    Raises
    ------
    ValueError
        If the offsets lie outside the text or, where words are given, lead to others.

    Examples
    --------
    >>> mention("drug", 0, 3, "B12 IM", "n1").text
    'B12'
    """
    if not 0 <= start < end <= len(text) or words not in (None, text[start:end]):
        raise ValueError(f"{name}: the span {start} to {end} of {slot!r} does not hold the words it should")
    return Mention(slot.rstrip("?"), start, end, text[start:end], "marked")


def write_jsonl(notes: Iterable[MarkedText]) -> str:
    r"""Return one JSON object a line.

    Examples
    --------
    >>> write_jsonl([MarkedText("No shot.")])
    '{"text": "No shot.", "events": [], "facts": {}, "context": {}}\n'
    """
    return "".join(json.dumps(to_record(note), ensure_ascii=False) + "\n" for note in notes)


def read_jsonl(source: str) -> Iterator[MarkedText]:
    """Yield the labelled notes of a JSON Lines text.

    Examples
    --------
    >>> [note.text for note in read_jsonl(write_jsonl([MarkedText("No shot.")]))]
    ['No shot.']
    """
    yield from (from_record(record) for record in json_lines(source))


def json_lines(source: str) -> Iterator[dict[str, Any]]:
    r"""Yield the objects of a JSON Lines text.

    Raises
    ------
    ValueError
        If a line is no JSON object; it names the line and repeats nothing of it.

    Examples
    --------
    >>> list(json_lines('{"a": 1}\n\n{"b": 2}\n'))
    [{'a': 1}, {'b': 2}]
    """
    for number, line in enumerate(source.split("\n"), 1):
        if line.strip():
            try:
                value = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"line {number}, column {error.colno}: no JSON ({error.msg})") from None
            if not isinstance(value, dict):
                raise ValueError(f"line {number}: no JSON object")
            yield value
