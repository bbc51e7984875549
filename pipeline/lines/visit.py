"""The visit beside the injection: whether it may go out, and with modifier 25 or without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from deltoid.pipeline.lines.families import family
from deltoid.pipeline.lines.kinds import ADD_ON, ended, is_visit, within
from deltoid.pipeline.lines.settings import choice
from deltoid.pipeline.lines.sheet import SHOT, Sheet
from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.types import Visit

NURSE = "99211"
_PAID = ("both_with_25", "em_only", "injection_only")
_STRICT = frozenset({"iv", "chemotherapy"})
_SPARED = frozenset({"vaccine", "vaccine_medicare", "vaccine_counselled", "covid_vaccine", "prep"})


@dataclass(frozen=True, slots=True)
class Visited:
    """The visit as it should go out, None where there is none, with the rules that say so."""

    em: Visit | None
    hits: tuple[Hit, ...] = ()


def visit(sheet: Sheet, sent: Sequence[str], held: Sequence[str]) -> Visited:
    """Return the visit as it should go out beside the lines of this claim.

    Parameters
    ----------
    sheet : Sheet
        The case with its judgements.
    sent : sequence of str
        Codes of the administrations and procedures that go out with it.
    held : sequence of str
        Codes of those that wait for an answer.

    Returns
    -------
    Visited
    """
    code = visit_code(sheet.case)
    if code is None:
        alone = SHOT in sent and sheet.case.facts.find("visit", "none")
        return Visited(None, (Hit("M-05", evidence=tuple(alone)),) if alone else ())
    refused = _refused(sheet.case, code, (*sent, *held))
    if refused:
        return Visited(None, (refused,))
    beside = [other for other in sent if other == SHOT or ((kin := family(other)) and kin.visit)]
    modifiers = ("25",) if beside else ()
    return Visited(Visit(code, modifiers), tuple(_hits(sheet, code, beside)))


def visit_code(case: Case) -> str | None:
    """Return the visit's code, from the context or else from the draft lines."""
    if case.context.em_code:
        return case.context.em_code.split("-")[0].strip()
    drafts = (line.code for line in case.context.claim_lines or ())
    return next((c for c in drafts if is_visit(case.policy, c) and not ended(case.policy, c)), None)


def _refused(case: Case, code: str, beside: Sequence[str]) -> Hit | None:
    drug_given = [c for c in beside if c == SHOT or ((kin := family(c)) and kin.family in _STRICT)]
    if code == NURSE and drug_given and not case.policy.flag("allow_99211_with_injection"):
        return Hit("M-04", fill={"code": drug_given[0]})
    nothing = case.facts.find("visit", "none")
    if nothing and beside and not case.facts.find("visit", "documented"):
        return Hit("M-03", evidence=nothing, fill={"visit": code})
    if choice(case.policy, "em_with_injection", _PAID) == "injection_only" and SHOT in beside:
        return Hit("M-29", fill={"kept": SHOT, "dropped": code})
    return None


def _hits(sheet: Sheet, code: str, beside: Sequence[str]) -> Iterator[Hit]:
    case = sheet.case
    if beside:
        rule = "M-06" if case.context.claim == "facility" else "M-02"
        evidence = case.facts.find("visit", "documented")
        yield Hit(rule, evidence=evidence, fill={"visit": code, "codes": ", ".join(dict.fromkeys(beside))})
        if SHOT in beside and within(code, case.policy.words("preventive_codes")):
            yield Hit("M-28", fill={"visit": code})
        if ADD_ON in _all_codes(case) and not _spared(case, beside):
            yield Hit("M-08", fill={"visit": code})
    if case.context.global_period:
        yield Hit("M-17", fill={"visit": code})


def _all_codes(case: Case) -> tuple[str, ...]:
    return (*case.context.same_day_procedures, *(line.code for line in case.context.claim_lines or ()))


def _spared(case: Case, beside: Iterable[str]) -> bool:
    # from 2025 on the add-on is paid where 25 is there for vaccines and preventive services alone
    kinds = {kin.family if (kin := family(code)) else "" for code in beside}
    return case.policy.flag("g2211_with_preventive") and kinds <= _SPARED
