"""What the lines are made from: the case with the judgement of every event at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deltoid.pipeline.rulebook import Case
from deltoid.pipeline.types import Injection, Judgement, Mention

SHOT = "96372"
_CLEAR = ("supported", "supported_with_gaps")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The case with its judgements; events keep the order of the note."""

    case: Case
    judgements: Sequence[Judgement]

    @property
    def shots(self) -> tuple[Injection, ...]:
        """The events that may be billed as 96372 now."""
        return tuple(e for e, j in self._judged() if j.disposition in _CLEAR and j.code == SHOT)

    @property
    def elsewhere(self) -> tuple[tuple[Injection, str], ...]:
        """The events of another family with its code, as far as this biller may report them."""
        return tuple(
            (event, judgement.code)
            for event, judgement in self._judged()
            if judgement.disposition == "redirect" and judgement.code and _ours(judgement)
        )

    @property
    def sent(self) -> tuple[Injection, ...]:
        """The events that may stand on a claim now, under whatever code."""
        ids = {e.id for e in self.shots} | {e.id for e, _ in self.elsewhere}
        return tuple(event for event in self.case.events if event.id in ids)

    @property
    def asked(self) -> tuple[Injection, ...]:
        """The events that were given and wait for an answer."""
        return tuple(
            e
            for e, j in self._judged()
            if j.disposition == "query" and e.status == "administered" and not e.by_other_entity
        )

    @property
    def excluded(self) -> tuple[Injection, ...]:
        """The events that the payer does not cover."""
        return tuple(e for e, j in self._judged() if j.disposition == "coverage_excluded")

    def judgement(self, event: Injection) -> Judgement | None:
        """Return the judgement of an event."""
        return next((j for j in self.judgements if j.event == event.id), None)

    def _judged(self) -> Iterator[tuple[Injection, Judgement]]:
        found = ((event, self.judgement(event)) for event in self.case.events)
        return ((event, judgement) for event, judgement in found if judgement is not None)


def _ours(judgement: Judgement) -> bool:
    return judgement.answers.entity in _CLEAR and judgement.answers.coverage in _CLEAR


def anchors(event: Injection) -> tuple[Mention, ...]:
    """Return the words that say where in the note an event stands: its drug, dose and site."""
    slots = (event.drug, event.dose, event.site)
    return tuple(slot.mention for slot in slots if slot is not None) or event.evidence
