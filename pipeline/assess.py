"""The answer for one encounter: what each event is, what goes on the claim, and what to ask first."""

from __future__ import annotations

from collections.abc import Iterable

from deltoid.pipeline.lines import build
from deltoid.pipeline.rulebook import Case
from deltoid.pipeline.rules.context import context_findings
from deltoid.pipeline.rules.judge import judge
from deltoid.pipeline.types import Decision, Finding, Judgement, Outcome

_SUPPORTED = ("supported", "supported_with_gaps")


def assess(case: Case) -> Decision:
    """Decide one encounter.

    Parameters
    ----------
    case : Case
        The events and facts of the note, the context, and the policy of its payer and day.

    Returns
    -------
    Decision

    Examples
    --------
    >>> from datetime import date
    >>> from deltoid.pipeline.rulebook import load
    >>> from deltoid.pipeline.types import Context, EncounterFacts, Injection
    >>> policy = load("medicare", date(2026, 3, 2))
    >>> decision = assess(Case("", (Injection("e1", "declined"),), EncounterFacts(), Context(), policy))
    >>> decision.outcome, decision.lines
    ('not_supported', ())
    """
    judgements, redirects, judged = judge(case)
    claim = build(case, judgements, judged)
    findings = tuple(dict.fromkeys((*context_findings(case), *judged, *claim.findings)))
    return Decision(
        outcome=outcome(judgements),
        judgements=judgements,
        lines=claim.lines,
        held=claim.held,
        em=claim.em,
        redirects=redirects,
        missing=missing(findings),
        findings=findings,
        claim=claim.claim,
        policy=f"{case.policy.payer}@{case.policy.day.isoformat()} sha256:{case.policy.digest}",
    )


def outcome(judgements: Iterable[Judgement]) -> Outcome:
    """Return the outcome of an encounter: one supported event is enough, then one that asks.

    Examples
    --------
    >>> outcome([])
    'not_supported'
    """
    dispositions = {judgement.disposition for judgement in judgements}
    if dispositions & set(_SUPPORTED):
        return "supported"
    return "query" if "query" in dispositions else "not_supported"


def missing(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return every element that a finding asks or advises for, each once, in the order of the findings."""
    return tuple(dict.fromkeys(finding.element for finding in findings if finding.element))
