"""The formulary with what the imported files add: codes that ended or are new, and names of new drugs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from deltoid.pipeline.formulary import Formulary
from deltoid.service.terms.codes import NewRows, add, end, shipped_codes
from deltoid.service.terms.dosage import Dosage, dosage
from deltoid.service.terms.names import Names, Product
from deltoid.service.terms.versions import Version

_PRODUCT_DIGITS = 9
_ACTIVE = "Active"


def extended(in_force: Mapping[str, Version]) -> Formulary | None:
    """Return the shipped formulary with what the files in force add, None where they add nothing.

    Parameters
    ----------
    in_force : mapping
        Kind to the version that counts; kinds without drugs do not matter.

    Raises
    ------
    TableError
        If a version is not what was imported.
    """
    formulary, rows = Formulary.shipped(), NewRows()
    if hcpcs := in_force.get("hcpcs"):
        _codes(rows, formulary, hcpcs, _brands(in_force.get("asp-ndc")))
    codes = _codes_of_products(in_force.get("asp-ndc"))
    if ndc := in_force.get("ndc"):
        Names(formulary, rows, source_of(ndc)).take(_products(ndc, codes))
    if rxnorm := in_force.get("rxnorm"):
        names = (Product(name, brand) for name, brand in rxnorm.rows("names"))
        Names(formulary, rows, source_of(rxnorm)).take(names)
    if cvx := in_force.get("cvx"):
        Names(formulary, rows, source_of(cvx)).take(_vaccines(cvx))
    if not (rows.codes or rows.surfaces):
        return None
    listed = [row for own in rows.codes.values() for row in own]
    return formulary.with_tables(rows.substances.values(), rows.surfaces.values(), listed)


def source_of(version: Version) -> str:
    """Return a version as the source of its rows."""
    return f"{version.kind.title}, effective {version.effective}"


def _brands(version: Version | None) -> frozenset[str]:
    return frozenset(row[2].lower() for row in version.rows("packages")) if version else frozenset()


def _codes(rows: NewRows, formulary: Formulary, version: Version, brands: frozenset[str]) -> None:
    shipped, official = shipped_codes(), list(version.rows("codes"))
    end(rows, shipped, official)
    names = Names(formulary, rows, source_of(version))
    for said in list(add(rows, shipped, official, formulary.surfaces(), source_of(version))):
        names.coded(said, brands)
    for name in [name for name in rows.codes if name not in formulary.substances()]:
        if name not in rows.substances:
            del rows.codes[name]


def _codes_of_products(version: Version | None) -> Mapping[str, dict[str, Dosage | None]]:
    found: dict[str, dict[str, Dosage | None]] = {}
    for ndc, code, _, written, *_ in version.rows("packages") if version else ():
        found.setdefault(ndc[:_PRODUCT_DIGITS], {})[code] = dosage(written)
    return found


def _products(version: Version, codes: Mapping[str, dict[str, Dosage | None]]) -> Iterator[Product]:
    packages: dict[str, dict[str, Dosage | None]] = {}
    for ndc, product, *_ in version.rows("packages"):
        packages.setdefault(product, {}).update(codes.get(ndc[:_PRODUCT_DIGITS], {}))
    listed = list(version.rows("products"))
    ways: dict[str, set[str]] = {}
    for row in listed:
        ways.setdefault(row[1], set()).update(row[3].split())
    for row in listed:
        yield _product(row, frozenset(ways[row[1]]), packages.get(row[0]))


def _product(row: Sequence[str], ways: frozenset[str], codes: Mapping[str, Dosage | None] | None) -> Product:
    _, name, brand, _, other_ways, sort, kind, marketing, _, _ = row
    return Product(name, brand, ways, other_ways == "yes", sort, kind, marketing, codes)


def _vaccines(version: Version) -> Iterator[Product]:
    for _, name, text, status, _ in version.rows("vaccines"):
        if status == _ACTIVE:
            yield Product(name.lower(), text.lower(), frozenset({"IM", "SC"}), False, "VACCINE")
