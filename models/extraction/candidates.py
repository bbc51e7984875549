"""Which words of a note the encoder is asked about: the drugs of the events that the rules found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deltoid.models.extraction.windows import Hints
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.types import Injection, Mention


@dataclass(frozen=True, slots=True)
class Candidate:
    """The drug of an event, with what the rules say of it."""

    drug: Mention
    event: Injection
    hints: Hints


def candidates(reading: Reading, events: Sequence[Injection]) -> list[Candidate]:
    """Return the events whose substance is named.

    Examples
    --------
    >>> from deltoid.pipeline.assemble import assemble
    >>> from deltoid.pipeline.events import events_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("PLAN: Toradol 60 mg IM given.")
    >>> [candidate] = candidates(reading, assemble(reading, events_of(reading)))
    >>> candidate.drug.text, candidate.hints
    ('Toradol', Hints(fate='administered', route='IM', section='plan'))
    """
    return [Candidate(e.drug.mention, e, hints_of(reading, e.drug.mention, e)) for e in events if e.drug]


def hints_of(reading: Reading, drug: Mention, event: Injection | None) -> Hints:
    """Return what the rules say of a drug; None stands for an event that they did not find."""
    section = reading.section(drug.start)
    if event is None:
        return Hints("none", "none", section)
    return Hints(event.status, event.route.code if event.route else "UNKNOWN", section)
