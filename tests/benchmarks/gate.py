"""What not looking loses: python tests/benchmarks/gate.py NOTES.jsonl [--labels GOLD.jsonl]

A note without any word that could be an injection's is sent away unread (`may_hold_any`). Printed are the
gold events in such notes, and those of whose drug the scan sees no word, which no later step can find; then
what the rules find in NOTES with the gate and without it. Events are named by note, status and route alone.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from spacy.language import Language

from deltoid.annotations.corpus import GOLD, read_notes
from deltoid.annotations.marked import MarkedText
from deltoid.annotations.narratives import read_narratives
from deltoid.annotations.scoring import to_gold
from deltoid.models.event_scores import is_core, overlap
from deltoid.pipeline.candidates import may_hold_any
from deltoid.pipeline.nlp import extract, load
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading, read_note
from deltoid.pipeline.types import Injection

GATE = "deltoid.pipeline.events.may_hold_any"
SHOT = r"\b<<shot>>\b"  # its adjectives, which the rules take along, add no place of their own
Event = Mapping[str, Any]
Labelled = tuple[str, str, Sequence[Event]]


@dataclass(frozen=True, slots=True)
class Told:
    """A gold event, and what became of it before anything was read."""

    note: str
    event: Event
    read: bool
    scanned: bool

    def __str__(self) -> str:
        why = "its drug is known, never by needle" if self.scanned else "the scan sees no word of its drug"
        optional = ", optional" if self.event.get("optional") else ""
        return f"{self.note}: {self.event['status']} {self.event['route_class']}{optional}; {why}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notes", type=Path, help="JSON Lines with id and note")
    parser.add_argument("--labels", type=Path, help="JSON Lines with id and events, of the same notes")
    given = parser.parse_args()
    notes = {item["id"]: item["note"] for item in _lines(given.notes)}
    corpora = {
        "gold": _marked(read_notes(GOLD)),
        "narratives": _marked([*read_narratives("train"), *read_narratives("dev")]),
    }
    if given.labels:
        name = given.notes.parent.name
        corpora[name] = [(label["id"], notes[label["id"]], label["events"]) for label in _lines(given.labels)]
    print("\n".join(_lost({name: list(_told(labelled)) for name, labelled in corpora.items()})))
    print("\n".join(_compared(notes)))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _marked(notes: Iterable[MarkedText]) -> list[Labelled]:
    return [(note.facts["id"], note.text, to_gold(note)["events"]) for note in notes]


def _told(notes: Iterable[Labelled]) -> Iterator[Told]:
    for name, text, events in notes:
        reading = read_note(text)
        seen, read = _seen(reading), may_hold_any(reading)
        for event in events:
            spans = (event["drug"], *event.get("also", ()))
            yield Told(name, event, read, any(overlap(span, place) for span in spans for place in seen))


def _seen(reading: Reading) -> list[dict[str, int]]:
    """Return the places of drugs and of words for a shot; every event is built on one of them."""
    shots = [{"start": m.start(), "end": m.end()} for m in regex(SHOT).finditer(reading.text)]
    return shots + [{"start": m.start, "end": m.end} for m in reading.words.get("drug", ())]


def _lost(corpora: Mapping[str, Sequence[Told]]) -> Iterator[str]:
    yield "| corpus | gold events | in notes sent away | no word of the drug seen |"
    yield "| --- | --: | --: | --: |"
    for name, told in corpora.items():
        unread, unseen = _unread(told), _unseen(told)
        yield f"| {name} | {_of(told, told)} | {_of(unread, told)} | {_of(unseen, told)} |"
    for name, told in corpora.items():
        yield f"\n{name}, gold events in notes sent away:"
        yield from (f"  {one}" for one in _unread(told))
        yield f"{name}, gold events of whose drug no word is seen, by status (all such events):"
        every = Counter(one.event["status"] for one in told)
        counts = Counter(one.event["status"] for one in _unseen(told))
        yield from (f"  {status}: {count} ({every[status]})" for status, count in counts.most_common())


def _unread(told: Iterable[Told]) -> list[Told]:
    return [one for one in told if not one.read]


def _unseen(told: Iterable[Told]) -> list[Told]:
    return [one for one in told if not one.scanned]


def _of(some: Sequence[Told], told: Sequence[Told]) -> str:
    optional = sum(bool(one.event.get("optional")) for one in some)
    core = sum(is_core(one.event) is True for one in some)
    share = f", {len(some) / max(len(told), 1):.2%}" if some is not told else ""
    return f"{len(some)}{share} ({core} core, {optional} optional)"


def _compared(notes: Mapping[str, str]) -> Iterator[str]:
    """Yield what the rules find of notes with the gate and without it."""
    nlp = load(spans=False)
    away = sum(not may_hold_any(read_note(text)) for text in notes.values())
    gated = _events(nlp, notes)
    with patch(GATE, return_value=True):
        whole = _events(nlp, notes)
    counts = [sum(map(len, found.values())) for found in (gated, whole)]
    yield f"\n{away} of {len(notes)} notes sent away ({away / max(len(notes), 1):.1%});"
    yield f"{counts[0]} events with the gate, {counts[1]} without; notes that differ:"
    differ = [name for name in notes if gated[name] != whole[name]]
    yield from (f"  {name}: {_kinds(gated[name])} with, {_kinds(whole[name])} without" for name in differ)
    yield f"  {len(differ)} in all"


def _events(nlp: Language, notes: Mapping[str, str]) -> dict[str, tuple[Injection, ...]]:
    return {name: extract(nlp, text)[0] for name, text in notes.items()}


def _kinds(events: Iterable[Injection]) -> str:
    kinds = (f"{event.status} {event.route.code if event.route else 'UNKNOWN'}" for event in events)
    return f"[{', '.join(kinds)}]"


if __name__ == "__main__":
    main()
