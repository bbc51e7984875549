"""The vocabulary of clinical notes as typed, cached mappings: what a written form stands for.

Each function reads one table of :mod:`deltoid.pipeline.tables` once, at its first call. Keys are surfaces in
lower case, as the scanner looks them up; a row that cannot be used is refused with its file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import TypeVar, get_args

from deltoid.pipeline import tabular
from deltoid.pipeline.forms import ConditionKind, Place, RouteForm, RouteWord, Section, Unit, UnitKind
from deltoid.pipeline.tabular import Row
from deltoid.pipeline.types import Device, Laterality, Target

_Value = TypeVar("_Value")


@cache
def routes() -> Mapping[str, RouteForm]:
    """Return every written form of a way in, and of ways that are not by needle.

    Returns
    -------
    Mapping of str to RouteForm
        By surface in lower case.

    Raises
    ------
    TableError
        If routes.csv holds a code, target or device that the contract does not know.

    Examples
    --------
    >>> routes()["iv push"].code, routes()["by mouth"].code
    ('IV_PUSH', 'NOT_NEEDLE')
    """
    return _load("routes.csv", ("code", "target", "device"), _route)


@cache
def sites() -> Mapping[str, Place]:
    """Return the anatomical places of a needle, without words for the side.

    Returns
    -------
    Mapping of str to Place
        By surface in lower case.

    Raises
    ------
    TableError
        If sites.csv holds an empty place or a target that the contract does not know.

    Examples
    --------
    >>> sites()["delts"]
    Place(place='deltoid', target='muscle')
    """
    return _load("sites.csv", ("place", "target"), _place)


@cache
def units() -> Mapping[str, Unit]:
    """Return the units of doses, volumes, strengths and rates.

    Returns
    -------
    Mapping of str to Unit
        By surface in lower case.

    Raises
    ------
    TableError
        If units.csv holds an unknown kind or a factor that is not a positive decimal.

    Examples
    --------
    >>> units()["gm"].factor, units()["gm"].base
    (Decimal('1000'), 'mg')
    """
    return _load("units.csv", ("unit", "kind", "factor", "base"), _unit)


@cache
def sections() -> Mapping[str, Section]:
    """Return the headings of notes, without their colon, and the section that each opens.

    Returns
    -------
    Mapping of str to Section
        By heading in lower case.

    Raises
    ------
    TableError
        If sections.csv names a section that is not in :data:`~deltoid.pipeline.forms.Section`.

    Examples
    --------
    >>> sections()["emergency department course"]
    'ed_course'
    """
    return _load("sections.csv", ("section",), lambda row: _word(row, "section", get_args(Section)))


@cache
def conditions() -> Mapping[str, ConditionKind]:
    """Return the diseases, symptoms and purposes for which injections are given.

    Returns
    -------
    Mapping of str to ConditionKind
        By surface in lower case.

    Raises
    ------
    TableError
        If conditions.csv holds another kind than disease, symptom or purpose.

    Examples
    --------
    >>> conditions()["dvt prophylaxis"]
    'purpose'
    """
    return _load("conditions.csv", ("kind",), lambda row: _word(row, "kind", get_args(ConditionKind)))


@cache
def credentials() -> Mapping[str, str]:
    """Return the credentials and professions of those who give injections, in our word.

    Returns
    -------
    Mapping of str to str
        By surface in lower case.

    Raises
    ------
    TableError
        If credentials.csv holds a row without its credential.

    Examples
    --------
    >>> credentials()["registered nurse"]
    'RN'
    """
    return _load("credentials.csv", ("credential",), lambda row: _filled(row, "credential"))


@cache
def sides() -> Mapping[str, Laterality]:
    """Return the words and letters for left, right and both sides.

    Returns
    -------
    Mapping of str to Laterality
        By surface in lower case.

    Raises
    ------
    TableError
        If sides.csv holds another side than left, right or bilateral.

    Examples
    --------
    >>> sides()["lt"]
    'left'
    """
    return _load("sides.csv", ("side",), lambda row: _word(row, "side", get_args(Laterality)))


@cache
def numbers() -> Mapping[str, Decimal]:
    """Return the numbers that notes write in words or as fractions.

    Returns
    -------
    Mapping of str to Decimal
        By surface in lower case.

    Raises
    ------
    TableError
        If numbers.csv holds a value that is not a positive decimal.

    Examples
    --------
    >>> numbers()["one and a half"]
    Decimal('1.5')
    """
    return _load("numbers.csv", ("value",), lambda row: row.positive("value"))


def _load(name: str, columns: Sequence[str], make: Callable[[Row], _Value]) -> Mapping[str, _Value]:
    found: dict[str, _Value] = {}
    for row in tabular.read(name, ["surface", *columns, "source"]):
        surface = row["surface"]
        if not surface or surface != surface.lower():
            raise row.refuse("surface", "is empty or not in lower case")
        if surface in found:
            raise row.refuse("surface", "stands in the table twice")
        found[surface] = make(row)
    return MappingProxyType(found)


def _route(row: Row) -> RouteForm:
    code = _word(row, "code", get_args(RouteWord))
    return RouteForm(code, _maybe(row, "target", get_args(Target)), _maybe(row, "device", get_args(Device)))


def _place(row: Row) -> Place:
    return Place(_filled(row, "place"), _maybe(row, "target", get_args(Target)))


def _unit(row: Row) -> Unit:
    kind = _word(row, "kind", get_args(UnitKind))
    return Unit(_filled(row, "unit"), kind, row.positive("factor"), _filled(row, "base"))


def _word(row: Row, column: str, words: Sequence[_Value]) -> _Value:
    for word in words:
        if word == row[column]:
            return word
    raise row.refuse(column, f"is none of {', '.join(map(str, words))}")


def _maybe(row: Row, column: str, words: Sequence[_Value]) -> _Value | None:
    return _word(row, column, words) if row[column] else None


def _filled(row: Row, column: str) -> str:
    if not row[column]:
        raise row.refuse(column, "is empty")
    return row[column]
