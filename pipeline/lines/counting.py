"""How many times 96372 one dose may be billed: needle entries, less what the record does not carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from deltoid.pipeline import tabular
from deltoid.pipeline.arithmetic.amounts import given, plain
from deltoid.pipeline.lines.settings import choice, whole
from deltoid.pipeline.lines.sheet import Sheet, anchors
from deltoid.pipeline.lines.syringes import Dose, doses
from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.see import facts
from deltoid.pipeline.types import Injection

COLUMNS = ("name", "dose", "unit", "sticks", "source")


@dataclass(frozen=True, slots=True)
class Counted:
    """A dose with the units of 96372 that it may be billed with."""

    dose: Dose
    units: int


@dataclass(frozen=True, slots=True)
class Regimen:
    """A labelled dose that always takes several syringes; `dose` None where every dose does."""

    name: str
    dose: Decimal | None
    unit: str
    sticks: int


def regimens(rows: Iterable[tabular.Row]) -> tuple[Regimen, ...]:
    """Return the regimens of some rows of `label_sticks.csv`.

    Raises
    ------
    TableError
        If a dose or a number of needle entries is not a number.
    """
    return tuple(_regimen(row) for row in rows)


def _regimen(row: tabular.Row) -> Regimen:
    dose = row.number("dose") if row["dose"] else None
    return Regimen(row["name"], dose, row["unit"], row.whole("sticks"))


@cache
def shipped() -> tuple[Regimen, ...]:
    """Return the regimens that are shipped with the package."""
    return regimens(tabular.read("label_sticks.csv", COLUMNS))


def labelled(event: Injection) -> int | None:
    """Return the needle entries that the label of this drug and dose asks for, None where it is silent."""
    if event.drug is None:
        return None
    for row in shipped():
        dose = row.dose if row.dose is None else given(event, row.unit)
        if row.name == event.drug.name and dose == row.dose:
            return row.sticks
    return None


def counted(sheet: Sheet) -> tuple[Counted, ...]:
    """Return the doses that lead to 96372 with their units, in the order of the note."""
    apart = whole(sheet.case.policy, "repeat_minutes")
    return tuple(Counted(dose, _units(sheet, dose)) for dose in doses(sheet.shots, apart))


def _units(sheet: Sheet, dose: Dose) -> int:
    return dose.sticks if dose.sticks > 1 and _paid_each(sheet, dose) else 1


def _paid_each(sheet: Sheet, dose: Dose) -> bool:
    if (
        one_syringe(sheet.case, dose)
        or choice(sheet.case.policy, "split_dose_units", ("each", "one")) == "one"
    ):
        return False
    return len(dose.places) > 1 and divided(sheet, dose)


def divided(sheet: Sheet, dose: Dose) -> bool:
    """Whether the record says why one dose took several syringes: words, label or presentation."""
    if any(facts(sheet.case, event, "split_reason") for event in dose.events):
        return True
    return any(labelled(event) or _presented(event, dose.sticks) for event in dose.events)


def _presented(event: Injection, sticks: int) -> bool:
    if event.strength is not None:
        amount, unit, _, _ = plain(event.strength)
    elif event.labelled_amount is not None and event.labelled_amount.value is not None:
        amount, unit = event.labelled_amount.value, event.labelled_amount.unit
    else:
        return False
    total = given(event, unit)
    return total is not None and total == amount * sticks


def one_syringe(case: Case, dose: Dose) -> bool:
    """Whether several needle entries were one syringe moved about: failed, redirected or fanned."""
    words = case.policy.words("one_syringe_words")
    moved = any(word in around(case, event).lower() for event in dose.events for word in words)
    return dose.sticks > 1 and len(dose.places) < 2 and moved


def around(case: Case, event: Injection) -> str:
    """Return the text about an event, as far as the policy calls near."""
    spots, reach = anchors(event), whole(case.policy, "near_characters")
    if not spots:
        return ""
    start, end = min(m.start for m in spots) - reach, max(m.end for m in spots) + reach
    return case.text[max(0, start) : end]


def hits(sheet: Sheet, found: Iterable[Counted]) -> Iterator[Hit]:
    """Yield the rules that speak on how the doses were counted."""
    listed = list(found)
    total = sum(item.units for item in listed)
    if total > 1:
        ids = tuple(event for item in listed for event in item.dose.ids)
        yield Hit("U-01", ids, fill={"units": str(total), "doses": str(len(listed))})
    if len({item.dose.drugs for item in listed}) > 1:
        yield Hit("U-02", tuple(event for item in listed for event in item.dose.ids))
    for item in listed:
        yield from _of_dose(sheet, item)


def _of_dose(sheet: Sheet, item: Counted) -> Iterator[Hit]:
    dose = item.dose
    words = {"drug": drug_words(dose.events[0]), "sticks": str(dose.sticks)}
    evidence = tuple(m for event in dose.events for m in anchors(event))
    if any(len(syringe.events) > 1 for syringe in dose.syringes):
        yield Hit("U-03", dose.ids, evidence)
    if one_syringe(sheet.case, dose):
        yield Hit("U-06", dose.ids, evidence, words)
    elif dose.sticks > item.units and sheet.case.policy.text("split_dose_units") != "one":
        yield Hit("U-04", dose.ids, evidence, words)
    if dose.again:
        yield Hit("U-05", dose.ids, evidence, words)
    if any(place.startswith("left") for place in dose.places) and len(dose.places) > 1:
        yield Hit("U-07", dose.ids, evidence)


def drug_words(event: Injection) -> str:
    """Return the drug as the note writes it, for a message."""
    return event.drug.mention.text if event.drug else "the drug"
