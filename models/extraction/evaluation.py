"""How well rules and encoder read labelled notes together, and whether the odds mean what they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal

from spacy.language import Language

from deltoid.annotations.marked import MarkedText
from deltoid.annotations.narratives import read_narratives
from deltoid.annotations.scoring import to_encounter, to_gold
from deltoid.models.as_scored import as_scored
from deltoid.models.event_scores import Scores, fits, pair, score_events
from deltoid.models.extraction.answers import Answer
from deltoid.models.extraction.candidates import Candidate
from deltoid.models.extraction.filling import Sure
from deltoid.models.extraction.labels import GOLD_NAMES, SLOTS
from deltoid.models.extraction.second_look import Reader, ask, combined
from deltoid.pipeline.nlp import extract, load
from deltoid.pipeline.reading import Reading, read_note
from deltoid.pipeline.types import Injection

Gold = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A note with the day of its encounter and its gold events, as a gold file has them."""

    text: str
    day: date | None
    gold: Sequence[Gold]


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled note with what the rules found and what the encoder answered."""

    reading: Reading
    events: Sequence[Injection]
    answers: Sequence[tuple[Candidate, Answer]]
    gold: Sequence[Gold]


@dataclass(slots=True)
class Odds:
    """What was said with which odds, and whether it was right; by ``status`` and slot."""

    said: dict[str, list[float]] = field(default_factory=dict)
    right: dict[str, list[bool]] = field(default_factory=dict)

    def add(self, name: str, odds: float, *, right: bool) -> None:
        """Note down one answer."""
        self.said.setdefault(name, []).append(odds)
        self.right.setdefault(name, []).append(right)


def labelled(notes: Iterable[MarkedText]) -> list[Labelled]:
    """Return the gold corpus' notes for evaluation."""
    return [_labelled(note) for note in notes]


def narratives(part: Literal["train", "dev"]) -> list[Labelled]:
    """Return the narratives of a part for evaluation."""
    return labelled(read_narratives(part))


def _labelled(note: MarkedText) -> Labelled:
    told = to_encounter(note)["context"].get("date_of_service")
    return Labelled(note.text, date.fromisoformat(told) if told else None, to_gold(note)["events"])


def asked(notes: Iterable[Labelled], encoder: Reader | None) -> list[Asked]:
    """Read notes by the rules, and ask the encoder about what they found if one is given."""
    told = []
    for note in notes:
        events = extract(_nlp(), note.text, note.day)[0]
        reading = read_note(note.text, day=note.day)
        answers = ask(reading, events, encoder) if encoder else []
        told.append(Asked(reading, events, answers, note.gold))
    return told


@cache
def _nlp() -> Language:
    return load(spans=False)


def scored(notes: Iterable[Asked], sure: Sure | None) -> Scores:
    """Score notes as rules and encoder read them together; by the rules alone without thresholds."""
    return score_events((note.gold, [as_scored(event) for event in _read(note, sure)]) for note in notes)


def _read(note: Asked, sure: Sure | None) -> Sequence[Injection]:
    return combined(note.reading, note.events, note.answers, sure) if sure else note.events


def odds(notes: Iterable[Asked], sure: Sure) -> Odds:
    """Return the odds of every final status and of every slot's words, with whether they were right."""
    told = Odds()
    for note in notes:
        _add_statuses(told, note, sure)
        _add_slots(told, note)
    return told


def _add_statuses(told: Odds, note: Asked, sure: Sure) -> None:
    events = [event for event in _read(note, sure) if event.drug]
    for want, got in pair(note.gold, [as_scored(event) for event in events]):
        confidence, gold = events[got].confidence, note.gold[want]
        if confidence is not None and not gold.get("optional"):
            told.add("status", confidence, right=events[got].status in _statuses(gold))


def _statuses(gold: Gold) -> Sequence[str]:
    return gold.get("status_any") or [gold["status"]]


def _add_slots(told: Odds, note: Asked) -> None:
    answers = [as_scored(candidate.event) for candidate, _ in note.answers]
    for want, got in pair(note.gold, answers):
        for slot in SLOTS:
            words = note.answers[got][1].slots[slot]
            wanted = _accepted(note.gold[want].get(GOLD_NAMES.get(slot, slot)))
            place = words.place and {"start": words.place.start, "end": words.place.end}
            right = any(fits(span, place) for span in wanted) if place else not wanted
            told.add(slot, words.odds, right=right)


def _accepted(told: Any) -> list[Gold]:
    return told if isinstance(told, list) else [told, *told.get("also", ())] if told else []
