"""Codes of administration other than 96372: how each is counted and what it asks of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from deltoid.pipeline import tabular

COLUMNS = ("first", "last", "family", "count", "further", "pair", "visit", "sided", "rule", "source")
COUNTS = frozenset({"each", "once", "first", "shots", "none"})


@dataclass(frozen=True, slots=True)
class Family:
    """One row of `administrations.csv`: the codes from `first` to `last`.

    `count` is how they are counted: ``each`` event, ``once`` a day, ``first`` of its family with `further`
    for the rest, ``shots`` (one unit, `further` from the second on) or ``none`` (no line). `pair`: 96372
    beside it needs a modifier for a distinct service; `visit`: the visit beside it needs modifier 25;
    `sided`: it tells its side; `rule`: why it is not 96372.
    """

    first: str
    last: str
    family: str
    count: str
    further: str
    pair: bool
    visit: bool
    sided: bool
    rule: str
    rank: int

    def holds(self, code: str) -> bool:
        """Whether a code lies in the range."""
        return len(code) == len(self.first) and self.first <= code <= self.last


def index(rows: Iterable[tabular.Row]) -> tuple[Family, ...]:
    """Return the families of some rows of `administrations.csv`, in their order.

    Raises
    ------
    TableError
        If a row counts in a way that is not known.
    """
    return tuple(_family(row, rank) for rank, row in enumerate(rows))


def _family(row: tabular.Row, rank: int) -> Family:
    if row["count"] not in COUNTS:
        raise row.refuse("count", f"is none of {', '.join(sorted(COUNTS))}")
    return Family(
        first=row["first"],
        last=row["last"],
        family=row["family"],
        count=row["count"],
        further=row["further"],
        pair=row["pair"] == "yes",
        visit=row["visit"] == "yes",
        sided=row["sided"] == "yes",
        rule=row["rule"],
        rank=rank,
    )


@cache
def shipped() -> Sequence[Family]:
    """Return the families that are shipped with the package."""
    return index(tabular.read("administrations.csv", COLUMNS))


def family(code: str) -> Family | None:
    """Return the family of a code, the narrower row first; None for codes of another kind.

    Examples
    --------
    >>> [found.family if (found := family(code)) else None for code in ("20610", "12001", "99213")]
    ['joint', 'procedure', None]
    """
    return next((row for row in shipped() if row.holds(code)), None)
