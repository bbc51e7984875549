"""From rules that fired to four answers, one disposition and one code for every event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deltoid.pipeline.rulebook import Case, Hit, Rule, finding, is_hard
from deltoid.pipeline.rules.purpose import purpose
from deltoid.pipeline.rules.registry import of_stage
from deltoid.pipeline.types import Answers, Disposition, Finding, Injection, Judgement, Redirect

PRIORITY: tuple[Disposition, ...] = (
    "not_supported", "redirect", "other_entity", "query", "coverage_excluded", "supported_with_gaps",
    "supported",
)  # fmt: skip
AXES = ("coding", "entity", "coverage", "documentation")
_CODE = "96372"
_FAMILY = ("substance", "part", "technique")
_FACTS = ("gate", "entity", "coverage", "documentation")


@dataclass(frozen=True, slots=True)
class Judged:
    """One event with everything that fired for it."""

    judgement: Judgement
    hits: tuple[Hit, ...]


def judge(case: Case) -> tuple[tuple[Judgement, ...], tuple[Redirect, ...], tuple[Finding, ...]]:
    """Judge every event of an encounter.

    Parameters
    ----------
    case : Case

    Returns
    -------
    judgements : tuple of Judgement
        One for each event, in order.
    redirects : tuple of Redirect
        The other codes that events lead to, those of one code and rule together.
    findings : tuple of Finding
        Every rule that fired, in the order it was asked.

    Examples
    --------
    >>> from datetime import date
    >>> from deltoid.pipeline.rulebook import load
    >>> from deltoid.pipeline.types import Context, EncounterFacts
    >>> policy = load("commercial", date(2026, 3, 2))
    >>> case = Case("", (Injection("e1", "declined"),), EncounterFacts(), Context(), policy)
    >>> judge(case)[0][0].disposition
    'not_supported'
    """
    judged = [_event(case, event) for event in case.events]
    hits = [h for one in judged for h in one.hits]
    findings = tuple(finding(h, case.policy) for h in hits)
    return tuple(one.judgement for one in judged), _redirects(hits), findings


def _event(case: Case, event: Injection) -> Judged:
    hits = _asked(case, event)
    answers = Answers(*(_answer(case, hits, axis) for axis in AXES))
    disposition = min((getattr(answers, axis) for axis in AXES), key=PRIORITY.index)
    codes = [h.code for h in hits if h.code and outcome(case, h) == "redirect"]
    code = codes[0] if codes else None if disposition == "not_supported" or not _muscle(answers) else _CODE
    return Judged(Judgement(event.id, answers, disposition, code, purpose(case, event, hits)), tuple(hits))


def _muscle(answers: Answers) -> bool:
    return answers.coding in ("supported", "supported_with_gaps")


def _asked(case: Case, event: Injection) -> list[Hit]:
    """Ask the rules in order; what is not ours to bill, or is another family's, is not asked the rest."""
    hits = _ask(case, event, "status")
    if _settled(case, hits, "not_supported", "other_entity"):
        return hits
    for stage in _FAMILY:
        hits += _ask(case, event, stage, first=True)
        if _settled(case, hits, "not_supported"):
            return hits
        if _settled(case, hits, "redirect"):
            return hits + [h for h in _ask(case, event, "entity") if outcome(case, h) == "other_entity"]
    for stage in _FACTS:
        hits += _ask(case, event, stage)
        if _settled(case, hits, "not_supported", "other_entity"):
            return hits
    return hits


def _ask(case: Case, event: Injection, stage: str, *, first: bool = False) -> list[Hit]:
    """Ask the rules of one stage; with `first` only until one decides the family."""
    hits: list[Hit] = []
    for entry in of_stage(stage):
        if entry.id in case.policy.rules:
            hits += [h for h in _hits(entry.ask(case, event)) if h.rule in case.policy.rules]
            if first and _settled(case, hits, "not_supported", "redirect"):
                return hits
    return hits


def _hits(answer: Hit | tuple[Hit, ...] | None) -> Sequence[Hit]:
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, Hit) else answer


def _settled(case: Case, hits: Iterable[Hit], *outcomes: str) -> bool:
    return any(outcome(case, h) in outcomes for h in hits)


def outcome(case: Case, hit: Hit) -> str:
    """Return what a hit does to its axis.

    A redirect that leads to no code blocks what something else includes, or only advises; a soft query
    leaves a gap.
    """
    rule: Rule = case.policy.rules[hit.rule]
    if rule.outcome == "redirect" and hit.code is None:
        return "not_supported" if rule.severity == "block" else "pass"
    if rule.outcome == "query" and not is_hard(hit, case.policy):
        return "supported_with_gaps"
    return rule.outcome


def _answer(case: Case, hits: Iterable[Hit], axis: str) -> Disposition:
    found = {outcome(case, h) for h in hits if case.policy.rules[h.rule].axis == axis}
    return next((word for word in PRIORITY if word in found), "supported")


def _redirects(hits: Iterable[Hit]) -> tuple[Redirect, ...]:
    found: dict[tuple[str, str], list[str]] = {}
    for h in hits:
        if h.code:
            found.setdefault((h.code, h.rule), []).extend(h.events)
    return tuple(Redirect(code, tuple(dict.fromkeys(events)), rule) for (code, rule), events in found.items())
