"""Doses that nobody means: outside what is ever given of a drug in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from deltoid.pipeline import tabular
from deltoid.pipeline.arithmetic.amounts import given
from deltoid.pipeline.types import Injection

COLUMNS = ("name", "min", "max", "unit", "source")


@dataclass(frozen=True, slots=True)
class Limit:
    """The widest range of one dose that is still believed, in `unit`."""

    name: str
    least: Decimal
    most: Decimal
    unit: str
    source: str


def index(rows: Iterable[tabular.Row]) -> dict[str, Limit]:
    """Return the limits of some rows of `dose_limits.csv`, by the drug's name.

    Parameters
    ----------
    rows : iterable of Row
        With the columns of the table.

    Returns
    -------
    dict
        Name to limit.

    Raises
    ------
    TableError
        If a bound is not a number, the range is empty, or a name stands twice.
    """
    found: dict[str, Limit] = {}
    for row in rows:
        least, most = row.number("min"), row.number("max")
        if not 0 < least <= most:
            raise row.refuse("max", f"and the least {least} are no range")
        if row["name"] in found:
            raise row.refuse("name", "stands twice")
        found[row["name"]] = Limit(row["name"], least, most, row["unit"], row["source"])
    return found


@cache
def shipped() -> Mapping[str, Limit]:
    """Return the limits that are shipped with the package, by the drug's name."""
    return index(tabular.read("dose_limits.csv", COLUMNS))


def beyond(event: Injection) -> Limit | None:
    """Return the limit that an injection's dose oversteps, None where it is believable or cannot be judged.

    Parameters
    ----------
    event : Injection
        Its drug's name picks the row.

    Returns
    -------
    Limit or None
    """
    limit = shipped().get(event.drug.name) if event.drug else None
    if limit is None:
        return None
    amount = given(event, limit.unit)
    return None if amount is None or limit.least <= amount <= limit.most else limit
