"""Imported tables as the pipeline takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import cast

from deltoid.pipeline.official import Package, Pair
from deltoid.pipeline.types import RouteCode
from deltoid.service.terms.versions import Version

Packages = dict[str, Package]
Pairs = Mapping[tuple[str, str], tuple[Pair, ...]]


def most_units(version: Version) -> Mapping[str, tuple[int, str]]:
    """Return the most units of each code with the indicator of the edit."""
    return {code: (int(units), indicator) for code, units, indicator in version.rows("units")}


def pairs(version: Version) -> Pairs:
    """Return the edits by their two codes in the order of the alphabet."""
    found: dict[tuple[str, str], list[Pair]] = {}
    for first, second, starts, ends, indicator in version.rows("pairs"):
        one, other = sorted((first, second))
        edit = Pair(first, second, indicator == "1", day(starts), day(ends))
        found.setdefault((one, other), []).append(edit)
    return {codes: tuple(edits) for codes, edits in found.items()}


def crosswalk(version: Version) -> Packages:
    """Return the packages with the codes that they are billed under."""
    found: Packages = {}
    for ndc, code, name, *_ in version.rows("packages"):
        before = found.get(ndc, Package(ndc, name=name))
        found[ndc] = replace(before, codes=(*before.codes, code))
    return found


def directory(version: Version) -> Packages:
    """Return the packages of the FDA's directory with their routes and last day."""
    products = {row[0]: row for row in version.rows("products")}
    found: Packages = {}
    for ndc, product, _, ends in version.rows("packages"):
        row = products[product]
        routes = frozenset(cast(list[RouteCode], row[3].split()))
        last = max((other for other in (ends, row[-1]) if other), default="")
        found[ndc] = Package(ndc, (), row[2] or row[1], routes, True, day(last))
    return found


def drug_packages(version: Version) -> Packages:
    """Return the packages that RxNorm has for injectable drugs; it says neither code nor route."""
    return {ndc: Package(ndc, listed=True) for ndc, _ in version.rows("packages")}


def together(*found: Packages) -> Packages:
    """Return packages of several tables as one, each with what any of them says.

    Examples
    --------
    >>> both = together({"1": Package("1", ("J1885",))}, {"1": Package("1", listed=True)})
    >>> both["1"].codes, both["1"].listed
    (('J1885',), True)
    """
    merged: Packages = {}
    for package in (package for packages in found for package in packages.values()):
        old = merged.get(package.ndc)
        merged[package.ndc] = package if old is None else _joined(old, package)
    return merged


def _joined(one: Package, other: Package) -> Package:
    return Package(
        one.ndc, one.codes or other.codes, one.name or other.name, one.routes | other.routes,
        one.listed or other.listed, one.ends or other.ends,
    )  # fmt: skip


def routes(version: Version) -> Mapping[str, frozenset[RouteCode]]:
    """Return the routes of every product by its names, in lower case."""
    found: dict[str, set[RouteCode]] = {}
    for row in version.rows("products"):
        for name in filter(None, row[1:3]):
            found.setdefault(name, set()).update(cast(list[RouteCode], row[3].split()))
            if row[4] == "yes":
                found[name].add("OTHER")
    return {name: frozenset(ways) for name, ways in found.items()}


def drug_prices(version: Version) -> Mapping[str, Decimal]:
    """Return the dollars for one unit of each drug code."""
    return {code: Decimal(amount) for code, amount in version.rows("prices")}


def own_fees(version: Version) -> Iterable[tuple[str, Decimal, str, date, date]]:
    """Return the rows of a site's fee table."""
    for code, amount, payer, starts, ends in version.rows("fees"):
        yield code, Decimal(amount), payer, day(starts) or date.min, day(ends) or date.max


def day(written: str) -> date | None:
    """Return a day of our tables, None where the cell is empty."""
    return date.fromisoformat(written) if written else None
