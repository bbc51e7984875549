"""Opened containers: what was left of them, and whether the payer is to be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from deltoid.pipeline.arithmetic.amounts import measured
from deltoid.pipeline.arithmetic.billing import Drawn, drawn, units
from deltoid.pipeline.dated_codes import DrugCode
from deltoid.pipeline.lines.part import spoken
from deltoid.pipeline.lines.sizes import smaller
from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.see import facts, hit
from deltoid.pipeline.types import Injection


@dataclass(frozen=True, slots=True)
class Opened:
    """What the record says of some opened containers; `drawn` None where that is too little, or not due."""

    drawn: Drawn | None = None
    hits: tuple[Hit, ...] = ()


def opened(case: Case, given: Sequence[tuple[Injection, Decimal]], code: DrugCode) -> Opened:
    """Return what the drug line must say of discarded drug under this payer.

    Parameters
    ----------
    case : Case
    given : sequence of tuple
        All events of one drug code on the day, each with the amount given in the code's unit, above zero.
    code : DrugCode
        Their code, with what one billing unit stands for.

    Returns
    -------
    Opened
    """
    events = [event for event, _ in given]
    if not case.policy.flag("jwjz_required") or any(_exempt(case, event) for event in events):
        return Opened()
    if all(_multi_dose(event) for event in events):
        wasted = [event for event in events if event.waste]
        return Opened(hits=tuple(hit(case, event, "H-06") for event in wasted))
    contents = [_content(case, event, amount, code.unit) for event, amount in given]
    known = [content for content in contents if content is not None]
    if len(known) < len(contents):
        return Opened()
    total, content = sum((amount for _, amount in given), Decimal(0)), sum(known, Decimal(0))
    found = drawn(total, code.unit_value, content)
    spare = smaller(code.code, total / code.unit_value, content / code.unit_value)
    return Opened(found, tuple(_waste_hits(case, events, found, spare)))


def _exempt(case: Case, event: Injection) -> bool:
    return event.drug is None or event.drug.category in case.policy.words("jwjz_exempt")


def _multi_dose(event: Injection) -> bool:
    return event.container is not None and event.container.norm == "multi_dose"


def _content(case: Case, event: Injection, amount: Decimal, unit: str) -> Decimal | None:
    """Return the labelled content of what was opened for one event, None where that is not settled."""
    left = measured(event.waste, event.strength, unit)
    if left is not None:
        return amount + left
    label = measured(event.labelled_amount, event.strength, unit)
    if label:
        return units([amount], label) * label
    emptied = event.container is not None and event.container.norm == "prefilled"
    return amount if emptied or facts(case, event, "waste", "none") else None


def _waste_hits(
    case: Case, events: Sequence[Injection], found: Drawn, spare: Decimal | None
) -> Iterator[Hit]:
    yield spoken(case, events[0], "M-21", {"modifier": found.modifier})
    if found.discarded:
        words = {"given": str(found.given), "discarded": str(found.discarded)}
        yield spoken(case, events[0], "H-04", words)
    if spare is not None:
        yield spoken(case, events[0], "H-07", {"smaller": f"{spare:f} billing units"})


def never_given(case: Case) -> Iterator[Hit]:
    """Yield the rule on drug that was drawn up and thrown away without any of it going in."""
    for event in case.events:
        if event.status == "declined" and event.waste is not None:
            yield hit(case, event, "H-05")
