"""The labelled notes that there are, as examples: the gold corpus and the narratives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from spacy.language import Language

from deltoid.annotations.corpus import GOLD, read_notes
from deltoid.annotations.marked import MarkedText
from deltoid.annotations.narratives import NARRATIVES, read_narratives
from deltoid.annotations.scoring import to_encounter, to_gold
from deltoid.models.training.examples import Example, examples
from deltoid.pipeline.nlp import extract, load
from deltoid.pipeline.reading import read_note
from deltoid.pipeline.types import Injection


def gold_examples(part: str, folder: Path = GOLD) -> list[Example]:
    """Return the examples of a part of the gold corpus."""
    return [example for note in read_notes(folder, part) for example in of_note(note)]


def narrative_examples(part: Literal["train", "dev"], folder: Path = NARRATIVES) -> list[Example]:
    """Return the examples of the narratives: of the writer kept for ``dev``, or of all others."""
    return [example for note in read_narratives(part, folder) for example in of_note(note)]


def of_note(note: MarkedText) -> Iterator[Example]:
    """Yield the examples of one labelled note."""
    told = to_encounter(note)["context"].get("date_of_service")
    name = note.facts["id"]
    yield from _of(name, name.split("-")[0], note.text, told, to_gold(note)["events"])


def _of(note: str, group: str, text: str, day: str | None, gold: list[Any]) -> Iterator[Example]:
    when = date.fromisoformat(day) if day else None
    yield from examples(note, group, read_note(text, day=when), _by_rules(text, when), gold)


def _by_rules(text: str, day: date | None) -> tuple[Injection, ...]:
    return extract(_nlp(), text, day)[0]


@cache
def _nlp() -> Language:
    return load(spans=False)
