"""The FDA's NDC directory: products with their routes, and the packages they come in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deltoid.pipeline.tabular import TableError
from deltoid.service.terms.checks import Cells, by_header
from deltoid.service.terms.found import Found
from deltoid.service.terms.routes import by_needle, ways
from deltoid.service.terms.sources import Source

_PRODUCT = (
    "PRODUCTID", "PRODUCTTYPENAME", "PROPRIETARYNAME", "NONPROPRIETARYNAME", "ROUTENAME", "PHARM_CLASSES",
    "STARTMARKETINGDATE", "ENDMARKETINGDATE", "MARKETINGCATEGORYNAME",
)  # fmt: skip
_PACKAGE = ("PRODUCTID", "NDCPACKAGECODE", "STARTMARKETINGDATE", "ENDMARKETINGDATE")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Product:
    name: str
    row: Cells
    routes: tuple[str, ...]


def read(sources: Sequence[Source]) -> Found:
    """Return the products that go in by needle, with their routes, and their packages.

    `other_ways` of a product says whether its substance is also sold for another way in: only then is the
    bare name in a note no injection.

    Raises
    ------
    TableError
        If either file is missing or a row cannot be used.
    """
    found = Found()
    products = list(_products(_one(sources, "product"), found))
    elsewhere = {
        product.name for product in products if not all(by_needle(r) for r in ways(product.row["ROUTENAME"]))
    }
    kept = {product.row["PRODUCTID"]: product for product in products if product.routes}
    for key, product in kept.items():
        found.keep("products", _product_row(key, product, product.name in elsewhere))
    _packages(_one(sources, "package"), kept, found)
    return found


def _one(sources: Sequence[Source], name: str) -> Source:
    for source in sources:
        if name in source.name.lower():
            return source
    raise TableError(f"the directory needs its {name}.txt too: name the archive or both files")


def _rows(source: Source, wanted: Sequence[str]) -> Iterator[Cells]:
    def header(row: Sequence[str]) -> Sequence[str] | None:
        names = [cell.upper() for cell in row]
        return names if set(wanted) <= set(names) else None

    return by_header(source, header, "\t")


def _products(source: Source, found: Found) -> Iterator[_Product]:
    for row in _rows(source, _PRODUCT):
        name = _SPACE.sub(" ", row["NONPROPRIETARYNAME"] or row["PROPRIETARYNAME"]).lower()
        found.seen([row.day("STARTMARKETINGDATE")])
        routes = tuple(code for way in ways(row["ROUTENAME"]) if (code := by_needle(way)))
        if not routes:
            found.drop("its route needs no needle")
        yield _Product(name, row, tuple(dict.fromkeys(routes)))


def _product_row(key: str, product: _Product, other_ways: bool) -> tuple[str, ...]:
    row = product.row
    brand = _SPACE.sub(" ", row["PROPRIETARYNAME"]).lower()
    told = (row["PRODUCTTYPENAME"], row["PHARM_CLASSES"], row["MARKETINGCATEGORYNAME"])
    days = (row.iso("STARTMARKETINGDATE"), row.iso("ENDMARKETINGDATE"))
    ways_told = (" ".join(product.routes), "yes" if other_ways else "no")
    return (key, product.name, brand, *ways_told, *told, *days)


def _packages(source: Source, kept: Mapping[str, _Product], found: Found) -> None:
    for row in _rows(source, _PACKAGE):
        ndc = row.ndc("NDCPACKAGECODE")
        if row["PRODUCTID"] not in kept:
            found.drop("a package of another way in")
        elif ndc is None:
            raise row.refuse("NDCPACKAGECODE", "is no package code")
        else:
            days = (row.iso("STARTMARKETINGDATE"), row.iso("ENDMARKETINGDATE"))
            found.keep("packages", (ndc, row["PRODUCTID"], *days))
