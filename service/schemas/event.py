"""One injection event of a review, with what the rules say of it."""

from __future__ import annotations

from deltoid.pipeline.types import Device, Disposition, Doubt, Injection, Judgement, Purpose, Status, Target
from deltoid.service.schemas.words import (
    DrugOut,
    Out,
    PersonOut,
    QuantityOut,
    ReasonOut,
    RouteOut,
    SiteOut,
    SpanOut,
    StrengthOut,
)

_JUDGED = ("purpose", "answers", "disposition", "code")


class AnswersOut(Out):
    """The four questions that are kept apart."""

    coding: Disposition
    entity: Disposition
    coverage: Disposition
    documentation: Disposition


class EventOut(Out):
    """One substance that is, was, will be or could be put into a patient by needle or line."""

    id: str
    status: Status
    doubt: Doubt | None
    by_other_entity: bool
    drug: DrugOut | None
    dose: QuantityOut | None
    volume: QuantityOut | None
    strength: StrengthOut | None
    route: RouteOut | None
    device: Device | None
    target: Target | None
    site: SiteOut | None
    sites: list[SiteOut]
    sticks: int | None
    mixed_with: list[str]
    necessity: list[ReasonOut]
    given_by: PersonOut | None
    time: SpanOut | None
    lot: SpanOut | None
    ndc: SpanOut | None
    expiration: SpanOut | None
    ordered_by: PersonOut | None
    supervised_by: PersonOut | None
    response: SpanOut | None
    consent: SpanOut | None
    container: SpanOut | None
    labelled_amount: QuantityOut | None
    waste: QuantityOut | None
    drug_source: SpanOut | None
    also: list[SpanOut]
    confidence: float | None
    purpose: Purpose | None
    answers: AnswersOut
    disposition: Disposition
    code: str | None
    probability: float | None


def event_out(event: Injection, judgement: Judgement) -> EventOut:
    """Return an event and its judgement in the contract's shape."""
    told = {name: getattr(event, name) for name in EventOut.model_fields if hasattr(event, name)}
    judged = {name: getattr(judgement, name) for name in _JUDGED}
    return EventOut.model_validate({**told, **judged, "probability": None})
