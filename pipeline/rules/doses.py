"""Rules of dose, units and interval that hold or qualify one event; judging asks them with the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from deltoid.pipeline import tabular
from deltoid.pipeline.arithmetic.limits import beyond
from deltoid.pipeline.lines.counting import labelled
from deltoid.pipeline.lines.part import spoken
from deltoid.pipeline.lines.syringes import Syringe
from deltoid.pipeline.moments import dates
from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.registry import rule
from deltoid.pipeline.types import Injection

COLUMNS = ("name", "days", "source")


@rule("H-19", "documentation")
def h19(case: Case, event: Injection) -> Hit | None:
    """Catch a dose outside what is ever given in one go."""
    limit = beyond(event)
    if limit is None:
        return None
    words = {"least": f"{limit.least:f} {limit.unit}", "most": f"{limit.most:f} {limit.unit}"}
    return spoken(case, event, "H-19", words, event.dose.mention if event.dose else None)


@rule("U-08", "documentation")
def u08(case: Case, event: Injection) -> Hit | None:
    """Catch a label that takes several syringes where the record tells fewer."""
    expected, told = labelled(event), _sticks(case, event)
    if expected is None or told >= expected:
        return None
    return spoken(case, event, "U-08", {"expected": str(expected), "sticks": str(told)})


def _sticks(case: Case, event: Injection) -> int:
    same = [other for other in case.events if other.status == event.status and _name(other) == _name(event)]
    return sum(Syringe((other,)).sticks for other in same)


def _name(event: Injection) -> str:
    return event.drug.name if event.drug else ""


@rule("U-12", "coverage")
def u12(case: Case, event: Injection) -> Hit | None:
    """Catch a dose sooner after the last one than the drug's interval allows."""
    least = shipped().get(_name(event))
    gaps = [(case.policy.day - day).days for day in _earlier(case, event)]
    gaps = [days for days in gaps if days > 0]
    if least is None or not gaps or min(gaps) >= least:
        return None
    return spoken(case, event, "U-12", {"days": str(min(gaps)), "least": f"{least} days"})


def _earlier(case: Case, event: Injection) -> Iterator[date]:
    for other in case.events:
        if other.status == "historical" and _name(other) == _name(event) and other.time is not None:
            yield from (day for _, day in dates(other.time.text) if day is not None)


def intervals(rows: Iterable[tabular.Row]) -> dict[str, int]:
    """Return the shortest usual intervals of some rows of `intervals.csv`, in days by the drug's name.

    Raises
    ------
    TableError
        If a number of days is not a whole number.
    """
    return {row["name"]: row.whole("days") for row in rows}


@cache
def shipped() -> Mapping[str, int]:
    """Return the intervals that are shipped with the package."""
    return intervals(tabular.read("intervals.csv", COLUMNS))
