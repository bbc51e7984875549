"""Why a draft line has nothing behind it, or should carry another code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deltoid.pipeline.lines.denials import carc
from deltoid.pipeline.lines.drug_lines import FREE
from deltoid.pipeline.lines.edits import edits
from deltoid.pipeline.lines.families import family
from deltoid.pipeline.lines.kinds import ended, is_drug
from deltoid.pipeline.lines.sheet import SHOT, Sheet
from deltoid.pipeline.rulebook import Policy
from deltoid.pipeline.types import ClaimLine, Finding

_NOTHING_GIVEN = "G-01a"


def cause(
    sheet: Sheet,
    code: str,
    lines: Iterable[ClaimLine],
    held: Iterable[ClaimLine],
    findings: Sequence[Finding],
) -> str | None:
    """Return the rule against a draft line that nothing in the note supports.

    Parameters
    ----------
    sheet : Sheet
    code : str
        The draft line's code.
    lines : iterable of ClaimLine
        What the note does support.
    held : iterable of ClaimLine
        What waits for an answer.
    findings : sequence of Finding
        Of judging.

    Returns
    -------
    str or None
        The first rule that blocks the event of this line, which may not be sent, else one that holds it:
        where several do, one that a denial is known for. Where the chart has no injection at all, the rule
        on what was never given.
    """
    beside = (*(line.code for line in lines), *sheet.case.context.same_day_procedures)
    if code == SHOT and edits(sheet.case.policy, beside).refused:
        return "M-09"
    if code == SHOT and any((kin := family(line.code)) and kin.pair for line in lines):
        return "M-25"
    if _supplied(sheet, code):
        return "H-12"
    sent = {event.id for event in sheet.sent}
    against = [f for f in findings if not sent & set(f.events) and f.severity != "advise"]
    waiting = {event for line in held if line.code == code for event in line.events}
    against = [f for f in against if waiting & set(f.events)] or against
    blocking = [f.rule for f in against if f.severity == "block"]
    rules = blocking or [f.rule for f in against if f.hard] or [_NOTHING_GIVEN]
    return next((rule for rule in rules if carc(sheet.case.policy, rule)), rules[0])


def _supplied(sheet: Sheet, code: str) -> bool:
    """Return whether a code is that of a drug which was given and which the practice did not buy."""
    words, day = sheet.case.policy.official.words, sheet.case.policy.day
    names = [e.drug.name for e in sheet.sent if e.drug and e.drug_source and e.drug_source.norm in FREE]
    return any(row.code == code for name in names for row in words.codes_on(name or "", day))


def code_rule(policy: Policy, wrong: str, instead: ClaimLine, findings: Sequence[Finding]) -> str:
    """Return the rule by which another code belongs on a draft line."""
    if ended(policy, wrong):
        return "H-09"
    if not is_drug(policy, wrong):
        kin = family(instead.code) if instead.code != SHOT else family(wrong)
        redirecting = [
            f.rule for f in findings if f.rule.startswith("R-") and set(f.events) & set(instead.events)
        ]
        return redirecting[0] if redirecting else kin.rule if kin and kin.rule else "M-09"
    return "H-17" if _in_force(policy, wrong) else "H-09"


def _in_force(policy: Policy, code: str) -> bool:
    words = policy.official.words
    return any(row.code == code for name in words.substances() for row in words.codes_on(name, policy.day))
