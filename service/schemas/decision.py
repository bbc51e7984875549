"""The decision of a review: lines, visit, redirects, findings and what becomes of a draft claim."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator

from deltoid.pipeline.types import Decision, LineStatus, Outcome, Severity
from deltoid.service.schemas.words import AnyAmount, Out, SpanOut, plain


def _whole(units: Decimal | None) -> int | str | None:
    """Return a number where it is one without a fraction: half a unit must not become none."""
    if units is None:
        return None
    return int(units) if units == units.to_integral_value() else plain(units)


class LineOut(Out):
    """A claim line that the note supports."""

    code: str
    units: int
    modifiers: list[str]
    events: list[str]


class VisitOut(Out):
    """The visit as it should go out."""

    code: str
    modifiers: list[str]


class RedirectOut(Out):
    """Events that belong to another code family."""

    code: str
    events: list[str]
    rule: str


class FindingOut(Out):
    """A rule that fired, why, on which words and by whose authority."""

    rule: str
    severity: Severity
    hard: bool
    element: str | None
    message: str
    query: str | None
    events: list[str]
    evidence: list[SpanOut]
    source: str
    effective: tuple[date | None, date | None]


class ExpectedOut(Out):
    """What a draft line should have been."""

    code: str
    units: int
    modifiers: list[str]


class ClaimCheckOut(Out):
    """What becomes of one draft line."""

    line: int
    status: LineStatus
    expected: ExpectedOut | None
    units_delta: Annotated[int | str | None, BeforeValidator(_whole)]
    money_delta: AnyAmount
    rule: str | None
    carc: str | None


class TriageOut(Out):
    """To whom it goes, and why."""

    to: str
    reason: str


class DecisionOut(Out):
    """The answer for the encounter."""

    outcome: Outcome
    probabilities: dict[str, float] | None
    lines: list[LineOut]
    held: list[LineOut]
    em: VisitOut | None
    redirects: list[RedirectOut]
    missing: list[str]
    findings: list[FindingOut]
    claim: list[ClaimCheckOut] | None
    triage: TriageOut


def decision_out(decision: Decision, triage: tuple[str, str]) -> DecisionOut:
    """Return a decision in the contract's shape."""
    told = {name: getattr(decision, name) for name in DecisionOut.model_fields if hasattr(decision, name)}
    to, reason = triage
    return DecisionOut.model_validate({**told, "probabilities": None, "triage": {"to": to, "reason": reason}})
