"""Our frozen values as plain ones and back: what a Doc carries through bytes, DocBin and worker processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from deltoid.pipeline import types
from deltoid.pipeline.types import EncounterFacts, Injection

_KIND = "_"  # the key under which a plain value says what it was
Plain = Mapping[str, Any]


def dump(injections: Sequence[Injection], facts: EncounterFacts) -> Plain:
    """Return injections and facts as dicts, lists and strings.

    Parameters
    ----------
    injections : sequence of Injection
    facts : EncounterFacts

    Returns
    -------
    Mapping of str
        What JSON and msgpack can write; empty fields are left out.

    Examples
    --------
    >>> dump([Injection("e1", "ordered")], EncounterFacts())["injections"]
    [{'_': 'Injection', 'id': 'e1', 'status': 'ordered', 'by_other_entity': False}]
    """
    return {"injections": [_plain(i) for i in injections], "facts": _plain(facts)}


def load(data: Plain) -> tuple[tuple[Injection, ...], EncounterFacts]:
    """Return what `dump` was given.

    Parameters
    ----------
    data : Mapping of str

    Returns
    -------
    tuple of tuple of Injection and EncounterFacts

    Examples
    --------
    >>> load(dump([Injection("e1", "ordered")], EncounterFacts()))[0][0].id
    'e1'
    """
    return tuple(_value(i) for i in data["injections"]), _value(data["facts"])


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        shown = {
            f.name: _plain(getattr(value, f.name))
            for f in fields(value)
            if getattr(value, f.name) not in (None, ())
        }
        return {_KIND: type(value).__name__, **shown}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return {_KIND: "Decimal", "value": str(value)}
    if isinstance(value, date):
        return {_KIND: "date", "value": value.isoformat()}
    return value


def _value(data: Any) -> Any:
    if isinstance(data, (list, tuple)):
        return tuple(_value(item) for item in data)
    if not isinstance(data, Mapping):
        return data
    kind = data[_KIND]
    if kind == "Decimal":
        return Decimal(data["value"])
    if kind == "date":
        return date.fromisoformat(data["value"])
    return getattr(types, kind)(**{name: _value(item) for name, item in data.items() if name != _KIND})
