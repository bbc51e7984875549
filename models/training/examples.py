"""What the encoder learns from: each drug of a labelled note with its true fate, way in and slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deltoid.models.as_scored import as_scored
from deltoid.models.event_scores import overlap, pair
from deltoid.models.extraction.candidates import Candidate, candidates, hints_of
from deltoid.models.extraction.labels import GOLD_NAMES, SLOTS
from deltoid.models.extraction.windows import Hints
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Injection, Mention

Gold = Mapping[str, Any]
Slots = dict[str, tuple[Stretch, ...]]
_BESIDE = 160  # characters


@dataclass(frozen=True, slots=True)
class Example:
    """One question with its answer.

    `fates` holds every accepted word, `slots` every accepted place; a slot that the note does not fill has
    none. `group` is the writer.
    """

    note: str
    group: str
    text: str
    drug: Stretch
    hints: Hints
    fates: tuple[str, ...]
    slots: Slots


def examples(
    note: str, reading: Reading, events: Sequence[Injection], gold: Sequence[Gold]
) -> Iterator[Example]:
    """Yield the examples of one note: each candidate of the rules, and each gold event they did not see.

    Parameters
    ----------
    note : str
        The id of the note, which begins with its writer.
    reading : Reading
    events : sequence of Injection
        As the rules found them.
    gold : sequence of mapping
        Events as `deltoid.annotations.scoring.to_gold` returns them.
    """
    group = note.split("-")[0]
    asked = candidates(reading, events)
    found = _paired(asked, gold)
    told: list[tuple[Mention, Hints, Gold | None]]
    told = [(c.drug, c.hints, gold[found[n]] if n in found else None) for n, c in enumerate(asked)]
    # another telling of a gold event is neither right nor wrong
    told = [row for row in told if row[2] is not None or not _touches(row[0], gold)]
    for number, want in enumerate(gold):
        if number not in found.values():
            drug = Mention("drug", want["drug"]["start"], want["drug"]["end"], want["drug"]["text"])
            told.append((drug, hints_of(reading, drug, None), want))
    for spot, hints, answer in told:
        if answer is None or not answer.get("optional"):
            place = Stretch(spot.start, spot.end)
            yield Example(note, group, reading.text, place, hints, *_answers(place, answer))


def _paired(asked: Sequence[Candidate], gold: Sequence[Gold]) -> dict[int, int]:
    """Return the gold event of each candidate that has one."""
    answers = [as_scored(candidate.event) for candidate in asked]
    return {got: want for want, got in pair(gold, answers)}


def _touches(drug: Mention, gold: Sequence[Gold]) -> bool:
    told = {"start": drug.start, "end": drug.end}
    return any(overlap(span, told) for want in gold for span in (want["drug"], *want.get("also", ())))


def _answers(drug: Stretch, want: Gold | None) -> tuple[tuple[str, ...], Slots]:
    if want is None:
        return ("none",), dict.fromkeys(SLOTS, ())
    slots = {slot: tuple(_accepted(want.get(GOLD_NAMES.get(slot, slot)))) for slot in SLOTS}
    if (
        want["route_class"] == "LOCAL"
    ):  # numbing is part of what is done: a reason only where it is told beside it
        near = (drug.start - _BESIDE, drug.end + _BESIDE)
        slots["why"] = tuple(place for place in slots["why"] if near[0] <= place.start < near[1])
    return tuple(want.get("status_any") or [want["status"]]), slots


def _accepted(told: Any) -> Iterator[Stretch]:
    spans = told if isinstance(told, list) else [told, *told.get("also", ())] if told else []
    for span in spans:
        yield Stretch(span["start"], span["end"])
