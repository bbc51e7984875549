"""What can be wrong with one rule or parameter of a site's file, beyond its keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from deltoid.pipeline.explain.parameters import described
from deltoid.pipeline.explain.register import IN_POLICY, registered
from deltoid.pipeline.policybook import PolicyBook
from deltoid.pipeline.policyfile import Entry, Layer
from deltoid.pipeline.sitepolicy.shape import KINDS, is_kind, meant

WHOLE_RULE = ("axis", "outcome", "severity", "message")
Fault = tuple[str, str]
"""The key that it is about, and what is wrong."""


@dataclass(frozen=True)
class Known:
    """What a site's file may refer to."""

    layers: tuple[Layer, ...]
    extended: tuple[Layer, ...]
    sources: frozenset[str]
    read: bool

    @classmethod
    def of(cls, content: Mapping[str, object], book: PolicyBook) -> Known:
        """Return what the file with this content may refer to, beside the policies of `book`."""
        own = content.get("source")
        return cls(
            layers=book.layers(),
            extended=book.lineage(str(content.get("extends"))),
            sources=frozenset((*book.sources(), *(own if isinstance(own, dict) else ()))),
            read="read" in content,
        )

    def entries(self, kind: str, name: str) -> list[Entry]:
        """Return everything that the policies say under one id, whatever the payer and day."""
        return [e for layer in self.layers for e in layer.entries if (e.kind, e.key) == (kind, name)]

    def names(self, kind: str) -> tuple[str, ...]:
        """Return all ids of a kind."""
        return tuple({e.key: None for layer in self.layers for e in layer.entries if e.kind == kind})

    def inherits(self, kind: str, name: str) -> bool:
        """Return whether the extended profile has this id; one that is not known may have any."""
        return not self.extended or any(
            (e.kind, e.key) == (kind, name) for layer in self.extended for e in layer.entries
        )


def faults(kind: str, name: str, fields: Mapping[str, object], known: Known) -> Iterator[Fault]:
    """Yield what is wrong with one entry.

    Parameters
    ----------
    kind : str
        ``rule`` or ``parameter``.
    name : str
        Its id or name.
    fields : mapping
    known : Known

    Yields
    ------
    tuple of str
        The key that it is about, and the complaint.

    Examples
    --------
    >>> known = Known.of({"extends": "commercial", "read": 1}, PolicyBook())
    >>> entry = {"name": "site_required", "value": "yes", "source": ["NOR-DOC"], "confidence": "V1"}
    >>> list(faults("parameter", "site_required", entry, known))
    [('value', 'value is not true or false')]
    """
    if not known.entries(kind, name):
        yield _unknown(kind, name, known)
        return
    yield from _authority(fields, known)
    yield from _rule(name, fields, known) if kind == "rule" else _parameter(name, fields, known)


def _unknown(kind: str, name: str, known: Known) -> Fault:
    key = "id" if kind == "rule" else "name"
    listed = registered(name) if kind == "rule" else None
    if listed and listed.state != IN_POLICY:
        return key, f"no rule of the policy: {listed.state}"
    return key, f"no {kind} has this name{meant(name, known.names(kind))}"


def _authority(fields: Mapping[str, object], known: Known) -> Iterator[Fault]:
    for key in ("source", "confidence"):
        if key not in fields:
            yield "id", f"{key} is missing: what differs from a shipped profile needs an authority of its own"
    if not known.read and "read" not in fields:
        yield "id", "read is missing: the day on which the source was last seen, here or for the whole file"
    cited = fields.get("source")
    if isinstance(cited, list):
        if not cited:
            yield "source", "source is empty: name at least one"
        for name in cited:
            if str(name) not in known.sources:
                yield (
                    "source",
                    f"unknown source {name!r}: name one of `deltoid rules sources`, or add [source.{name}]",
                )


def _rule(name: str, fields: Mapping[str, object], known: Known) -> Iterator[Fault]:
    missing = [key for key in WHOLE_RULE if key not in fields]
    if missing and not known.inherits("rule", name):
        yield "id", f"the extended profile does not have this rule: say {', '.join(missing)} here"
    places = {
        place
        for entry in known.entries("rule", name)
        for key in ("message", "query")
        for place in _fillings(str(entry.fields.get(key, "")))
    }
    for key in ("message", "query", "uncertain"):
        yield from _wording(key, fields.get(key), places)


def _wording(key: str, said: object, places: set[str]) -> Iterator[Fault]:
    if not isinstance(said, str):
        return
    try:
        unknown = _fillings(said) - places
    except ValueError:
        yield key, f"{key}: a brace stands alone: write {{{{ for one"
        return
    for place in sorted(unknown):
        known = ", ".join(f"{{{each}}}" for each in sorted(places)) or "none"
        yield key, f"{key}: {{{place}}} is not filled by this rule; known are {known}"


def _fillings(text: str) -> set[str]:
    return {place for _, place, _, _ in Formatter().parse(text) if place is not None}


def _parameter(name: str, fields: Mapping[str, object], known: Known) -> Iterator[Fault]:
    if "value" not in fields:
        yield "name", "value is missing"
        return
    value, shipped = fields["value"], [entry.fields["value"] for entry in known.entries("parameter", name)]
    wanted = type(shipped[0])
    choices = described()[name].choices if name in described() else ()
    if not is_kind(value, wanted):
        yield "value", f"value is not {KINDS[wanted]}"
    elif choices and value not in choices:
        yield "value", f"value is {value!r}; allowed are {', '.join(choices)}"
    elif any(not is_kind(each, str) for each in _members(value, shipped)):
        yield "value", "value: write each word, code and amount in it in quotes"


def _members(value: object, shipped: list[object]) -> list[object]:
    nested = any(
        isinstance(part, list) for each in shipped if isinstance(each, dict) for part in each.values()
    )
    if nested:
        return []
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
