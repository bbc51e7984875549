"""Why a draft line has nothing behind it, or should carry another code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deltoid.pipeline.lines.edits import edits
from deltoid.pipeline.lines.families import family
from deltoid.pipeline.lines.kinds import is_drug
from deltoid.pipeline.lines.sheet import SHOT, Sheet
from deltoid.pipeline.rulebook import Policy
from deltoid.pipeline.types import ClaimLine, Finding

_NOTHING_GIVEN = "G-01a"


def cause(sheet: Sheet, code: str, lines: Iterable[ClaimLine], findings: Sequence[Finding]) -> str | None:
    """Return the rule against a draft line that nothing in the note supports.

    Parameters
    ----------
    sheet : Sheet
    code : str
        The draft line's code.
    lines : iterable of ClaimLine
        What the note does support.
    findings : sequence of Finding
        Of judging.

    Returns
    -------
    str or None
        The first rule that blocks an event which may not be sent, else one that holds it; where the chart has
        no injection at all, the rule on what was never given.
    """
    beside = (*(line.code for line in lines), *sheet.case.context.same_day_procedures)
    if code == SHOT and edits(sheet.case.policy, beside).refused:
        return "M-09"
    if code == SHOT and any((kin := family(line.code)) and kin.pair for line in lines):
        return "M-25"
    sent = {event.id for event in sheet.sent}
    against = [f for f in findings if not sent & set(f.events) and f.severity != "advise"]
    blocking = [f.rule for f in against if f.severity == "block"] + [f.rule for f in against if f.hard]
    return blocking[0] if blocking else _NOTHING_GIVEN


def code_rule(policy: Policy, wrong: str, instead: ClaimLine, findings: Sequence[Finding]) -> str:
    """Return the rule by which another code belongs on a draft line."""
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
