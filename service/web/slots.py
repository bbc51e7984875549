"""The fields of one event: which words of the note fill them, and what they are taken to mean."""

from __future__ import annotations

import re
from functools import singledispatch

from deltoid.pipeline.types import Drug, Injection, Mention, Person, Quantity, Reason, Route, Site, Strength
from deltoid.service.web.words import word

Filler = Drug | Quantity | Strength | Route | Site | Person | Reason | Mention


def fillers(event: Injection, slot: str) -> tuple[Filler, ...]:
    """Return what fills a field of an event: nothing, one value or several.

    Parameters
    ----------
    event : Injection
    slot : str
        The field's name; ``site`` includes the further sites.

    Returns
    -------
    tuple of Filler

    Examples
    --------
    >>> fillers(Injection("e1", "administered", route=Route("IM")), "route")
    (Route(code='IM', mention=None),)
    """
    value = getattr(event, slot)
    several = value if isinstance(value, tuple) else () if value is None else (value,)
    return tuple(dict.fromkeys((*several, *event.sites))) if slot == "site" else several


def mention(filler: Filler) -> Mention | None:
    """Return the words of the note behind a value; None where the note only implies it.

    Examples
    --------
    >>> mention(Route("INTRA_ARTICULAR")) is None
    True
    """
    return filler if isinstance(filler, Mention) else filler.mention


@singledispatch
def meaning(filler: Filler) -> str:
    """Return what a value stands for, where that says more than the note's own words; else nothing.

    Raises
    ------
    TypeError
        For what no field of an event holds.

    Examples
    --------
    >>> meaning(Route("IM", Mention("route", 0, 2, "IM")))
    'into muscle'
    >>> meaning(Drug(Mention("drug", 0, 7, "Toradol"), "ketorolac"))
    'ketorolac'
    >>> meaning(Person(Mention("given_by", 0, 6, "Lee RN"), "RN"))
    ''
    """
    raise TypeError(f"no field of an event holds {type(filler).__name__}")


@meaning.register
def _(_filler: Mention) -> str:
    return ""


@meaning.register
def _(filler: Drug) -> str:
    return filler.name


@meaning.register
def _(filler: Quantity) -> str:
    return "" if filler.value is None else f"{filler.value:f} {filler.unit}"


@meaning.register
def _(filler: Strength) -> str:
    per = "" if filler.per_value == 1 else f"{filler.per_value:f} "
    return f"{filler.value:f} {filler.unit} in {per}{filler.per_unit}"


@meaning.register
def _(filler: Route) -> str:
    return word("route", filler.code)


@meaning.register
def _(filler: Site) -> str:
    return _beyond(filler.mention, filler.laterality or "")


@meaning.register
def _(filler: Person) -> str:
    return _beyond(filler.mention, filler.credential or "")


@meaning.register
def _(filler: Reason) -> str:
    return ", ".join(filler.icd10cm)


def _beyond(words: Mention, meant: str) -> str:
    return "" if meant.lower() in re.findall(r"\w+", words.text.lower()) else meant
