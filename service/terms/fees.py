"""The Medicare physician fee schedule: relative values of services, and what they are worth where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from deltoid.pipeline.tabular import TableError
from deltoid.service.terms.checks import Cells, by_header
from deltoid.service.terms.found import Found
from deltoid.service.terms.sources import Source

# the columns of PPRRVU as they stand; what is not needed has a number for a name, the descriptor is left out
_SERVICE = (
    "code", "modifier", "descriptor", "status", "4", "work", "expense", "7", "expense_facility", "9",
    "malpractice", "total", "total_facility", *map(str, range(13, 24)), "factor",
)  # fmt: skip
_LOCALITY = {
    "contractor": "ADMINISTRATIVE CONTRACTOR", "number": "LOCALITY NUMBER", "name": "LOCALITY NAME",
    "work": "PW GPCI", "expense": "PE GPCI", "malpractice": "MP GPCI",
}  # fmt: skip
_KEPT = ("code", "modifier", "status", "work", "expense", "expense_facility", "malpractice", "factor")
_VALUES = _KEPT[3:]
_CENT = Decimal("0.02")


def read(sources: Sequence[Source]) -> Found:
    """Return the relative values of the services and the price of place of the localities.

    Raises
    ------
    TableError
        If either file is missing, a row cannot be used, or its values do not add up to its totals.
    """
    found = Found()
    for source in sources:
        if "GPCI" in source.name.upper():
            _localities(source, found)
        else:
            _services(source, found)
    for table, name in (("services", "PPRRVU"), ("localities", "GPCI")):
        if table not in found.tables:
            raise TableError(f"the fee schedule needs its {name} file too: name the archive or both files")
    return found


def _services(source: Source, found: Found) -> None:
    for row in by_header(source, _service_header, above=found.preamble):
        row.code("code")
        numbers = {column: f"{row.number(column):f}" for column in _VALUES}
        _refuse_sum(row, "expense", "total")
        _refuse_sum(row, "expense_facility", "total_facility")
        found.keep("services", [numbers.get(column, row[column]) for column in _KEPT])


def _service_header(row: Sequence[str]) -> Sequence[str] | None:
    if [cell.upper() for cell in row[:3]] != ["HCPCS", "MOD", "DESCRIPTION"]:
        return None
    rest = (str(number) for number in range(len(_SERVICE), len(row)))
    return (*_SERVICE, *rest)


def _refuse_sum(row: Cells, expense: str, total: str) -> None:
    parts = row.number("work") + row.number(expense) + row.number("malpractice")
    if abs(parts - row.number(total)) > _CENT:
        raise row.refuse(total, f"is not the sum {parts} of its parts: have the columns changed?")


def _localities(source: Source, found: Found) -> None:
    for row in by_header(source, _locality_header, above=found.preamble):
        if not re.fullmatch(r"\d{5}", row["contractor"]):
            found.drop("a note below the localities")
            continue
        values = [f"{row.number(column):f}" for column in ("work", "expense", "malpractice")]
        found.keep("localities", (f"{row['contractor']}-{row['number'].zfill(2)}", row["name"], *values))


def _locality_header(row: Sequence[str]) -> Sequence[str] | None:
    known = [_column(cell.upper(), place) for place, cell in enumerate(row)]
    # two work columns, without and with the floor of 1.0: the one that is paid is the last
    last = {name: place for place, name in enumerate(known)}
    if not set(_LOCALITY) <= set(known):
        return None
    return [name if last[name] == place else f"{name} {place}" for place, name in enumerate(known)]


def _column(cell: str, place: int) -> str:
    return next((name for name, words in _LOCALITY.items() if words in cell), str(place))
