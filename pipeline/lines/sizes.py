"""Package sizes in billing units, to see waste that a smaller package would have spared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from deltoid.pipeline import tabular

COLUMNS = ("code", "units", "source")


def index(rows: Iterable[tabular.Row]) -> dict[str, tuple[Decimal, ...]]:
    """Return the package sizes of some rows of `packages.csv`, in billing units by code, smallest first.

    Raises
    ------
    TableError
        If a size is not a positive number.
    """
    found: dict[str, list[Decimal]] = {}
    for row in rows:
        found.setdefault(row["code"], []).append(row.positive("units"))
    return {code: tuple(sorted(sizes)) for code, sizes in found.items()}


@cache
def shipped() -> Mapping[str, tuple[Decimal, ...]]:
    """Return the package sizes that are shipped with the package."""
    return index(tabular.read("packages.csv", COLUMNS))


def smaller(code: str, given: Decimal, opened: Decimal) -> Decimal | None:
    """Return the smallest package that holds what was given and less than what was opened.

    Parameters
    ----------
    code : str
        The drug's code.
    given, opened : Decimal
        In billing units.

    Returns
    -------
    Decimal or None
        Billing units of that package; None where there is none, or the code is not in the table.

    Examples
    --------
    >>> smaller("J1885", Decimal(2), Decimal(4)), smaller("J1885", Decimal(4), Decimal(4))
    (Decimal('2'), None)
    """
    return next((size for size in shipped().get(code, ()) if given <= size < opened), None)
