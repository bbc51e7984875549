"""New names of drugs: brands and substances of the official lists that the shipped tables do not know."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from deltoid.pipeline import cues, lexicon
from deltoid.pipeline.drug_kinds import ROUTES
from deltoid.pipeline.formulary import Formulary, Substance
from deltoid.pipeline.scan import Scanner, surfaces
from deltoid.pipeline.tabular import Row
from deltoid.pipeline.text import fold
from deltoid.service.terms.codes import NewRows, Text, code_row
from deltoid.service.terms.dosage import Dosage

_SHAPE = re.compile(r"[a-z][a-z0-9' .-]*[a-z0-9]")
_SHORTEST, _LONGEST = 5, 60
_NEEDLE = frozenset({"IM", "SC", "ID", "IV", "IV_PUSH", "IV_INFUSION"})
_VEIN = frozenset({"IV", "IV_PUSH", "IV_INFUSION"})
_SAME_AS_GENERIC = ("ANDA", "NDA AUTHORIZED GENERIC", "UNAPPROVED")


@dataclass(frozen=True, slots=True)
class Product:
    """A product of an official list; `codes` are those that its packages are billed under."""

    name: str
    brand: str
    routes: frozenset[str] = frozenset()
    other_ways: bool = True
    sort: str = ""
    kind: str = ""
    marketing: str = ""
    codes: Mapping[str, Dosage | None] | None = None


class Names:
    """Takes products and adds the names that a note may hold and the shipped tables do not.

    A name is left out that is short, is a word of another table, or holds a name that is known already: the
    known one goes on being found. A brand stands for its substance where that bills alike: its packages do,
    or it is sold as a generic. Else it is a substance of its own, coded only where the crosswalk codes it.
    """

    def __init__(self, formulary: Formulary, rows: NewRows, source: str) -> None:
        self._formulary = formulary
        self._rows = rows
        self._source = source
        self._known = Scanner(surfaces("drugs.csv", "drug", formulary.surfaces()))
        self._own_codes = {name: {code.code for code in codes} for name, codes in formulary.codes().items()}

    def take(self, products: Iterable[Product]) -> None:
        """Add the names of some products."""
        for product in filter(_told_in_notes, products):
            generic = self._formulary.surfaces().get(product.name)
            if generic is None and self._new(product.name):
                self._substance(product.name, product)
            if product.brand and product.brand != product.name and self._new(product.brand):
                self._brand(product, generic)

    def coded(self, said: Text, brands: Container[str]) -> None:
        """Add the substance and the brand that the text of a code names.

        What stands in brackets behind a known substance may be its maker: it is a brand if the crosswalk has
        it among `brands`.
        """
        if said.name not in self._formulary.surfaces() and self._new(said.name):
            self._substance(said.name, Product(said.name, ""))
        name = self._formulary.surfaces().get(said.name, said.name)
        new = name in self._rows.substances and not said.by_maker and said.brand not in _table()["not_brands"]
        if (new or (name in self._formulary.substances() and said.brand in brands)) and self._new(said.brand):
            self._surface(said.brand, name)

    def _new(self, name: str) -> bool:
        if name in self._rows.surfaces or not _SHAPE.fullmatch(name) or name in _other_words():
            return False
        return _SHORTEST <= len(name) <= _LONGEST and not self._known.scan(fold(name))

    def _brand(self, product: Product, generic: str | None) -> None:
        if generic is None and product.name in self._rows.surfaces:
            self._surface(product.brand, product.name)
        elif generic is not None and self._bills_alike(product, generic):
            self._surface(product.brand, generic)
        else:
            self._substance(product.brand, product, self._formulary.substances().get(generic or ""))

    def _bills_alike(self, product: Product, generic: str) -> bool:
        if product.codes:
            return set(product.codes) <= self._own_codes.get(generic, set())
        return product.marketing.upper().startswith(_SAME_AS_GENERIC)

    def _substance(self, name: str, product: Product, like: Substance | None = None) -> None:
        category, family = (like.category, like.admin_family) if like else class_of(product)
        cells = {
            "name": name, "category": category, "form": form_of(product),
            "usual_route": _usual(product.routes), "admin_family": family, "source": self._source,
        }  # fmt: skip
        self._rows.substances[name] = Row(self._source, 0, cells)
        self._surface(name, name)
        coded = {code: unit for code, unit in (product.codes or {}).items() if unit}
        if len(coded) == 1:
            [(code, unit)] = coded.items()
            self._rows.codes.setdefault(name, [code_row(name, code, unit, "", "", "", self._source, 0)])

    def _surface(self, written: str, name: str) -> None:
        cells = {"surface": written, "name": name, "source": self._source}
        self._rows.surfaces[written] = Row(self._source, 0, cells)


def _told_in_notes(product: Product) -> bool:
    sort, marketing = product.sort.upper(), product.marketing.upper()
    known = not sort or any(sort.startswith(word) for word in _table()["sorts"])
    return known and not any(word in marketing for word in _table()["not_marketed"])


def form_of(product: Product) -> str:
    """Return how a substance is given: by needle alone, into a vein alone, or in other ways too.

    Examples
    --------
    >>> form_of(Product("a", "b", frozenset({"SC"}), other_ways=False)), form_of(Product("a", "b"))
    ('needle', 'either')
    """
    approved = not product.marketing or product.marketing.upper().startswith(tuple(_table()["approved"]))
    if product.other_ways or not approved or not product.routes or not product.routes <= _NEEDLE:
        return "either"
    return "iv" if product.routes <= _VEIN else "needle"


def _usual(routes: frozenset[str]) -> str:
    return next(iter(routes)) if len(routes) == 1 and routes <= ROUTES else ""


def class_of(product: Product) -> tuple[str, str]:
    """Return the category of a new substance and the family of its administration, by `classes.toml`.

    Examples
    --------
    >>> class_of(Product("zyxtrimab-abcd", "")), class_of(Product("x", "", sort="VACCINE"))
    (('biologic', 'VARIES'), ('vaccine', 'VAX'))
    """
    told = {"sort": product.sort, "class": product.kind, "name": product.name}
    for entry in _table()["class"]:
        if re.search(entry["pattern"], told[entry["where"]], re.IGNORECASE):
            return entry["category"], entry["family"]
    return ("biologic", "VARIES") if product.marketing.upper() == "BLA" else ("other", "")


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(
        (resources.files("deltoid.service.terms") / "classes.toml").read_text(encoding="utf-8")
    )


@cache
def _other_words() -> frozenset[str]:
    tables = (
        lexicon.routes(), lexicon.sites(), lexicon.conditions(), lexicon.credentials(), lexicon.units(),
        lexicon.sections(), lexicon.numbers(), lexicon.sides(), cues.status_cues(),
    )  # fmt: skip
    return frozenset(word for table in tables for word in table) | {c.surface for c in cues.encounter_cues()}
