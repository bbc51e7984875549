"""NCCI medically unlikely edits: the most units of a code for one patient on one day."""

from __future__ import annotations

from collections.abc import Sequence

from deltoid.service.terms.checks import by_header
from deltoid.service.terms.found import Found
from deltoid.service.terms.sources import Source

_COLUMNS = ("code", "units", "indicator", "why")


def read(sources: Sequence[Source]) -> Found:
    """Return the most units of each code with the indicator of the edit: 1 a line, 2 absolute, 3 a day.

    Raises
    ------
    TableError
        If the header or a row cannot be used, or a code stands there twice.
    """
    found = Found()
    seen: set[str] = set()
    for source in sources:
        for row in by_header(source, _header, above=found.preamble):
            code, units, indicator = row.code("code"), row["units"], row["indicator"][:1]
            if not units.isdigit():
                raise row.refuse("units", "is not a whole number")
            if indicator not in ("1", "2", "3"):
                raise row.refuse("indicator", "begins with none of 1, 2, 3")
            if code in seen:
                raise row.refuse("code", "stands there twice")
            seen.add(code)
            found.keep("units", (code, str(int(units)), indicator))
    return found


def _header(row: Sequence[str]) -> Sequence[str] | None:
    told = ["".join(cell.upper().split()) for cell in row]
    fits = len(told) == len(_COLUMNS) and told[0] == "HCPCS/CPTCODE" and told[1].endswith("MUEVALUES")
    return _COLUMNS if fits and "INDICATOR" in told[2] else None
