"""ASP pricing: what Medicare pays for one billing unit of a drug."""

from __future__ import annotations

from collections.abc import Sequence

from deltoid.service.terms.checks import by_header
from deltoid.service.terms.found import Found
from deltoid.service.terms.sources import Source

_COLUMNS = {"HCPCS CODE": "code", "PAYMENT LIMIT": "amount"}


def read(sources: Sequence[Source]) -> Found:
    """Return the payment limit of each code; the short texts, some of them the AMA's, are left out.

    Raises
    ------
    TableError
        If the header or a row cannot be used.
    """
    found = Found()
    for source in sources:
        for row in by_header(source, _header, above=found.preamble):
            code = row.code("code")
            if row["amount"]:
                found.keep("prices", (code, f"{row.number('amount'):f}"))
            else:
                found.drop("no payment limit")
    return found


def _header(row: Sequence[str]) -> Sequence[str] | None:
    told = [" ".join(cell.split()).upper() for cell in row]
    fits = set(_COLUMNS) <= set(told) and len(set(told)) == len(told)
    return [_COLUMNS.get(cell, cell) for cell in told] if fits else None
