"""Drugs explained: what a name means, its codes with their days, and which code came before or after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from deltoid.pipeline.dated_codes import DrugCode
from deltoid.pipeline.formulary import Formulary, Substance


@dataclass(frozen=True, slots=True)
class CodeOfDrug:
    """One drug code for one substance, with the codes that served before and after it."""

    row: DrugCode
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrugCard:
    """A substance with the names it is written by and all its codes, those in force on the day first."""

    substance: Substance
    written: tuple[str, ...]
    day: date
    codes: tuple[CodeOfDrug, ...]


@dataclass(frozen=True, slots=True)
class DrugCodeCard:
    """A drug code with the substances that it stands for."""

    code: str
    day: date
    drugs: tuple[DrugCard, ...]


def drug_code_card(code: str, formulary: Formulary, day: date) -> DrugCodeCard | None:
    """Return what there is to say of a drug code; None where no substance has it.

    Examples
    --------
    >>> card = drug_code_card("J1040", Formulary.shipped(), date(2026, 3, 2))
    >>> [(drug.substance.name, drug.codes[0].after) for drug in card.drugs]
    [('methylprednisolone acetate', ('J1010',))]
    """
    found = []
    for name, codes in formulary.codes().items():
        if any(row.code == code for row in codes):
            card = _card(name, formulary, day)
            own = tuple(each for each in card.codes if each.row.code == code)
            found.append(DrugCard(card.substance, card.written, day, own))
    return DrugCodeCard(code, day, tuple(found)) if found else None


def drug_card(written: str, formulary: Formulary, day: date) -> DrugCard | None:
    """Return what there is to say of a drug by any name that it is written by.

    Parameters
    ----------
    written : str
        A generic, a brand or an abbreviation, in whichever case.
    formulary : Formulary
    day : datetime.date

    Returns
    -------
    DrugCard or None

    Examples
    --------
    >>> card = drug_card("Depo-Medrol", Formulary.shipped(), date(2026, 3, 2))
    >>> card.substance.name, card.codes[0].row.code
    ('methylprednisolone acetate', 'J1010')
    """
    word = written.strip().lower()
    by_name = {each.lower(): each for each in formulary.substances()}
    name = formulary.surfaces().get(word) or by_name.get(word)
    return _card(name, formulary, day) if name else None


def _card(name: str, formulary: Formulary, day: date) -> DrugCard:
    rows = formulary.codes().get(name, ())
    ordered = sorted(rows, key=lambda row: (not row.in_force(day), bool(row.maker), row.code))
    written = tuple(surface for surface, meant in formulary.surfaces().items() if meant == name)
    codes = tuple(CodeOfDrug(row, *_neighbours(row, rows)) for row in ordered)
    return DrugCard(formulary.substances()[name], written, day, codes)


def _neighbours(row: DrugCode, rows: Iterable[DrugCode]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes whose days end before this one begins, and those that begin after it ends."""
    others = [other for other in rows if other.code != row.code and (not other.maker or not row.maker)]
    before = (o.code for o in others if o.valid_to and row.valid_from and o.valid_to < row.valid_from)
    after = (o.code for o in others if row.valid_to and o.valid_from and o.valid_from > row.valid_to)
    return _once(before), _once(after)


def _once(codes: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
