"""CoNLL columns: a token a line with offsets and BIO labels, a blank line behind each note.

Tokens are words, single marks and what the edges of a label cut out of them, so that every label begins and
ends with a token. The lines with ``#`` carry what columns cannot.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from deltoid.annotations.exchange.records import NoteRecord, from_record, to_record
from deltoid.annotations.marked import MarkedText

_TOKEN = re.compile(r"\w+|[^\w\s]")
_LABEL = re.compile(r"(?P<bio>[BI])-(?P<slot>[a-z]+\??)#(?P<event>\d+)\.(?P<place>\d+)")


def write_conll(notes: Iterable[MarkedText]) -> str:
    r"""Return the notes in columns: number, start, end, words, labels (``_`` for none).

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> write_conll(read_marked("[drug#1 B12] IM\n=> #1 ordered IM")).split("\n")[3].split("\t")
    ['1', '0', '3', 'B12', 'B-drug#1.0']
    """
    return "".join("\n".join([*_lines(to_record(note)), "", ""]) for note in notes)


def _lines(record: NoteRecord) -> Iterator[str]:
    yield f"# text = {json.dumps(record['text'], ensure_ascii=True)}"
    yield f"# note = {json.dumps({'facts': record['facts'], 'context': record['context']})}"
    told = [{key: event[key] for key in ("id", "status", "route", "facts")} for event in record["events"]]
    yield f"# events = {json.dumps(told)}"
    spans = list(_spans(record))
    edges = {edge for start, end, _ in spans for edge in (start, end)}
    for number, (start, end) in enumerate(_tokens(record["text"], edges), 1):
        labels = [f"{'B' if a == start else 'I'}-{name}" for a, b, name in spans if a <= start and end <= b]
        yield f"{number}\t{start}\t{end}\t{_shown(record['text'][start:end])}\t{'|'.join(labels) or '_'}"


def _spans(record: NoteRecord) -> Iterator[tuple[int, int, str]]:
    for event in record["events"]:
        for slot, spans in event["slots"].items():
            for place, span in enumerate(spans):
                yield span["start"], span["end"], f"{slot}#{event['id']}.{place}"


def _tokens(text: str, edges: set[int]) -> Iterator[tuple[int, int]]:
    """Yield words and marks, cut at the edges of labels; blanks at an edge are tokens too, so that none is
    lost.
    """
    starts = {at for token in _TOKEN.finditer(text) for at in token.span()} | edges | {0, len(text)}
    cuts = sorted(starts)
    for start, end in pairwise(cuts):
        if text[start:end].strip() or {start, end} & edges:
            yield start, end


def _shown(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)[1:-1].replace("\t", r"\t")


def read_conll(source: str) -> Iterator[MarkedText]:
    """Yield the labelled notes of columns.

    Raises
    ------
    ValueError
        If a label cannot be read.
    """
    for block in source.split("\n\n"):
        if block.strip():
            yield from_record(_record(block.strip("\n").split("\n")))


def _record(lines: list[str]) -> dict[str, Any]:
    head = dict(line.removeprefix("# ").split(" = ", 1) for line in lines if line.startswith("# "))
    text, note = json.loads(head["text"]), json.loads(head["note"])
    events = {event["id"]: {**event, "slots": {}} for event in json.loads(head["events"])}
    for line in lines:
        if not line.startswith("# "):
            _, start, end, _, labels = line.split("\t")
            _add(events, int(start), int(end), labels)
    for event in events.values():
        event["slots"] = {slot: _told(places, text) for slot, places in event["slots"].items()}
    return {"text": text, "events": list(events.values()), **note}


def _add(events: Mapping[int, Any], start: int, end: int, labels: str) -> None:
    for word in labels.split("|") if labels != "_" else ():
        label = _LABEL.fullmatch(word)
        if label is None:
            raise ValueError(f"the token at {start} bears a label that cannot be read")
        places = events[int(label["event"])]["slots"].setdefault(label["slot"], {})
        places[int(label["place"])] = (places.get(int(label["place"]), (start, 0))[0], end)


def _told(places: Mapping[int, tuple[int, int]], text: str) -> list[dict[str, Any]]:
    return [{"start": a, "end": b, "text": text[a:b]} for _, (a, b) in sorted(places.items())]
