"""What is said of the encounter before any event: which fields of the context were not given."""

from __future__ import annotations

from collections.abc import Iterator

from deltoid.pipeline.rulebook import Case, Hit, finding
from deltoid.pipeline.types import Finding


def context_findings(case: Case) -> tuple[Finding, ...]:
    """Say for payer, claim and date of service that a default stands in for what was not given.

    Examples
    --------
    >>> from datetime import date
    >>> from deltoid.pipeline.rulebook import load
    >>> from deltoid.pipeline.types import Context, EncounterFacts
    >>> context = Context(origin={"payer": "default"})
    >>> case = Case("", (), EncounterFacts(), context, load("commercial", date(2026, 3, 2)))
    >>> [found.rule for found in context_findings(case)]
    ['D-29']
    """
    return tuple(finding(hit, case.policy) for hit in _hits(case) if hit.rule in case.policy.rules)


def _hits(case: Case) -> Iterator[Hit]:
    values = {
        "payer": case.context.payer,
        "claim": case.context.claim,
        "date_of_service": case.policy.day.isoformat(),
    }
    ids = {"payer": "D-29", "claim": "D-29", "date_of_service": "D-01"}
    for field, value in values.items():
        origin = case.context.origin.get(field)
        if origin in ("default", "clock") or (origin == "note" and field == "date_of_service"):
            words = case.policy.table("origin_words")[origin]
            yield Hit(ids[field], fill={"field": field.replace("_", " "), "value": value, "origin": words})
