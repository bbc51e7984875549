"""What a patient's claim lines mean, in plain sentences."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

from deltoid.pipeline.explain.codes import related_to
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.lines.families import family
from deltoid.pipeline.lines.settings import amounts
from deltoid.pipeline.policies import Policy
from deltoid.service.explain.reviewed import Event, Line, PrintedReview

SHOT = "96372"


@dataclass(frozen=True, slots=True)
class PlainLine:
    """A line with its sentence; `price` is units times the fee, None where none is known."""

    code: str
    modifiers: tuple[str, ...]
    units: int
    held: bool
    says: str
    price: Decimal | None


@dataclass(frozen=True, slots=True)
class PlainReview:
    """A review's lines in plain words; `remark` holds for all of them."""

    note_id: str
    payer: str
    day: date
    lines: tuple[PlainLine, ...]
    remark: str


def plain_review(review: PrintedReview, policy: Policy, formulary: Formulary) -> PlainReview:
    """Return the lines of a review in plain words.

    Parameters
    ----------
    review : PrintedReview
    policy : Policy
        Its ``fee_table`` gives the prices, if it has any.
    formulary : Formulary
        Knows what one unit of a drug code is.

    Returns
    -------
    PlainReview
    """
    fees = amounts(policy, "fee_table")
    teller = _Teller({event.id: event for event in review.events}, formulary, review.day, fees, review.payer)
    decision = review.decision
    ready = (*decision.lines, *((decision.em,) if decision.em else ()))
    lines = (
        *(teller.line(line, held=False) for line in ready),
        *(teller.line(line, held=True) for line in decision.held),
    )
    states = words()["state"]
    remark = states["nothing"] if not ready else "" if fees else states["no_price"]
    return PlainReview(review.note_id, review.payer, review.day, lines, remark)


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return the plain words by their subject.

    Examples
    --------
    >>> words()["modifier"]["JZ"]
    'None of the drug was thrown away.'
    """
    text = (resources.files("deltoid.service.explain") / "patient.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True)
class _Teller:
    events: Mapping[str, Event]
    formulary: Formulary
    day: date
    fees: Mapping[str, Decimal]
    table: str

    def line(self, line: Line, *, held: bool) -> PlainLine:
        fee = self.fees.get(line.code)
        price = None if fee is None or held else fee * line.units
        said = " ".join(self._sentences(line, price, held=held))
        return PlainLine(line.code, line.modifiers, line.units, held, said, price)

    def _sentences(self, line: Line, price: Decimal | None, *, held: bool) -> Iterator[str]:
        kind = self._kind(line.code)
        filled = words()["family"][kind].format(
            drug=self._drug(line), place=self._place(line), code=line.code, amount=self._amount(line)
        )
        yield filled[:1].upper() + filled[1:]
        if line.units > 1 and kind != "drug":
            yield words()["state"]["many"].format(units=line.units)
        yield from (words()["modifier"][each] for each in line.modifiers if each in words()["modifier"])
        if held:
            yield words()["state"]["held"]
        if price is not None:
            yield words()["state"]["price"].format(price=f"{price:.2f}", table=f"price list of {self.table}")

    def _kind(self, code: str) -> str:
        if code == SHOT:
            return "shot"
        if any(row.code == code for rows in self.formulary.codes().values() for row in rows):
            return "drug"
        found, known = family(code), related_to(code)
        if found and found.family in words()["family"]:
            return found.family
        return known.group if known and known.group in ("visit", "drug") else "other"

    def _drug(self, line: Line) -> str:
        names = dict.fromkeys(
            event.drug.name for name in line.events if (event := self.events.get(name)) and event.drug
        )
        return " and ".join(names) or words()["state"]["drug_unknown"]

    def _place(self, line: Line) -> str:
        routes = [
            event.route.code for name in line.events if (event := self.events.get(name)) and event.route
        ]
        places = words()["place"]
        return places.get(routes[0], places[""]) if len(set(routes)) == 1 else places[""]

    def _amount(self, line: Line) -> str:
        rows = (row for rows in self.formulary.codes().values() for row in rows if row.code == line.code)
        unit = next((f"{row.unit_value:f} {row.unit}" for row in rows if row.in_force(self.day)), None)
        if not line.units or unit is None:
            return words()["amount"]["open"]
        return words()["amount"]["known"].format(unit=unit, units=line.units)
