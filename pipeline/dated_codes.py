"""Drug codes with the days they are in force, the maker they are reserved for and the dose they are for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from deltoid.pipeline.dose_conditions import Condition, met, parse
from deltoid.pipeline.tabular import Row
from deltoid.pipeline.types import Quantity

COLUMNS = (
    "name", "code", "unit_value", "unit", "up_to", "valid_from", "valid_to", "maker", "confidence", "note",
    "when", "source",
)  # fmt: skip
CONFIDENCE = frozenset({"V1", "V2", "T", "C"})


@dataclass(frozen=True, slots=True)
class DrugCode:
    """One row of `codes.csv`: what one billing unit stands for, and when the code may be used.

    `unit_value` `unit` is one billing unit; with `up_to` any part of it counts as one. The days are
    inclusive, None is open. `maker` is the maker, brand or presentation that the code is reserved for, empty
    for all others. `when` must hold for the dose.
    """

    name: str
    code: str
    unit_value: Decimal
    unit: str
    up_to: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    maker: str = ""
    confidence: str = "T"
    note: str = ""
    when: Condition = ()

    def in_force(self, day: date) -> bool:
        """Return whether the code may be used for a service of `day`."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def fits(self, dose: Quantity | None) -> bool:
        """Return whether the code is for this dose; where that cannot be told it stays possible."""
        return met(self.when, dose) is not False


def index(rows: Iterable[Row], names: Iterable[str]) -> Mapping[str, tuple[DrugCode, ...]]:
    """Return the codes of some rows of `codes.csv` by the substance's name.

    Parameters
    ----------
    rows : iterable of Row
        With the columns of `COLUMNS`.
    names : iterable of str
        The substances that there are.

    Returns
    -------
    mapping
        Name to its codes, in the order of the table.

    Raises
    ------
    TableError
        If a substance is not known, a cell cannot be read, or two codes of one name, maker and condition are
        in force on one day.
    """
    known = frozenset(names)
    found: dict[str, list[DrugCode]] = {}
    placed: dict[tuple[str, str, str, str], list[Row]] = {}
    for row in rows:
        if row["name"] not in known:
            raise row.refuse("name", "is no substance of substances.csv")
        _refuse_overlap(row, placed.setdefault((row["name"], row["maker"], row["when"], _system(row)), []))
        found.setdefault(row["name"], []).append(_code(row))
    return {name: tuple(codes) for name, codes in found.items()}


def _system(row: Row) -> str:
    # a payer takes a J code or a product code of digits (J2790, 90384): both stand side by side on purpose
    return "digits" if row["code"].isdigit() else "letter"


def _refuse_overlap(row: Row, placed: list[Row]) -> None:
    placed.append(row)
    for one, other in combinations(placed, 2):
        if max(_start(one), _start(other)) <= min(_end(one), _end(other)):
            raise row.refuse("code", f"is in force beside line {one.line} for one name, maker and dose")


def _start(row: Row) -> date:
    return _day(row, "valid_from") or date.min


def _end(row: Row) -> date:
    return _day(row, "valid_to") or date.max


def _code(row: Row) -> DrugCode:
    if row["confidence"] not in CONFIDENCE:
        raise row.refuse("confidence", f"is none of {', '.join(sorted(CONFIDENCE))}")
    if row["up_to"] not in ("Y", "N"):
        raise row.refuse("up_to", "is neither Y nor N")
    if _start(row) > _end(row):
        raise row.refuse("valid_to", "is before valid_from")
    return DrugCode(
        row["name"], row["code"], row.positive("unit_value"), row["unit"], row["up_to"] == "Y",
        _day(row, "valid_from"), _day(row, "valid_to"), row["maker"], row["confidence"], row["note"],
        _when(row),
    )  # fmt: skip


def _day(row: Row, column: str) -> date | None:
    try:
        return date.fromisoformat(row[column]) if row[column] else None
    except ValueError:
        raise row.refuse(column, "is no date; write YYYY-MM-DD") from None


def _when(row: Row) -> Condition:
    try:
        return parse(row["when"])
    except ValueError as error:
        raise row.refuse("when", str(error)) from None
