"""The labelled notes that there are, as examples: the gold corpus and the narratives."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from deltoid.annotations.corpus import GOLD, read_notes
from deltoid.annotations.marked import MarkedText
from deltoid.annotations.narratives import NARRATIVES, read_narratives
from deltoid.models.extraction.evaluation import asked, labelled
from deltoid.models.training.examples import Example, examples


def gold_examples(part: str, folder: Path = GOLD) -> list[Example]:
    """Return the examples of a part of the gold corpus."""
    return of_notes(read_notes(folder, part))


def narrative_examples(part: Literal["train", "dev"], folder: Path = NARRATIVES) -> list[Example]:
    """Return the examples of the narratives: of the writer kept for ``dev``, or of all others."""
    return of_notes(read_narratives(part, folder))


def of_notes(notes: Iterable[MarkedText]) -> list[Example]:
    """Return the examples of labelled notes, as the rules read them without an encoder."""
    told = tuple(notes)
    return [
        example
        for note, read in zip(told, asked(labelled(told), None), strict=True)
        for example in examples(note.facts["id"], read.reading, read.events, read.gold)
    ]
