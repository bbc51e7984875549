"""What the note's drug words mean: written form → substance → kind, usual way in, codes by day.

Three tables are behind it: `drugs.csv` (written forms), `substances.csv` (what they stand for) and
`codes.csv` (drug codes). A site may lay tables of its own over the shipped ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from deltoid.pipeline import dated_codes
from deltoid.pipeline.dated_codes import DrugCode
from deltoid.pipeline.drug_kinds import ALLOWED
from deltoid.pipeline.tabular import Row, read
from deltoid.pipeline.types import Quantity

SURFACE_COLUMNS = ("surface", "name", "source")
SUBSTANCE_COLUMNS = ("name", "category", "form", "usual_route", "admin_family", "source")


@dataclass(frozen=True, slots=True)
class Substance:
    """A substance as far as its code distinguishes it.

    `form` says how it is given in practice: ``needle``, ``iv``, ``local``, ``either`` (other ways too),
    ``word`` (a class word that needs needle words beside it) or ``never``. `usual_route` is what a coder
    would presume, empty where that differs. `admin_family` is the kind of administration code it leads to.
    """

    name: str
    category: str
    form: str
    usual_route: str = ""
    admin_family: str = ""


@dataclass(frozen=True, slots=True)
class Formulary:
    """Written forms, substances and codes, checked against each other.

    Examples
    --------
    >>> shipped = Formulary.shipped()
    >>> shipped.surfaces()["depo-medrol"], shipped.substances()["ceftriaxone"].category
    ('methylprednisolone acetate', 'antibiotic')
    >>> [code.code for code in shipped.codes_on("methylprednisolone acetate", date(2025, 3, 1))]
    ['J1010']
    """

    _substances: Mapping[str, Substance]
    _surfaces: Mapping[str, str]
    _codes: Mapping[str, tuple[DrugCode, ...]]

    @classmethod
    def shipped(cls) -> Formulary:
        """Return the formulary that comes with the package, read once.

        Raises
        ------
        TableError
            If a shipped table is faulty; the message names file, line and column.
        """
        return _shipped()

    @classmethod
    def of(cls, substances: Iterable[Row], surfaces: Iterable[Row], codes: Iterable[Row]) -> Formulary:
        """Return the formulary of some rows of the three tables.

        Raises
        ------
        TableError
            If a row cannot be used; the message names file, line and column.
        """
        known = _index_substances(substances)
        return cls(known, _index_surfaces(surfaces, known), dated_codes.index(codes, known))

    def with_tables(
        self, substances: Iterable[Row] = (), surfaces: Iterable[Row] = (), codes: Iterable[Row] = ()
    ) -> Formulary:
        """Return a formulary with a site's rows laid over these.

        Parameters
        ----------
        substances, surfaces, codes : iterable of Row
            With the columns of the shipped tables. A substance or a written form replaces the one of the
            same name; the codes of a substance replace all codes that it had.

        Returns
        -------
        Formulary

        Raises
        ------
        TableError
            If a row cannot be used; the message names file, line and column.
        """
        known = {**self._substances, **_index_substances(substances)}
        return Formulary(
            known,
            {**self._surfaces, **_index_surfaces(surfaces, known)},
            {**self._codes, **dated_codes.index(codes, known)},
        )

    def substances(self) -> Mapping[str, Substance]:
        """Return the substances by name."""
        return self._substances

    def surfaces(self) -> Mapping[str, str]:
        """Return the written forms, in lower case, with the name each stands for."""
        return self._surfaces

    def codes(self) -> Mapping[str, tuple[DrugCode, ...]]:
        """Return all codes of each substance, whatever the day."""
        return self._codes

    def codes_on(self, name: str, day: date, dose: Quantity | None = None) -> tuple[DrugCode, ...]:
        """Return the codes of a substance that are in force on a day.

        Parameters
        ----------
        name : str
            A name of `substances.csv`; one without codes, or not known, has none.
        day : date
            The day of service.
        dose : Quantity, optional
            The dose given. Where the code depends on it and it is not known, all that could be meant come
            back.

        Returns
        -------
        tuple of DrugCode
            Those for every maker first; a code reserved for one maker, brand or presentation tells it in
            `maker`.

        Examples
        --------
        >>> [code.code for code in Formulary.shipped().codes_on("pegfilgrastim", date(2021, 12, 31))]
        ['J2505']
        """
        found = (code for code in self._codes.get(name, ()) if code.in_force(day) and code.fits(dose))
        return tuple(sorted(found, key=lambda code: bool(code.maker)))


@cache
def _shipped() -> Formulary:
    return Formulary.of(
        read("substances.csv", SUBSTANCE_COLUMNS),
        read("drugs.csv", SURFACE_COLUMNS),
        read("codes.csv", dated_codes.COLUMNS),
    )


def _index_substances(rows: Iterable[Row]) -> dict[str, Substance]:
    found: dict[str, Substance] = {}
    for row in rows:
        if not row["name"] or row["name"] in found:
            raise row.refuse("name", "is empty or stands in the table twice")
        for column, allowed in ALLOWED.items():
            if row[column] not in allowed:
                raise row.refuse(column, f"is none of {', '.join(sorted(allowed))}")
        found[row["name"]] = Substance(*(row[column] for column in SUBSTANCE_COLUMNS[:-1]))
    return found


def _index_surfaces(rows: Iterable[Row], known: Mapping[str, Substance]) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        if not row["surface"] or row["surface"] != row["surface"].lower():
            raise row.refuse("surface", "is empty or not in lower case")
        if row["surface"] in found:
            raise row.refuse("surface", "stands in the table twice")
        if row["name"] not in known:
            raise row.refuse("name", "is no substance of substances.csv")
        found[row["surface"]] = row["name"]
    return found
