"""JSON Lines as Prodigy's span and relation tasks shape them: spans with labels, relations from drug to slot.

The keys are those of Prodigy's documented task format (``text``, ``spans``, ``relations``, ``meta``). A
span that serves several events or slots stands once for each; what a task cannot say (status, facts) is in
``events``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deltoid.annotations.exchange.records import EventRecord, NoteRecord, from_record, json_lines, to_record
from deltoid.annotations.marked import MarkedText


def write_prodigy(notes: Iterable[MarkedText]) -> str:
    """Return a task a line.

    Examples
    --------
    >>> write_prodigy([MarkedText("No shot.", facts={"id": "n1"})])[:40]
    '{"text": "No shot.", "spans": [], "relat'
    """
    return "".join(json.dumps(_task(to_record(note)), ensure_ascii=False) + "\n" for note in notes)


def _task(record: NoteRecord) -> dict[str, Any]:
    spans = [span for event in record["events"] for span in _spans(event)]
    relations = [relation for event in record["events"] for relation in _relations(event)]
    told = [{key: event[key] for key in ("id", "status", "route", "facts")} for event in record["events"]]
    meta = {**record["facts"], "context": record["context"]}
    return {"text": record["text"], "spans": spans, "relations": relations, "meta": meta, "events": told}


def _spans(event: EventRecord) -> Iterator[dict[str, Any]]:
    for slot, spans in event["slots"].items():
        for span in spans:
            yield {"start": span["start"], "end": span["end"], "label": slot, "event": event["id"]}


def _relations(event: EventRecord) -> Iterator[dict[str, Any]]:
    head, *others = _spans(event) if event["slots"] else [None]
    for other in others:
        yield {"head_span": head, "child_span": other, "label": other["label"] if other else ""}


def read_prodigy(source: str) -> Iterator[MarkedText]:
    """Yield the labelled notes of tasks; spans that name no event are an error.

    Raises
    ------
    ValueError
        If a task lacks its events, or a span names none of them.
    """
    yield from (from_record(_record(task)) for task in json_lines(source))


def _record(task: Mapping[str, Any]) -> dict[str, Any]:
    meta = dict(task["meta"])
    context = meta.pop("context", {})
    events = {event["id"]: {**event, "slots": {}} for event in task.get("events", [])}
    for span in task["spans"]:
        if span.get("event") not in events:
            raise ValueError(f"{meta.get('id', 'a task')}: the span at {span['start']} belongs to no event")
        words = {
            "start": span["start"],
            "end": span["end"],
            "text": task["text"][span["start"] : span["end"]],
        }
        events[span["event"]]["slots"].setdefault(span["label"], []).append(words)
    return {"text": task["text"], "events": list(events.values()), "facts": meta, "context": context}
