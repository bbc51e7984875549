"""What a rule gets to see, and how its answer is worded.

Logic is one small function per rule id, in `deltoid.pipeline.rules`; the policy it stands under comes from
`deltoid.pipeline.policies`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deltoid.pipeline.policies import Policy, Rule, known, load
from deltoid.pipeline.policyfile import PolicyError
from deltoid.pipeline.types import Context, EncounterFacts, Finding, Injection, Mention, Severity

__all__ = ["Case", "Hit", "Policy", "PolicyError", "Rule", "finding", "is_hard", "known", "load"]


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a rule may look at."""

    text: str
    events: tuple[Injection, ...]
    facts: EncounterFacts
    context: Context
    policy: Policy


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule function's answer: it fired, for these events, on these words.

    `fill` are the values for the placeholders in the rule's message and query; `code` is where a redirect
    leads. `hard`, `severity` and `element` speak only where they differ from what the policy says of it.
    `table` names the imported table that decided: it is cited, and settles what the policy calls uncertain.
    """

    rule: str
    events: tuple[str, ...] = ()
    evidence: tuple[Mention, ...] = ()
    fill: Mapping[str, str] | None = None
    code: str | None = None
    hard: bool | None = None
    element: str | None = None
    severity: Severity | None = None
    table: str | None = None


class _Fill(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"the {key}"


def finding(hit: Hit, policy: Policy) -> Finding:
    """Word a hit as the policy words its rule.

    Parameters
    ----------
    hit : Hit
    policy : Policy
        Must hold the rule of `hit`.

    Returns
    -------
    Finding

    Examples
    --------
    >>> from datetime import date
    >>> policy = load("commercial", date(2026, 3, 2))
    >>> finding(Hit("G-08", ("e1",), fill={"drug": "Rocephin"}), policy).element
    'route'
    """
    rule = policy.rules[hit.rule]
    words = _Fill(hit.fill or {})
    message = rule.message.format_map(words)
    if rule.uncertain and not hit.table:
        message = f"{message} Uncertain: {rule.uncertain}"
    return Finding(
        rule=rule.id,
        severity=hit.severity or rule.severity,
        message=message,
        source=f"{rule.source}; {hit.table}" if hit.table else rule.source,
        effective=(rule.starts, rule.ends),
        hard=is_hard(hit, policy),
        element=hit.element or rule.element or None,
        query=rule.query.format_map(words) if rule.query else None,
        events=hit.events,
        evidence=hit.evidence,
    )


def is_hard(hit: Hit, policy: Policy) -> bool:
    """Whether a hit holds the line until it is answered; in a strict audit every query does."""
    rule = policy.rules[hit.rule]
    if (hit.severity or rule.severity) != "query":
        return False
    hard = rule.hard if hit.hard is None else hit.hard
    return hard or policy.flag("strict_audit")
