"""What a site writes itself: the lists of self-administered drugs of its payers, and its fee table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deltoid.service.terms.checks import Cells, under_header
from deltoid.service.terms.found import Found
from deltoid.service.terms.sources import Source

_SAD = ("name", "code", "payer", "from", "to")
_FEES = ("code", "amount", "payer", "from", "to")


@dataclass(frozen=True, slots=True)
class _Period:
    starts: str
    ends: str

    def meets(self, other: _Period) -> bool:
        return max(self.starts, other.starts) <= min(self.ends or "9999", other.ends or "9999")


def read_sad(sources: Sequence[Source]) -> Found:
    """Return the drugs that payers call usually self-administered.

    The columns are name, code, payer (empty: every payer), from, to (empty: open). A row names the drug, or
    its code, or both.

    Raises
    ------
    TableError
        If the header or a row cannot be used.
    """
    found = Found()
    for source in sources:
        for row in under_header(source, _SAD):
            if not row["name"] and not row["code"]:
                raise row.refuse("name", "is empty, and so is the code: name the drug")
            code = row.code("code") if row["code"] else ""
            found.keep("drugs", (row["name"].lower(), code, row["payer"], *_days(found, row)))
    return found


def read_fees(sources: Sequence[Source]) -> Found:
    """Return what the site is paid for a unit of a code.

    The columns are code, amount (dollars for one unit), payer (empty: every payer), from, to (empty: open).

    Raises
    ------
    TableError
        If the header or a row cannot be used, or two rows give one code of one payer two amounts on a day.
    """
    found = Found()
    placed: dict[tuple[str, str], list[_Period]] = {}
    for source in sources:
        for row in under_header(source, _FEES):
            starts, ends = _days(found, row)
            period = _Period(starts, ends)
            others = placed.setdefault((row.code("code"), row["payer"]), [])
            if any(period.meets(other) for other in others):
                raise row.refuse("from", "overlaps with another row of this code and payer")
            others.append(period)
            found.keep("fees", (row["code"], f"{row.number('amount'):f}", row["payer"], starts, ends))
    return found


def _days(found: Found, row: Cells) -> tuple[str, str]:
    starts, ends = row.iso("from"), row.iso("to")
    if not starts:
        raise row.refuse("from", "is empty: say from which day it holds")
    if ends and ends < starts:
        raise row.refuse("to", "is before the day from which it holds")
    found.seen([row.day("from")])
    return starts, ends
