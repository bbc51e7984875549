"""What comes out: one review, in the one shape that command line, API, page and batch share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from deltoid.pipeline.types import Context, DraftLine, Review
from deltoid.service.schemas.decision import DecisionOut, decision_out
from deltoid.service.schemas.encounter import ClaimLineIn, ContextIn
from deltoid.service.schemas.event import EventOut, event_out
from deltoid.service.schemas.words import Out, plain

_DEFAULTED = ("payer", "date_of_service", "claim")


class ResolvedOut(Out):
    """A value of the context and where it came from."""

    value: object
    from_: Literal["given", "note", "default", "clock"] = Field(alias="from")


class MadeWithOut(Out):
    """The versions that, with the note and the resolved context, make the review repeatable."""

    deltoid: str
    tables: str
    policy: str
    models: dict[str, str | None]


class ReviewOut(Out):
    """One review."""

    schema_version: Literal["1"]
    note_id: str
    note_sha256: str
    context: dict[str, ResolvedOut]
    events: list[EventOut]
    decision: DecisionOut
    made_with: MadeWithOut

    def to_json(self) -> str:
        """Return the review as one line of JSON; the same review is the same bytes."""
        return self.model_dump_json(by_alias=True)


def to_review_out(review: Review) -> ReviewOut:
    """Return a review in the contract's shape.

    Parameters
    ----------
    review : Review
        Its decision holds a judgement for each of its events.

    Returns
    -------
    ReviewOut
    """
    judgements = {judgement.event: judgement for judgement in review.decision.judgements}
    return ReviewOut(
        schema_version="1",
        note_id=review.note.id,
        note_sha256=hashlib.sha256(review.note.text.encode()).hexdigest(),
        context=dict(_resolved(review.note.context)),
        events=[event_out(event, judgements[event.id]) for event in review.events],
        decision=decision_out(review.decision, review.triage),
        made_with=MadeWithOut.model_validate(review.made_with),
    )


def _resolved(context: Context) -> Iterator[tuple[str, ResolvedOut]]:
    """Yield what is known: the three fields with defaults first, then what was given."""
    for name in dict.fromkeys((*_DEFAULTED, *ContextIn.model_fields)):
        value = getattr(context, name)
        if name in _DEFAULTED or value not in (None, ()):
            told = {"value": _value(value), "from": context.origin.get(name, "given")}
            yield name, ResolvedOut.model_validate(told)


def _value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    if isinstance(value, DraftLine):
        return {name: _value(getattr(value, name)) for name in ClaimLineIn.model_fields}
    return value
