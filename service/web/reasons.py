"""Why: the findings in their order, each with rule, severity, evidence, source and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deltoid.pipeline.types import Finding, Review
from deltoid.service.web.marks import Chip, Marks
from deltoid.service.web.words import Label, label


@dataclass(frozen=True, slots=True)
class Reason:
    """A finding as the page shows it."""

    rule: str
    label: Label
    message: str
    question: str
    chips: tuple[Chip, ...]
    events: tuple[tuple[int, str], ...]
    source: str
    effective: str


def reasons_of(review: Review, marks: Marks) -> tuple[Reason, ...]:
    """Return the findings of a review in their order.

    Parameters
    ----------
    review : Review
    marks : Marks
        Of the same review.

    Returns
    -------
    tuple of Reason

    Examples
    --------
    >>> from deltoid.pipeline.types import *
    >>> finding = Finding("G-08", "query", "No route.", "own", hard=True)
    >>> review = Review(Note("n", ""), (), EncounterFacts(), Decision("query", findings=(finding,)), ("", ""))
    >>> reasons_of(review, Marks((), {}))[0].label.title
    'Ask first'
    """
    numbers = {event.id: n for n, event in enumerate(review.events, 1)}
    return tuple(_reason(finding, numbers, marks) for finding in review.decision.findings)


def _reason(finding: Finding, numbers: dict[str, int], marks: Marks) -> Reason:
    hard = finding.hard and finding.severity == "query"
    return Reason(
        rule=finding.rule,
        label=label("severity", "hard" if hard else finding.severity),
        message=finding.message,
        question=finding.query or "",
        chips=tuple(marks.chip(words, "evidence") for words in finding.evidence),
        events=tuple((numbers[event], event) for event in finding.events if event in numbers),
        source=finding.source,
        effective=in_force(*finding.effective),
    )


def in_force(starts: date | None, ends: date | None) -> str:
    """Say between which days a rule is in force; nothing where neither day is known.

    Examples
    --------
    >>> in_force(date(2026, 1, 1), None)
    'from 2026-01-01'
    """
    parts = [f"from {starts}" if starts else "", f"to {ends}" if ends else ""]
    return " ".join(part for part in parts if part)
