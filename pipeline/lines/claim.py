"""A draft claim line by line: what the note supports, what it does not, and what the draft forgot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from deltoid.pipeline.lines.comparing import Verdict, compare, refused
from deltoid.pipeline.lines.denials import carc
from deltoid.pipeline.lines.kinds import ADD_ON, ended, is_administration, is_drug, is_visit
from deltoid.pipeline.lines.packages import fault, packages_table
from deltoid.pipeline.lines.pairing import Numbered, Pairs, pair, total
from deltoid.pipeline.lines.settings import fee, most
from deltoid.pipeline.lines.sheet import SHOT, Sheet
from deltoid.pipeline.lines.sides import contrary
from deltoid.pipeline.lines.unsupported import cause, code_rule
from deltoid.pipeline.lines.visit import Visited
from deltoid.pipeline.rulebook import Hit, Policy
from deltoid.pipeline.types import ClaimCheck, ClaimLine, DraftLine, Finding

_ABOUT_THE_DRAFT = frozenset({
    "H-09", "H-14", "H-15", "H-16", "H-17", "H-20", "M-01", "M-09", "M-14", "M-15", "M-16", "M-21", "M-24",
    "M-25", "U-09", "U-11",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    """What the claim should hold: lines to send, lines that wait, the visit, and rules on counting."""

    lines: tuple[ClaimLine, ...]
    held: tuple[ClaimLine, ...]
    visited: Visited
    counted: frozenset[str] = frozenset()


def check(
    sheet: Sheet, expected: Expected, findings: Sequence[Finding]
) -> tuple[tuple[ClaimCheck, ...] | None, tuple[Hit, ...]]:
    """Compare a draft claim with what the note supports.

    Parameters
    ----------
    sheet : Sheet
    expected : Expected
    findings : sequence of Finding
        Of judging; they name the rule against a line that the note does not support.

    Returns
    -------
    tuple
        One entry for each draft line in order, then one with number 0 for each line that it lacks (None
        without a draft), and the rules that speak on the draft alone.
    """
    if sheet.case.context.claim_lines is None:
        return None, ()
    drafts = tuple(enumerate((_tidy(line) for line in sheet.case.context.claim_lines), start=1))
    fired = {finding.rule for finding in findings}
    found = [*_visit_lines(sheet, expected, drafts), *_other_lines(sheet, expected, drafts, findings)]
    found = list(_diagnoses(sheet.case.policy, found, drafts))
    found.sort(key=lambda entry: (entry.line == 0, entry.line))
    priced = tuple(_priced(sheet.case.policy, entry, dict(drafts)) for entry in found)
    return priced, tuple(_hits(sheet.case.policy, priced, dict(drafts), fired))


def _tidy(line: DraftLine) -> DraftLine:
    return replace(
        line, code=line.code.strip().upper(), modifiers=tuple(m.strip().upper() for m in line.modifiers)
    )


def _visit_lines(sheet: Sheet, expected: Expected, drafts: Iterable[Numbered]) -> Iterator[ClaimCheck]:
    policy, visited = sheet.case.policy, expected.visited
    rules = [hit.rule for hit in visited.hits if hit.rule in policy.rules]
    line = ClaimLine(visited.em.code, 1, visited.em.modifiers) if visited.em else None
    for number, draft in drafts:
        if draft.code == ADD_ON:
            yield (
                ClaimCheck(number, "unsupported", rule="M-08")
                if "M-08" in rules
                else ClaimCheck(number, "agree")
            )
        elif not is_visit(policy, draft.code):
            continue
        elif line is None:
            if ended(policy, draft.code):
                rules = ["H-09"]
            yield ClaimCheck(number, "unsupported", rule=next(iter(rules), None))
        else:
            yield _visit_check(policy, number, draft, line)


def _visit_check(policy: Policy, number: int, draft: DraftLine, line: ClaimLine) -> ClaimCheck:
    if draft.code != line.code:
        return ClaimCheck(number, "code", line, rule="H-09" if ended(policy, draft.code) else None)
    if ("25" in draft.modifiers) != ("25" in line.modifiers):
        return ClaimCheck(number, "modifier", line, Decimal(0), rule="M-02")
    return ClaimCheck(number, "agree", line, Decimal(0))


def _other_lines(
    sheet: Sheet, expected: Expected, drafts: Sequence[Numbered], findings: Sequence[Finding]
) -> Iterator[ClaimCheck]:
    policy = sheet.case.policy
    rest = [d for d in drafts if not is_visit(policy, d[1].code) and d[1].code != ADD_ON]
    alone: list[Numbered] = []
    lacking: list[ClaimLine] = [x for x in expected.lines if x.code not in {draft.code for _, draft in rest}]
    fired = expected.counted | {finding.rule for finding in findings}
    for code in dict.fromkeys(draft.code for _, draft in rest):
        own = [d for d in rest if d[1].code == code]
        lines = [line for line in expected.lines if line.code == code]
        if lines:
            pairs = pair(own, lines)
            yield from _paired(sheet, own, lines, pairs, fired)
            lacking.extend([] if total(own, lines) else pairs.lacking)
        else:
            alone.extend(own)
    yield from _unpaired(sheet, alone, lacking, expected, findings)


def _paired(
    sheet: Sheet, own: Sequence[Numbered], lines: Sequence[ClaimLine], pairs: Pairs, fired: frozenset[str]
) -> Iterator[ClaimCheck]:
    if total(own, lines) and len(own) != len(lines):
        yield from _other_format(own, lines)
        return
    for (number, draft), line in pairs.together:
        verdict = compare(sheet.case.policy, draft, line, fired)
        if verdict.status == "agree" and contrary(sheet.case, draft, line):
            verdict = Verdict("modifier", "M-16")
        yield ClaimCheck(number, verdict.status, line, Decimal(line.units) - draft.units, rule=verdict.rule)
    for number, draft in pairs.alone:
        yield ClaimCheck(number, "unsupported", None, -draft.units, rule="U-11")


def _other_format(own: Sequence[Numbered], lines: Sequence[ClaimLine]) -> Iterator[ClaimCheck]:
    """Yield the verdict on the same units told in another number of lines than the payer's format has."""
    seen: set[tuple[str, ...]] = set()
    for place, (number, draft) in enumerate(own):
        line = lines[min(place, len(lines) - 1)]
        rule = refused(draft) or (
            "U-11" if draft.modifiers in seen else "U-10" if len(own) < len(lines) else None
        )
        seen.add(draft.modifiers)
        yield ClaimCheck(number, "modifier" if rule else "agree", line, Decimal(0), rule=rule)


