"""The policy in force for one payer on one day: the rules and parameters that its files select.

Words, numbers, code lists and dates are in `deltoid/pipeline/policy/*.toml`; a payer's file extends another
and changes it by id.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import get_args

from deltoid.pipeline import policyfile
from deltoid.pipeline.official import Official
from deltoid.pipeline.policyfile import Entry, Layer, PolicyError, Source
from deltoid.pipeline.types import Disposition, Severity

WORDS: Mapping[str, tuple[str, ...]] = {
    "axis": ("coding", "entity", "coverage", "documentation", "line"),
    "outcome": (*get_args(Disposition), "pass"),
    "severity": get_args(Severity),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as the policy words it, in force on the policy's day."""

    id: str
    axis: str  # coding | entity | coverage | documentation | line
    outcome: str  # a disposition, or "pass"
    severity: Severity
    message: str
    source: str
    confidence: str
    read: date
    hard: bool = False
    element: str | None = None
    query: str | None = None
    starts: date | None = None
    ends: date | None = None
    uncertain: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules and parameters of one payer on one day; `digest` is of just these.

    `official` are the imported tables that the rules may look into; empty unless a site imported some.
    """

    payer: str
    day: date
    rules: Mapping[str, Rule]
    parameters: Mapping[str, object]
    digest: str
    official: Official = field(default_factory=Official)

    def parameter(self, name: str) -> object:
        """Return the value of a parameter, whatever its type.

        Raises
        ------
        PolicyError
            If the policy has no such parameter.

        Examples
        --------
        >>> load("medicare", date(2026, 3, 2)).parameter("jwjz_required")
        True
        """
        if name not in self.parameters:
            raise PolicyError(f"{self.payer}@{self.day}: no parameter {name!r}: define it in policy/base")
        return self.parameters[name]

    def flag(self, name: str) -> bool:
        """Return a parameter that is true or false."""
        value = self.parameter(name)
        if not isinstance(value, bool):
            raise PolicyError(f"{self.payer}: parameter {name!r} is not true or false")
        return value

    def text(self, name: str) -> str:
        """Return a parameter that is one word, such as a code or a choice."""
        value = self.parameter(name)
        if not isinstance(value, str):
            raise PolicyError(f"{self.payer}: parameter {name!r} is not text")
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """Return a parameter that is a list of words or codes."""
        value = self.parameter(name)
        if not isinstance(value, list):
            raise PolicyError(f"{self.payer}: parameter {name!r} is not a list")
        return tuple(str(word) for word in value)

    def table(self, name: str) -> Mapping[str, str]:
        """Return a parameter that is a table from word to word."""
        value = self.parameter(name)
        if not isinstance(value, dict):
            raise PolicyError(f"{self.payer}: parameter {name!r} is not a table")
        return value


def known(overrides: Sequence[Mapping[str, object]] = ()) -> tuple[str, ...]:
    """Return the names of the payer profiles: the shipped ones and a site's own."""
    return tuple(sorted({*policyfile.payers(), *(str(o["payer"]) for o in overrides if "payer" in o)}))


def load(payer: str, day: date, overrides: Sequence[Mapping[str, object]] = ()) -> Policy:
    """Return the policy of one payer on one day.

    Parameters
    ----------
    payer : str
        A shipped profile such as ``commercial`` or ``medicare``, or a site's own.
    day : datetime.date
        The date of service.
    overrides : sequence of mapping, optional
        A site's own files as parsed TOML: each has ``payer``, its name, and ``extends``, what it changes.

    Returns
    -------
    Policy

    Raises
    ------
    PolicyError
        If the payer is unknown (the message lists those known), or an entry cannot be used.

    Examples
    --------
    >>> load("medicare", date(2026, 3, 2)).rules["G-12a"].outcome
    'not_supported'
    >>> load("acme", date(2026, 3, 2))
    Traceback (most recent call last):
    deltoid.pipeline.policyfile.PolicyError: unknown payer 'acme'; known are commercial, medicaid, ...
    """
    if not overrides:
        return _shipped(payer, day)
    own = {
        layer.name: layer for layer in (policyfile.layer(o, str(o.get("payer", "site"))) for o in overrides)
    }
    return _select(payer, day, own)


