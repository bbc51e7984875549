"""Official tables that a site imported, as one encounter meets them: chosen and loaded elsewhere, handed in.

None always means that no such table is loaded, which a rule says rather than guesses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.types import RouteCode


@dataclass(frozen=True, slots=True)
class Pair:
    """An edit that pays one of two codes: `second` only with a modifier, where `allowed`.

    The days are the first and the last on which it holds.
    """

    first: str
    second: str
    allowed: bool
    starts: date | None = None
    ends: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether it holds for a service of `day`."""
        return (self.starts or date.min) <= day <= (self.ends or date.max)


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a drug: the codes it is billed under, and what the directory of the FDA says of it.

    `codes` is empty where the crosswalk does not list it; `routes` where the directory does not. `listed`
    says whether the directory holds it, None where none is loaded.
    """

    ndc: str
    codes: tuple[str, ...] = ()
    name: str = ""
    routes: frozenset[RouteCode] = frozenset()
    listed: bool | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Official:
    """What is loaded for one encounter.

    Parameters
    ----------
    formulary : Formulary, optional
        The shipped one with newer codes and names; the shipped one if not given.
    most_units : mapping, optional
        Code to most units a day and the indicator of the edit: ``1`` a line, ``2`` absolute, ``3`` a day.
    pairs : mapping, optional
        Two codes, in the order of the alphabet, to the edits between them.
    packages : mapping, optional
        Eleven digits to the package.
    directory : bool
        Whether the directory of all packages for injection is loaded, so that one it lacks is unknown.
    routes : mapping
        Name of a product or substance, in lower case, to the routes it is sold for.
    fees : mapping
        Code to dollars for one unit.
    named : mapping
        What each table is called in a finding: ``mue`` to ``MUE table of 2026-10-01``.

    Examples
    --------
    >>> tables = Official(most_units={"96372": (4, "3")}, named={"mue": "MUE table of 2026-10-01"})
    >>> tables.most("96372"), tables.most("J1885"), tables.between("96372", "20610", date(2026, 10, 5))
    ((4, '3'), None, None)
    """

    formulary: Formulary | None = None
    most_units: Mapping[str, tuple[int, str]] | None = None
    pairs: Mapping[tuple[str, str], tuple[Pair, ...]] | None = None
    packages: Mapping[str, Package] | None = None
    directory: bool = False
    routes: Mapping[str, frozenset[RouteCode]] = field(default_factory=dict)
    fees: Mapping[str, Decimal] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> Formulary:
        """The formulary to go by."""
        return self.formulary or Formulary.shipped()

    def most(self, code: str) -> tuple[int, str] | None:
        """Return the most units of a code and the indicator, None where no table that is loaded has it."""
        return (self.most_units or {}).get(code)

    def between(self, one: str, other: str, day: date) -> tuple[Pair, ...] | None:
        """Return the edits between two codes on a day, None where no table is loaded."""
        if self.pairs is None:
            return None
        first, second = sorted((one, other))
        return tuple(pair for pair in self.pairs.get((first, second), ()) if pair.holds(day))

    def package(self, ndc: str) -> Package | None:
        """Return a package by its eleven digits, None where no table that is loaded knows it."""
        return (self.packages or {}).get(ndc)