def _unpaired(
    sheet: Sheet,
    alone: Iterable[Numbered],
    lacking: list[ClaimLine],
    expected: Expected,
    findings: Sequence[Finding],
) -> Iterator[ClaimCheck]:
    policy = sheet.case.policy
    for number, draft in alone:
        if not _ours(sheet, draft.code):
            yield ClaimCheck(number, "agree")
            continue
        instead = next((line for line in lacking if _replaces(policy, line.code, draft.code)), None)
        if instead is None:
            rule = cause(sheet, draft.code, expected.lines, expected.held, findings)
            yield ClaimCheck(number, "unsupported", None, -draft.units, rule=rule)
        else:
            lacking.remove(instead)
            rule = code_rule(policy, draft.code, instead, findings)
            yield ClaimCheck(number, "code", instead, Decimal(instead.units) - draft.units, rule=rule)
    for line in lacking:
        yield ClaimCheck(
            0, "missing", line, Decimal(line.units), rule="M-21" if "JW" in line.modifiers else "H-16"
        )


def _ours(sheet: Sheet, code: str) -> bool:
    """Return whether the note has to bear a code out: of giving or a drug, and nobody vouches for it."""
    known = code != SHOT and code in sheet.case.context.same_day_procedures
    return not known and (_giving(sheet.case.policy, code) or is_drug(sheet.case.policy, code))


def _giving(policy: Policy, code: str) -> bool:
    return is_administration(code) or ended(policy, code)


def _replaces(policy: Policy, right: str, wrong: str) -> bool:
    return is_drug(policy, right) == is_drug(policy, wrong) and is_administration(right) == _giving(
        policy, wrong
    )


def _diagnoses(
    policy: Policy, found: Iterable[ClaimCheck], drafts: Sequence[Numbered]
) -> Iterator[ClaimCheck]:
    """Mark a drug line that points to another reason than its injection."""
    by_number = dict(drafts)
    shots = {d for _, draft in drafts if draft.code == SHOT for d in draft.diagnoses}
    for entry in found:
        draft = by_number.get(entry.line)
        drug = draft is not None and is_drug(policy, draft.code) and entry.status == "agree"
        if draft is not None and drug and shots and not shots & set(draft.diagnoses):
            yield replace(entry, status="code", rule="H-16")
        else:
            yield entry


def _priced(policy: Policy, entry: ClaimCheck, drafts: dict[int, DraftLine]) -> ClaimCheck:
    draft = drafts.get(entry.line)
    owed = (
        _worth(policy, entry.expected.code, Decimal(entry.expected.units)) if entry.expected else Decimal(0)
    )
    asked = _worth(policy, draft.code, draft.units) if draft else Decimal(0)
    known = owed is not None and asked is not None and entry.status != "agree"
    delta = owed - asked if known and owed is not None and asked is not None else None
    return replace(entry, money_delta=delta, carc=carc(policy, entry.rule))


def _worth(policy: Policy, code: str, units: Decimal) -> Decimal | None:
    one = fee(policy, code)
    return None if one is None else one * units


def _hits(
    policy: Policy, found: Iterable[ClaimCheck], drafts: dict[int, DraftLine], fired: set[str]
) -> Iterator[Hit]:
    for entry in found:
        if entry.rule in _ABOUT_THE_DRAFT and entry.rule not in fired and entry.status != "agree":
            draft = drafts.get(entry.line)
            line = entry.expected
            code = draft.code if draft else line.code if line else ""
            words = {
                "line": str(entry.line),
                "code": code,
                "modifier": ", ".join(draft.modifiers) if draft else "",
            }
            words |= _table_words(policy, draft) if draft else {}
            ids = line.events if line else ()
            yield Hit(entry.rule, ids, fill=words, table=_table(policy, entry.rule, code))


def _table(policy: Policy, rule: str | None, code: str) -> str | None:
    """Return the imported table that a rule on a draft line went by."""
    if rule == "H-14":
        return packages_table(policy)
    allowed = most(policy, code) if rule in ("U-09", "H-20") else None
    return allowed.table if allowed else None


def _table_words(policy: Policy, draft: DraftLine) -> dict[str, str]:
    """Return what the tables say of a draft line, for the messages about units and package codes."""
    words = {"drug": draft.code, "drug_code": draft.code, "units": f"{draft.units:f}"}
    allowed = most(policy, draft.code)
    if allowed:
        words |= {"most": str(allowed.units), "kind": allowed.kind}
    return words | {"reading": fault(policy, draft) or "can go out"}
