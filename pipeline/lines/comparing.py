"""One draft line beside the line that the note supports: what is wrong first, and by which rule."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from deltoid.pipeline.lines.kinds import is_drug
from deltoid.pipeline.lines.packages import fault
from deltoid.pipeline.lines.settings import most
from deltoid.pipeline.lines.sheet import SHOT
from deltoid.pipeline.lines.shots import DISTINCT
from deltoid.pipeline.rulebook import Policy
from deltoid.pipeline.types import ClaimLine, DraftLine, LineStatus

_REFUSED = {"25": "M-01", "91": "M-14"} | dict.fromkeys(("26", "TC", "50", "51", "95", "GT"), "M-15")
_ON_SHOT = {"JW": "M-21", "JZ": "M-21", "52": "M-24", "53": "M-24"}
_OWNERS = {
    "distinct": "M-09", "76": "M-12", "77": "M-13", "JW": "M-21", "JZ": "M-21", "JA": "M-20", "JB": "M-20",
    "EA": "M-22", "EB": "M-22", "EC": "M-22", "KX": "M-19", "SL": "M-23", "GA": "M-18", "GY": "M-18",
}  # fmt: skip
_JUDGED = frozenset({"distinct", "76", "77"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison came to, with the rule that says so."""

    status: LineStatus
    rule: str | None = None


def compare(policy: Policy, draft: DraftLine, line: ClaimLine, fired: Set[str] = frozenset()) -> Verdict:
    """Return how a draft line stands to the line that the note supports.

    Parameters
    ----------
    policy : Policy
    draft : DraftLine
    line : ClaimLine
        Of the same code.
    fired : set of str
        Rules on units that spoke for this encounter; they name the cause where units differ.

    Returns
    -------
    Verdict
        Units before modifiers before the package code.
    """
    if draft.units != line.units:
        return Verdict("units", _units_rule(policy, draft, fired))
    rule = refused(draft) or _modifier_rule(policy, draft, line)
    if rule:
        return Verdict("modifier", rule)
    if is_drug(policy, draft.code):
        return _package(policy, draft)
    return Verdict("agree")


def refused(draft: DraftLine) -> str | None:
    """Return the rule against a modifier that this code never takes."""
    known = _REFUSED | _ON_SHOT if draft.code == SHOT else {"25": "M-01", "91": "M-14"}
    return next((known[m] for m in draft.modifiers if m in known), None)


def _units_rule(policy: Policy, draft: DraftLine, fired: Set[str]) -> str:
    allowed = most(policy, draft.code)
    over = allowed is not None and draft.units > allowed.units
    if draft.code == SHOT:
        return "U-09" if over else next((r for r in ("U-04", "U-06", "U-03") if r in fired), "U-01")
    return "H-20" if over else "H-01"


def same_kind(modifiers: tuple[str, ...]) -> frozenset[str]:
    """Return modifiers with 59 and its subsets as one: a payer who takes one takes the other."""
    return frozenset("distinct" if modifier in DISTINCT else modifier for modifier in modifiers)


def _modifier_rule(policy: Policy, draft: DraftLine, line: ClaimLine) -> str | None:
    wrote, wanted = same_kind(draft.modifiers), same_kind(line.modifiers)
    lacking = [modifier for modifier in _OWNERS if modifier in wanted - wrote]
    spare = [modifier for modifier in _OWNERS if modifier in wrote - wanted and _out_of_place(modifier, line)]
    rules = [_OWNERS[modifier] for modifier in (*lacking, *spare)]
    return next((rule for rule in rules if rule in policy.rules), None)


def _out_of_place(modifier: str, line: ClaimLine) -> bool:
    # what a record is silent about may be told otherwise; a distinct or repeated service may not
    if modifier in ("JW", "JZ"):
        return any(m in ("JW", "JZ") for m in line.modifiers)
    return modifier in _JUDGED


def _package(policy: Policy, draft: DraftLine) -> Verdict:
    if fault(policy, draft):
        return Verdict("code", "H-14")
    if draft.ndc is None and policy.flag("ndc_required"):
        return Verdict("code", "H-15")
    return Verdict("agree")
