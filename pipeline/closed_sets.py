"""Kinds of sections and of drugs that the extraction treats alike, and what a section weighs as a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import get_args

from deltoid.pipeline import tabular
from deltoid.pipeline.drug_kinds import CATEGORIES
from deltoid.pipeline.forms import Section
from deltoid.pipeline.tabular import TableError

SECTIONS = frozenset((*get_args(Section), "none"))


def section_set(name: str) -> frozenset[str]:
    """Return the kinds of sections of a set.

    Parameters
    ----------
    name : str
        A set of section_sets.csv.

    Raises
    ------
    TableError
        If the table has no such set, or a row's section is not one that sections.csv knows.

    Examples
    --------
    >>> "hpi" in section_set("told_before"), "plan" in section_set("told_before")
    (True, False)
    """
    return _named("section_sets.csv", "section", name)


def category_set(name: str) -> frozenset[str]:
    """Return the categories of drugs of a set.

    Parameters
    ----------
    name : str
        A set of category_sets.csv.

    Raises
    ------
    TableError
        If the table has no such set, or a row's category is not one that substances.csv may use.

    Examples
    --------
    >>> sorted(category_set("partner"))
    ['epinephrine', 'local_anaesthetic']
    """
    return _named("category_sets.csv", "category", name)


@cache
def section_weights() -> Mapping[str, float]:
    """Return how much a section speaks for (or against) a condition in it being the reason for a drug.

    Raises
    ------
    TableError
        If a row's section is unknown or its weight is no number.

    Examples
    --------
    >>> section_weights()["indication"] > 0 > section_weights()["family_history"]
    True
    """
    weights = {}
    for row in tabular.read("section_weights.csv", ["section", "weight", "source"]):
        _refuse_unknown(row, "section", SECTIONS)
        weights[row["section"]] = float(row.number("weight"))
    return weights


def _named(table: str, column: str, name: str) -> frozenset[str]:
    sets = _sets(table, column)
    if name not in sets:
        raise TableError(f"{table}: has no set {name!r}")
    return sets[name]


@cache
def _sets(table: str, column: str) -> Mapping[str, frozenset[str]]:
    known = {"section": SECTIONS, "category": CATEGORIES}[column]
    sets: dict[str, frozenset[str]] = {}
    for row in tabular.read(table, ["set", column, "source"]):
        _refuse_unknown(row, column, known)
        sets[row["set"]] = sets.get(row["set"], frozenset()) | {row[column]}
    return sets


def _refuse_unknown(row: tabular.Row, column: str, known: Collection[str]) -> None:
    if row[column] not in known:
        raise row.refuse(column, f"is none of {', '.join(sorted(known))}")
