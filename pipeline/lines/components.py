"""Vaccines of several components: how many a counselled one adds to its first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from deltoid.pipeline import tabular
from deltoid.pipeline.rulebook import Case
from deltoid.pipeline.types import Injection

COLUMNS = ("code", "components", "source")


def index(rows: Iterable[tabular.Row]) -> dict[str, int]:
    """Return the components of some rows of `vaccine_components.csv`, by product code.

    Raises
    ------
    TableError
        If a number of components is not a whole number.
    """
    return {row["code"]: row.whole("components") for row in rows}


@cache
def shipped() -> Mapping[str, int]:
    """Return the vaccines of several components that are shipped with the package."""
    return index(tabular.read("vaccine_components.csv", COLUMNS))


def further(case: Case, event: Injection) -> int:
    """Return the components of an event's vaccine beyond the first; 0 for any other."""
    if event.drug is None:
        return 0
    rows = case.policy.official.words.codes_on(event.drug.name, case.policy.day, event.dose)
    return max((shipped().get(row.code, 1) for row in rows), default=1) - 1
