"""The page's words for the values of the contract, read from ``words.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Label:
    """How a value is shown: its words, a tone (colour family) and an icon, which never stand alone."""

    title: str
    tone: str
    icon: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A field of an event as the page names it; `show` says what stands where the note is silent.

    ``always``: a row; ``named``: its title among the fields that are not in the note; ``found``: nothing.
    """

    name: str
    title: str
    tag: str
    hue: str
    show: str


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the checklist and the event's field that fills it, if one does."""

    name: str
    title: str
    slot: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((resources.files("deltoid.service.web") / "words.toml").read_text(encoding="utf-8"))


def label(kind: str, value: str) -> Label:
    """Return how `value` of `kind` is shown; an unknown value stands for itself.

    Parameters
    ----------
    kind : str
        ``outcome``, ``disposition``, ``severity``, ``line``, ``status`` or ``state``.
    value : str
        The value as the contract spells it.

    Returns
    -------
    Label

    Examples
    --------
    >>> label("outcome", "query").title
    'Ask first'
    """
    found = _table()[kind].get(value)
    return Label(**found) if found else Label(value, "other", "dash")


def word(kind: str, value: str | None) -> str:
    """Return the words for `value`, the value itself where there are none, and nothing for None.

    Examples
    --------
    >>> word("payer", "workers_comp"), word("payer", "acme"), word("payer", None)
    ("Workers' compensation", 'acme', '')
    """
    return "" if value is None else str(_table()[kind].get(value, value))


def words(kind: str) -> dict[str, str]:
    """Return all the values of `kind` with their words, in the order in which they are offered.

    Examples
    --------
    >>> list(words("answer"))
    ['coding', 'entity', 'coverage', 'documentation']
    """
    return dict(_table()[kind])


@cache
def slots() -> tuple[Slot, ...]:
    """Return the fields of an event in the order of the card.

    Examples
    --------
    >>> slots()[0].title
    'Drug'
    """
    return tuple(Slot(**each) for each in _table()["slot"])


@cache
def elements() -> tuple[Element, ...]:
    """Return the elements of the checklist in their order.

    Examples
    --------
    >>> elements()[4].slot
    'necessity'
    """
    return tuple(Element(**each) for each in _table()["element"])
