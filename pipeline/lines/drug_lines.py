"""The lines of the drugs themselves: code of the day, units from the dose, waste, supply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from deltoid.pipeline.arithmetic.amounts import given
from deltoid.pipeline.arithmetic.billing import units
from deltoid.pipeline.dated_codes import DrugCode
from deltoid.pipeline.lines.coding import coded
from deltoid.pipeline.lines.containers import opened
from deltoid.pipeline.lines.drug_modifiers import modifiers
from deltoid.pipeline.lines.part import Part, spoken
from deltoid.pipeline.lines.settings import most
from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.see import hit
from deltoid.pipeline.types import ClaimLine, Injection

FREE = frozenset({"patient", "pharmacy", "sample", "state"})
_WHOLE = "dose"


@dataclass(frozen=True, slots=True)
class Supply:
    """An event with its drug code, the amount in the code's unit, and the modifiers of its line."""

    event: Injection
    code: DrugCode
    amount: Decimal | None
    modifiers: tuple[str, ...]
    sure: bool

    @property
    def ready(self) -> bool:
        """Whether the units can be reckoned."""
        return self.sure and self.amount is not None


@dataclass(frozen=True, slots=True)
class DrugLines:
    """Drug lines that may go out, those that wait (0 units: not known), and the rules that spoke."""

    sent: tuple[ClaimLine, ...]
    held: tuple[ClaimLine, ...]
    hits: tuple[Hit, ...]


def drug_lines(case: Case, events: Sequence[Injection]) -> DrugLines:
    """Return the drug lines of some events of one claim.

    Parameters
    ----------
    case : Case
    events : sequence of Injection
        Doses of one code and the same modifiers are added up before they are rounded.

    Returns
    -------
    DrugLines
    """
    supplies: list[Supply] = []
    hits: list[Hit] = []
    for event in events:
        found, told = _supply(case, event)
        supplies.extend(found)
        hits.extend(told)
    groups: dict[tuple[str, tuple[str, ...]], list[Supply]] = {}
    for supply in (s for s in supplies if s.ready):
        groups.setdefault((supply.code.code, supply.modifiers), []).append(supply)
    parts = [_line(case, group) for group in groups.values()]
    waiting = tuple(ClaimLine(s.code.code, 0, s.modifiers, (s.event.id,)) for s in supplies if not s.ready)
    sent = tuple(line for part in parts for line in part.lines)
    return DrugLines(sent, waiting, (*hits, *(h for part in parts for h in part.hits)))


def _supply(case: Case, event: Injection) -> tuple[list[Supply], list[Hit]]:
    free = event.drug_source is not None and event.drug_source.norm in FREE
    found = coded(case, event)
    if found.code is None:
        return [], list(found.hits)
    own, told = modifiers(case, event, found.code.code)
    hits = [*found.hits, *told]
    if free and not own:
        hits.append(hit(case, event, "H-12", event.drug_source, drug_code=found.code.code))
        if case.policy.text("free_drug_line") == "omit":
            return [], hits
    amount = Decimal(1) if found.code.unit == _WHOLE else given(event, found.code.unit)
    if amount is not None and not amount > 0:
        amount = None
    if amount is None and (event.dose or event.volume):
        hits.append(hit(case, event, "H-08", unit=found.code.unit))
    return [Supply(event, found.code, amount, own, found.sure)], hits


def _line(case: Case, group: Sequence[Supply]) -> Part:
    code, own = group[0].code, group[0].modifiers
    events = tuple(supply.event for supply in group)
    ids = tuple(event.id for event in events)
    billed = units((supply.amount or Decimal(0) for supply in group), code.unit_value)
    left = opened(case, [(supply.event, supply.amount or Decimal(0)) for supply in group], code)
    lines = [ClaimLine(code.code, billed, own, ids)]
    if left.drawn is not None and left.drawn.discarded:
        lines.append(ClaimLine(code.code, left.drawn.discarded, (*own, "JW"), ids))
    elif left.drawn is not None:
        lines = [ClaimLine(code.code, billed, (*own, "JZ"), ids)]
    return Part(tuple(lines), (*left.hits, *_hits(case, group, billed)))


def _hits(case: Case, group: Sequence[Supply], billed: int) -> Iterator[Hit]:
    first, code = group[0].event, group[0].code
    total = sum((supply.amount or Decimal(0) for supply in group), Decimal(0))
    words = {
        "drug_code": code.code,
        "units": str(billed),
        "amount": f"{total.normalize():f} {code.unit}",
        "size": f"{code.unit_value.normalize():f} {code.unit}",
    }
    if len(group) > 1:
        yield spoken(case, first, "H-03", words)
    if code.up_to:
        yield spoken(case, first, "H-02", words)
    elif total % code.unit_value:
        yield spoken(case, first, "H-01", words)
    allowed = most(case.policy, code.code)
    if allowed and billed > allowed.units:
        over = spoken(case, first, "H-20", {**words, "most": str(allowed.units), "kind": allowed.kind})
        yield replace(over, severity=allowed.severity, table=allowed.table)