def _shipped(payer: str, day: date) -> Policy:
    """Return the policy of the period that holds `day`: nothing changes between two days of change."""
    changes = _changes(payer)
    return replace(_in_period(payer, changes[bisect_right(changes, day) - 1]), day=day)


@lru_cache(maxsize=64)
def _changes(payer: str) -> tuple[date, ...]:
    entries = [entry for layer in _lineage(payer, {}) for entry in layer.entries]
    ended = {entry.ends + timedelta(days=1) for entry in entries if entry.ends < date.max}
    return tuple(sorted({date.min, *(entry.starts for entry in entries), *ended}))


@lru_cache(maxsize=512)
def _in_period(payer: str, start: date) -> Policy:
    return _select(payer, start, {})


def _select(payer: str, day: date, own: Mapping[str, Layer]) -> Policy:
    chosen: dict[tuple[str, str], Entry] = {}
    for layer in reversed(_lineage(payer, own)):
        for entry in layer.on(day):
            before = chosen.get((entry.kind, entry.key))
            merged = {**before.fields, **entry.fields} if before else entry.fields
            chosen[entry.kind, entry.key] = Entry(entry.kind, entry.key, merged, entry.place)
    citable = {**policyfile.sources(), **{name: s for o in own.values() for name, s in o.sources.items()}}
    rules = {e.key: _rule(e, citable) for e in _sorted(chosen.values(), "rule")}
    parameters = {e.key: _value(e, citable) for e in _sorted(chosen.values(), "parameter")}
    return Policy(payer, day, rules, parameters, _digest(rules, parameters))


def _sorted(entries: Iterable[Entry], kind: str) -> list[Entry]:
    return sorted((e for e in entries if e.kind == kind), key=lambda e: e.key)


def _lineage(payer: str, own: Mapping[str, Layer]) -> list[Layer]:
    layers: list[Layer] = []
    name: str | None = payer
    while name and name != "base":
        layer = own.get(name) or policyfile.payers().get(name)
        if layer is None:
            names = sorted({*policyfile.payers(), *own})
            raise PolicyError(f"unknown payer {name!r}; known are {', '.join(names)}")
        if layer in layers:
            raise PolicyError(f"payer {name!r} extends itself: name the profile that it changes")
        layers.append(layer)
        name = layer.extends
    return [*layers, policyfile.base()]


def _rule(entry: Entry, citable: Mapping[str, Source]) -> Rule:
    names = {field.name for field in fields(Rule)}
    if unknown := set(entry.fields) - names:
        raise entry.refuse(f"unknown key {sorted(unknown)}")
    if missing := {"axis", "outcome", "severity", "message", "source", "confidence", "read"} - set(
        entry.fields
    ):
        raise entry.refuse(f"lacks {sorted(missing)}")
    for key, allowed in WORDS.items():
        if entry.fields[key] not in allowed:
            raise entry.refuse(f"{key} is {entry.fields[key]!r}; allowed are {', '.join(allowed)}")
    return Rule(**{**entry.fields, "source": _cited(entry, citable)})  # type: ignore[arg-type]


def _value(entry: Entry, citable: Mapping[str, Source]) -> object:
    if missing := {"value", "source", "confidence", "read"} - set(entry.fields):
        raise entry.refuse(f"lacks {sorted(missing)}")
    _cited(entry, citable)
    return entry.fields["value"]


def _cited(entry: Entry, citable: Mapping[str, Source]) -> str:
    ids = entry.fields["source"]
    if not isinstance(ids, list) or not ids or not set(ids) <= set(citable):
        raise entry.refuse(f"source is not a list of ids of sources.toml: {ids}")
    return "; ".join(f"{citable[i].title} [{i}]" for i in ids)


def _digest(rules: Mapping[str, Rule], parameters: Mapping[str, object]) -> str:
    content = {"rules": {key: asdict(rule) for key, rule in rules.items()}, "parameters": parameters}
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
