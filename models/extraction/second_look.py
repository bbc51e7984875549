"""Rules and encoder together: where the encoder is sure enough, its answer outweighs what the rules said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol, cast

from deltoid.models.extraction.answers import Answer
from deltoid.models.extraction.candidates import Candidate, candidates
from deltoid.models.extraction.filling import FOUND_BY, Sure, filled
from deltoid.models.extraction.windows import Window, Windows
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Injection, Mention, Status


class Reader(Protocol):
    """What answers questions about windows."""

    windows: Windows

    def read(self, window: Window) -> Answer:
        """Return the answer to one window."""


def second_look(
    reading: Reading, events: Sequence[Injection], encoder: Reader, sure: Sure
) -> tuple[Injection, ...]:
    """Return the events as rules and encoder see them together, in the order of the rules.

    Parameters
    ----------
    reading : Reading
    events : sequence of Injection
        As the rules found them.
    encoder : Reader
    sure : mapping of str to float
        The odds from which the encoder outweighs the rules (see `Settings`).
    """
    return combined(reading, events, ask(reading, events, encoder), sure)


def ask(reading: Reading, events: Sequence[Injection], encoder: Reader) -> list[tuple[Candidate, Answer]]:
    """Return what the encoder answers about each candidate of a note."""
    return [
        (asked, encoder.read(encoder.windows.cut(reading.text, _spot(asked), asked.hints)))
        for asked in candidates(reading, events)
    ]


def _spot(candidate: Candidate) -> Stretch:
    return Stretch(candidate.drug.start, candidate.drug.end)


def combined(
    reading: Reading, events: Sequence[Injection], asked: Sequence[tuple[Candidate, Answer]], sure: Sure
) -> tuple[Injection, ...]:
    """Return the events of the rules as the answers leave them; what was not asked about stays as it is."""
    answers = {candidate.event.id: answer for candidate, answer in asked}
    told: list[Injection] = []
    for event in events:
        answer = answers.get(event.id)
        told.extend([event] if answer is None else _together(reading, event, answer, sure))
    return _renumbered(told)


def _together(reading: Reading, event: Injection, answer: Answer, sure: Sure) -> Iterator[Injection]:
    if answer.fates["none"] < sure["veto"]:
        yield filled(reading, _decided(reading, event, answer, sure), answer, sure)


def _decided(reading: Reading, event: Injection, answer: Answer, sure: Sure) -> Injection:
    """Return the event with the status of whoever is surer, and the odds that it is right."""
    status, odds = answer.status()
    needed = sure[_claim(event) if status == "administered" else "status"]
    if status != event.status and odds >= needed and event.doubt is None and event.drug:
        evidence = (_sentence(reading, event.drug.mention),)
        return replace(event, status=cast(Status, status), evidence=evidence, confidence=round(odds, 4))
    return _doubted(replace(event, confidence=round(_odds_of(answer, event.status), 4)), sure)


def _doubted(event: Injection, sure: Sure) -> Injection:
    """Return the event as unclear where it would be claimed and the encoder disbelieves it."""
    said = event.confidence or 0.0
    asks = event.status == "administered" and event.doubt is None and said < sure["doubt"]
    return replace(event, doubt="unclear") if asks and _claim(event) == "given_by_needle" else event


def _claim(event: Injection) -> str:
    """Return by which threshold an event may become one given here: a false claim costs more."""
    billable = event.route is None or event.route.code in ("IM", "SC")
    return "given_by_needle" if billable else "given"


def _odds_of(answer: Answer, status: Status) -> float:
    return answer.fates[status] / max(1.0 - answer.fates["none"], 1e-9)


def _sentence(reading: Reading, drug: Mention) -> Mention:
    """Return the sentence as evidence: the encoder weighs all its words and names none."""
    here = reading.sentence(drug.start)
    return Mention("status", here.start, here.end, reading.text[here.start : here.end], FOUND_BY)


def _renumbered(events: Sequence[Injection]) -> tuple[Injection, ...]:
    """Return the events with new numbers in their order, partners in a syringe renamed alike."""
    names = {event.id: f"e{number}" for number, event in enumerate(events, 1)}
    return tuple(
        replace(event, id=names[event.id], mixed_with=tuple(names[m] for m in event.mixed_with if m in names))
        for event in events
    )
