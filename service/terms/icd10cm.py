"""ICD-10-CM: the order file, which says of each code whether it may stand on a claim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deltoid.service.terms.checks import Cells
from deltoid.service.terms.found import Found
from deltoid.service.terms.sources import Source

# columns as the file counts them, from 1, both ends included
_PLACES = {"order": (1, 5), "code": (7, 13), "valid": (15, 15), "text": (17, 76)}
_CODE = re.compile(r"[A-Z]\d[0-9A-Z](?:[0-9A-Z]{0,4})")


def read(sources: Sequence[Source]) -> Found:
    """Return the codes without their dot, each with 1 where it may be billed and 0 where it is a heading.

    Raises
    ------
    TableError
        If a line cannot be used.
    """
    found = Found()
    for source in sources:
        for number, line in source.lines():
            if line.strip():
                _take(
                    found,
                    Cells(source, number, {n: line[a - 1 : b].strip() for n, (a, b) in _PLACES.items()}),
                )
    return found


def _take(found: Found, row: Cells) -> None:
    if not row["order"].isdigit():
        raise row.refuse("order", "is no number")
    if not _CODE.fullmatch(row["code"]):
        raise row.refuse("code", "is no ICD-10-CM code")
    if row["valid"] not in ("0", "1"):
        raise row.refuse("valid", "is neither 0 nor 1")
    found.keep("codes", (row["code"], row["valid"]))
