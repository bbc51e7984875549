"""The gold notes as they stand: compiled from their readings, sound, frozen, and as spread as the plan
says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from deltoid.annotations.agreement import agreement
from deltoid.annotations.agreement_table import agreement_table
from deltoid.annotations.corpus import compile_notes, read_notes, read_plan, read_readings
from deltoid.annotations.duplicates import near_duplicates
from deltoid.annotations.lint import lint
from deltoid.annotations.marked import MarkedText, read_marked
from deltoid.annotations.marked_writer import write_marked
from deltoid.annotations.splits import frozen_digests, split_digests
from deltoid.annotations.spread import drug_words, family, shares, spread
from deltoid.annotations.spread_page import spread_markdown

GOLD = Path(__file__).parents[2] / "annotations" / "gold"
Notes = tuple[MarkedText, ...]


@pytest.fixture(scope="module")
def notes() -> Notes:
    return read_notes(GOLD)


@pytest.fixture(scope="module")
def pairs() -> list[tuple[MarkedText, MarkedText]]:
    return [pair for readings in read_readings(GOLD) for pair in readings.pairs()]


def test_the_notes_are_what_readings_and_answers_make(notes: Notes, tmp_path: Path) -> None:
    for name in ("first", "second", "adjudicated", "plan.csv", "revisions.txt"):
        (tmp_path / name).symlink_to(GOLD / name)
    assert compile_notes(tmp_path) == len(notes)
    for path in sorted((GOLD / "notes").glob("*.txt")):
        assert (tmp_path / "notes" / path.name).read_bytes() == path.read_bytes(), path.name


def test_every_note_is_written_as_it_is_read(notes: Notes) -> None:
    assert read_marked(write_marked(notes)) == notes


def test_nothing_impossible_stands_in_a_note(notes: Notes) -> None:
    assert [problem for note in notes for problem in lint(note) if problem.kind == "error"] == []


def test_the_parts_are_as_frozen() -> None:
    assert split_digests(GOLD) == frozen_digests(GOLD)


def test_the_published_tables_are_of_these_notes(
    notes: Notes, pairs: list[tuple[MarkedText, MarkedText]]
) -> None:
    assert (GOLD / "agreement.md").read_text(encoding="utf-8") == agreement_table(pairs)
    told = spread_markdown(shares(notes), spread(notes))
    assert (GOLD / "spread.md").read_text(encoding="utf-8") == told


def test_both_readers_agree_in_every_hundred(pairs: list[tuple[MarkedText, MarkedText]]) -> None:
    for start in range(0, len(pairs), 100):
        assert agreement(pairs[start : start + 100]).event_f1() >= 0.85


def test_the_spread_is_what_was_planned(notes: Notes) -> None:
    events = [event for note in notes for event in note.events]
    core = sum(event.status == "administered" and event.route in ("IM", "SC") for event in events)
    assert len(notes) >= 1500
    assert len({note.facts["id"] for note in notes}) == len(notes)
    assert core <= 0.45 * len(events)
    assert sum(not note.events for note in notes) >= 0.15 * len(notes)
    assert sum(len(note.text.split()) > 250 for note in notes) >= 0.33 * len(notes)
    assert len(set(drug_words(events))) >= 300
    assert sum(bool(family(note)) for note in notes) >= 150
    assert min(Counter(event.status for event in events).values()) >= 20


def test_the_test_part_is_by_other_writers(notes: Notes) -> None:
    plan = read_plan(GOLD)
    parts = Counter(plan[note.facts["id"].partition("-")[0]]["split"] for note in notes)
    assert set(parts) == {"train", "dev", "test"}
    assert parts["test"] >= 0.15 * len(notes)
    manners = {part: {row["manner"] for row in plan.values() if row["split"] == part} for part in parts}
    assert not manners["test"] & (manners["train"] | manners["dev"])


def test_no_note_repeats_another(notes: Notes) -> None:
    named = {note.facts["id"]: note for note in notes}
    pairs = near_duplicates({name: note.text for name, note in named.items()}, least=0.5)
    assert [
        pair
        for pair in pairs
        if not family(named[pair.one]) or family(named[pair.one]) != family(named[pair.other])
    ] == []
