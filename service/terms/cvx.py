"""CVX: the CDC's codes of vaccines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deltoid.service.terms.checks import Cells
from deltoid.service.terms.found import Found
from deltoid.service.terms.sources import Source

_STATUS = frozenset({"Active", "Inactive", "Never Active", "Pending", "Non-US"})
_SHORTEST = 7
_CODE = re.compile(r"\d{2,3}")


def read(sources: Sequence[Source]) -> Found:
    """Return the vaccines with their names and status; what is no vaccine is left out.

    The fields are code, name, full name, note, status, (a number of the CDC,) whether it is no vaccine, and
    the day of the last change.

    Raises
    ------
    TableError
        If a row cannot be used.
    """
    found = Found()
    for source in sources:
        for number, line in source.lines():
            if line.strip():
                _take(found, _cells(source, number, [cell.strip() for cell in line.split("|")]))
    return found


def _cells(source: Source, number: int, cells: Sequence[str]) -> Cells:
    whole = cells[:-1] if len(cells) > _SHORTEST and not cells[-1] else cells
    if len(whole) not in (_SHORTEST, _SHORTEST + 1):
        raise source.refuse(number, f"{len(cells)} fields where {_SHORTEST} are, with | between them")
    names = ("cvx", "name", "text", "note", "status")
    row = dict(zip(names, whole, strict=False)) | {"no_vaccine": whole[-2].lower(), "updated": whole[-1]}
    return Cells(source, number, row)


def _take(found: Found, row: Cells) -> None:
    if not _CODE.fullmatch(row["cvx"]):
        raise row.refuse("cvx", "is no CVX code")
    if row["status"] not in _STATUS:
        raise row.refuse("status", f"is none of {', '.join(sorted(_STATUS))}")
    if row["no_vaccine"] not in ("true", "false", "0", "1"):
        raise row.refuse("no_vaccine", "says neither true nor false")
    found.seen([row.day("updated")])
    if row["no_vaccine"] in ("true", "1"):
        found.drop("no vaccine")
    else:
        found.keep("vaccines", (row["cvx"], row["name"], row["text"], row["status"], row.iso("updated")))
