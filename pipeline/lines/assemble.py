"""Everything that goes on the claim: lines, held lines, the visit, the check of a draft, and the findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from deltoid.pipeline.lines.claim import Expected, check
from deltoid.pipeline.lines.containers import never_given
from deltoid.pipeline.lines.drug_lines import drug_lines
from deltoid.pipeline.lines.drug_modifiers import notice
from deltoid.pipeline.lines.other_lines import beside, other_lines
from deltoid.pipeline.lines.packages import ndc_hits
from deltoid.pipeline.lines.part import Part, spoken
from deltoid.pipeline.lines.settings import whole
from deltoid.pipeline.lines.sheet import SHOT, Sheet
from deltoid.pipeline.lines.shots import shots
from deltoid.pipeline.lines.syringes import doses
from deltoid.pipeline.lines.visit import Visited, visit
from deltoid.pipeline.rulebook import Case, Hit, finding
from deltoid.pipeline.types import ClaimCheck, ClaimLine, Finding, Injection, Judgement, Visit


@dataclass(frozen=True, slots=True)
class LineResult:
    """What may be sent now, what waits, the visit, the rules that spoke, and the check of a draft."""

    lines: tuple[ClaimLine, ...]
    held: tuple[ClaimLine, ...]
    em: Visit | None
    findings: tuple[Finding, ...]
    claim: tuple[ClaimCheck, ...] | None


def build(case: Case, judgements: Sequence[Judgement], findings: Sequence[Finding] = ()) -> LineResult:
    """Return what goes on the claim.

    Parameters
    ----------
    case : Case
        The encounter under its policy.
    judgements : sequence of Judgement
        What the rules say of each event.
    findings : sequence of Finding, optional
        What fired while judging; it names the rule beside a draft line that the note does not support.

    Returns
    -------
    LineResult
        With the findings of the rules on units, modifiers and drug lines only, not those handed in.

    Examples
    --------
    >>> from datetime import date
    >>> from deltoid.pipeline.rulebook import load
    >>> from deltoid.pipeline.types import Answers, Context, EncounterFacts
    >>> case = Case("", (Injection("e1", "administered"),), EncounterFacts(), Context(em_code="99213"),
    ...             load("commercial", date(2026, 3, 2)))
    >>> result = build(case, [Judgement("e1", Answers(), "supported", "96372")])
    >>> [line.code for line in result.lines], result.em
    (['96372'], Visit(code='99213', modifiers=('25',)))
    """
    sheet = Sheet(case, judgements)
    others = other_lines(sheet)
    near = beside(sheet, others)
    held = _held(sheet)
    given, visited = _visited(sheet, near, shots(sheet, near), held)
    drugs = drug_lines(case, sheet.sent)
    lines, signed = _signed(sheet, [*given.lines, *others, *drugs.sent])
    lines = [*lines, *_excluded_lines(sheet)]
    held = (*held, *drugs.held)
    told = frozenset(hit.rule for hit in given.hits)
    checked, checks = check(sheet, Expected(tuple(lines), held, visited, told), findings)
    hits = [*given.hits, *drugs.hits, *visited.hits, *signed, *_excluded_hits(sheet)]
    hits += [*never_given(case), *ndc_hits(case, sheet.sent), *_hospital(case, given.lines), *checks]
    return LineResult(tuple(lines), held, visited.em, _worded(case, hits), checked)


def _held(sheet: Sheet) -> tuple[ClaimLine, ...]:
    waiting = drug_lines(sheet.case, sheet.asked)
    by_code: dict[str, list[Injection]] = {}
    for event in sheet.asked:
        judgement = sheet.judgement(event)
        if judgement and judgement.code:
            by_code.setdefault(judgement.code, []).append(event)
    apart = whole(sheet.case.policy, "repeat_minutes")
    given = [
        ClaimLine(code, 1, (), dose.ids) for code, events in by_code.items() for dose in doses(events, apart)
    ]
    return (*given, *waiting.sent, *waiting.held)


def _visited(
    sheet: Sheet, beside: Sequence[str], given: Part, held: Sequence[ClaimLine]
) -> tuple[Part, Visited]:
    """Return the injection lines and the visit, of which some payers pay only one."""
    waiting = [line.code for line in held]
    visited = visit(sheet, [*beside, *(line.code for line in given.lines)], waiting)
    if visited.em is None or not given.lines or sheet.case.policy.text("em_with_injection") != "em_only":
        return given, visited
    told = Hit("M-29", given.lines[0].events, fill={"kept": visited.em.code, "dropped": SHOT})
    return Part((), (*given.hits, told)), visit(sheet, beside, waiting)


def _signed(sheet: Sheet, lines: Sequence[ClaimLine]) -> tuple[list[ClaimLine], tuple[Hit, ...]]:
    in_doubt = tuple(
        event for event in sheet.sent if (j := sheet.judgement(event)) and j.answers.coverage != "supported"
    )
    modifiers, hits = notice(sheet.case, in_doubt)
    ids = {event.id for event in in_doubt}
    return [
        replace(line, modifiers=(*line.modifiers, *modifiers)) if ids & set(line.events) else line
        for line in lines
    ], hits


def _excluded_lines(sheet: Sheet) -> Iterator[ClaimLine]:
    if not sheet.case.policy.flag("gy_lines"):
        return
    for event in sheet.excluded:
        yield ClaimLine(SHOT, 1, ("GY",), (event.id,))
    for line in drug_lines(sheet.case, sheet.excluded).sent:
        yield replace(line, modifiers=(*line.modifiers, "GY"))


def _excluded_hits(sheet: Sheet) -> Iterator[Hit]:
    for event in sheet.excluded:
        yield spoken(sheet.case, event, "H-13", {})
        yield spoken(sheet.case, event, "M-18", {"modifier": "GY"})


def _hospital(case: Case, lines: Sequence[ClaimLine]) -> Iterator[Hit]:
    if case.context.claim == "facility" and lines:
        yield Hit("M-07", lines[0].events)


def _worded(case: Case, hits: Iterable[Hit]) -> tuple[Finding, ...]:
    found = (finding(hit, case.policy) for hit in hits if hit.rule in case.policy.rules)
    return tuple(dict.fromkeys(found))
