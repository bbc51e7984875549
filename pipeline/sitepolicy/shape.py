"""The keys that a site's file may hold, and of what kind their values are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from deltoid.pipeline.policies import WORDS

DATED: Mapping[str, type] = {"starts": date, "ends": date, "read": date}
CITED: Mapping[str, type] = {"source": list, "confidence": str, **DATED}
KEYS: Mapping[str, Mapping[str, type]] = {
    "top": {"payer": str, "extends": str, "read": date, "rule": list, "parameter": list, "source": dict},
    "rule": {
        "id": str, "axis": str, "outcome": str, "severity": str, "hard": bool, "element": str, "message": str,
        "query": str, "uncertain": str, **CITED,
    },
    "parameter": {"name": str, "value": object, **CITED},
    "source": {"tier": str, "title": str, "where": str, "read": date},
}  # fmt: skip
NAMED = {"rule": "id", "parameter": "name"}
CHOICES: Mapping[str, tuple[str, ...]] = {
    **WORDS,
    "confidence": ("V1", "V2", "T", "C"),
    "tier": ("O", "P", "S", "C", "W", "Q", "T"),
}
KINDS = {
    str: "text", bool: "true or false", int: "a whole number", list: "a list", dict: "a table",
    date: "a date, written as 2026-01-31 without quotes",
}  # fmt: skip


def misshapen(kind: str, fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield each key of a table that cannot stand, with what is wrong.

    Parameters
    ----------
    kind : str
        ``top``, ``rule``, ``parameter`` or ``source``.
    fields : mapping

    Yields
    ------
    tuple of str
        The key and the complaint.

    Examples
    --------
    >>> list(misshapen("rule", {"id": "G-08", "severty": "block", "hard": "yes"}))
    [('severty', "unknown key 'severty'; did you mean severity?"), ('hard', 'hard is not true or false')]
    """
    for key, value in fields.items():
        wanted = KEYS[kind].get(key)
        if wanted is None:
            yield key, f"unknown key {key!r}{meant(key, KEYS[kind])}"
        elif not is_kind(value, wanted):
            yield key, f"{key} is not {KINDS[wanted]}"
        elif key in CHOICES and value not in CHOICES[key]:
            yield key, f"{key} is {value!r}; allowed are {', '.join(CHOICES[key])}"


def is_kind(value: object, wanted: type) -> bool:
    """Return whether a value is of a kind; true is no number, and a time of day is no date.

    Examples
    --------
    >>> is_kind(True, int), is_kind(["a"], list)
    (False, True)
    """
    return wanted is object or type(value) is wanted


def meant(written: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    """Return a question for the known word that is nearest to one that is not known, or the list of all.

    Examples
    --------
    >>> meant("extend", ("extends", "read"))
    '; did you mean extends?'
    """
    near = get_close_matches(written, list(known), n=1, cutoff=0.7)
    if near:
        return f"; did you mean {near[0]}?"
    return f"; known are {', '.join(sorted(known))}" if len(known) < 20 else ""
