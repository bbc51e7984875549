"""The narratives stand as their card says, and none of them repeats another."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

from deltoid.annotations.marked import MarkedText
from deltoid.annotations.narratives import DEV_WRITER, NARRATIVES, read_narratives

PLACE = Path(__file__).parents[2] / NARRATIVES


def everything() -> tuple[MarkedText, ...]:
    return (*read_narratives("train", PLACE), *read_narratives("dev", PLACE))


def test_every_document_can_be_read_and_is_there_once() -> None:
    ids = [note.facts["id"] for note in everything()]
    assert len(ids) == len(set(ids))
    assert ids


def test_the_card_tells_the_size() -> None:
    notes = everything()
    card = (PLACE / "README.md").read_text(encoding="utf-8")
    told = re.search(r"(\d+) whole documents .*?about ([\d,]+) words, ([\d,]+) events", card, re.DOTALL)
    assert told is not None
    documents, words, events = (int(number.replace(",", "")) for number in told.groups())
    assert documents == len(notes)
    assert events == sum(len(note.events) for note in notes)
    assert abs(words - sum(len(note.text.split()) for note in notes)) < 500


def test_the_plan_names_every_writer_and_the_part_kept_aside() -> None:
    with (PLACE / "plan.csv").open(encoding="utf-8", newline="") as lines:
        plan = {row["writer"]: row["part"] for row in csv.DictReader(lines)}
    assert {note.facts["id"].split("-")[0] for note in everything()} == set(plan)
    assert [writer for writer, part in plan.items() if part == "dev"] == [DEV_WRITER]


def test_most_events_were_given_as_in_real_charts() -> None:
    statuses = Counter(event.status for note in everything() for event in note.events)
    assert statuses["administered"] / sum(statuses.values()) > 0.6
