"""brat standoff: a ``.txt`` with the note and an ``.ann`` with text-bound marks, events, attributes and
notes.

Offsets are code points, as brat counts them. A mark that runs over a line break is one fragment with the
break shown as a blank, which brat reads and shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from deltoid.annotations.exchange.records import EventRecord, from_record, to_record
from deltoid.annotations.marked import MarkedText


def write_brat(note: MarkedText) -> tuple[str, str]:
    r"""Return the text and its annotation file.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> text, ann = write_brat(read_marked("[drug#1 B12] IM\n=> #1 ordered IM")[0])
    >>> ann.split("\n")[0].split("\t")
    ['T1', 'drug 0 3', 'B12']
    """
    record = to_record(note)
    lines: list[str] = []
    number = 0
    for event in record["events"]:
        marks = list(_marks(event, number))
        number += len(marks)
        lines += [mark for mark, _ in marks]
        arguments = " ".join(f"{_role(slot, n)}:T{_number(mark)}" for n, (mark, slot) in enumerate(marks))
        lines += [f"E{event['id']}\tInjection:T{_number(marks[0][0])} {arguments}"] if marks else []
        told = {key: event[key] for key in ("id", "status", "route", "facts")}
        lines += [f"A{event['id']}\tStatus E{event['id']} {event['status']}"] if marks else []
        lines.append(f"#{event['id']}\tAnnotatorNotes E{event['id']}\t{json.dumps(told)}")
    about = json.dumps({"facts": record["facts"], "context": record["context"]})
    return record["text"], "\n".join([*lines, f"#0\tAnnotatorNotes note\t{about}"]) + "\n"


def _marks(event: EventRecord, number: int) -> Iterator[tuple[str, str]]:
    for slot, spans in event["slots"].items():
        for span in spans:
            number += 1
            words = " ".join(span["text"].splitlines()).replace("\t", " ")
            kind = slot.replace("?", "_second")
            yield f"T{number}\t{kind} {span['start']} {span['end']}\t{words}", slot


def _role(slot: str, number: int) -> str:
    return f"{slot.replace('?', '_second')}{number + 1}"


def _number(mark: str) -> str:
    return mark.partition("\t")[0].removeprefix("T")


def read_brat(text: str, annotations: str) -> MarkedText:
    """Return the labelled note of a text and its annotation file.

    Raises
    ------
    ValueError
        If an event names a mark that is not there, or the note's own line is missing.
    """
    rows = [line.split("\t") for line in annotations.split("\n") if line]
    marks = {row[0]: row[1].split() for row in rows if row[0].startswith("T")}
    arguments = {row[0][1:]: row[1].split()[1:] for row in rows if row[0].startswith("E")}
    told = {row[0][1:]: json.loads(row[2]) for row in rows if row[0].startswith("#")}
    if "0" not in told:
        raise ValueError("the annotation file has no line '#0': it was not written by 'deltoid gold export'")
    note = told.pop("0")
    events = [{**event, "slots": _slots(arguments.get(key, []), marks, text)} for key, event in told.items()]
    return from_record({"text": text, "events": events, **note})


def _slots(arguments: list[str], marks: dict[str, list[str]], text: str) -> dict[str, list[dict[str, Any]]]:
    slots: dict[str, list[dict[str, Any]]] = {}
    for argument in arguments:
        mark = argument.partition(":")[2]
        if mark not in marks:
            raise ValueError(f"an event names {mark}, which is not there")
        slot, start, end = marks[mark][0].replace("_second", "?"), int(marks[mark][1]), int(marks[mark][2])
        slots.setdefault(slot, []).append({"start": start, "end": end, "text": text[start:end]})
    return slots
