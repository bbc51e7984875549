"""A parameter explained: what it sets, what may be chosen, and what each payer has it at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from deltoid.pipeline.explain.sources import Cited, cited
from deltoid.pipeline.explain.tables import rows
from deltoid.pipeline.policybook import PolicyBook


@dataclass(frozen=True, slots=True)
class Described:
    """What a parameter sets, in our words; `choices` is empty where anything of its kind may stand."""

    name: str
    sets: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """The value of a parameter with some payers, and its sources."""

    payers: tuple[str, ...]
    value: object
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class ParameterCard:
    """A parameter explained."""

    name: str
    sets: str
    choices: tuple[str, ...]
    day: date
    settings: tuple[Setting, ...]


@cache
def described() -> dict[str, Described]:
    """Return what is said of the parameters that a payer or a site may set.

    Examples
    --------
    >>> described()["split_dose_units"].choices
    ('each', 'one')
    """
    table = rows("parameters.csv", ("name", "choices", "sets", "source"))
    return {row["name"]: Described(row["name"], row["sets"], tuple(row["choices"].split())) for row in table}


def parameter_card(name: str, book: PolicyBook, day: date) -> ParameterCard | None:
    """Return what there is to say of a parameter; None where no payer has it.

    Examples
    --------
    >>> card = parameter_card("jwjz_required", PolicyBook(), date(2026, 3, 2))
    >>> [(setting.value, setting.payers[0]) for setting in card.settings]
    [(False, 'commercial'), (True, 'medicare')]
    """
    settings = _settings(name.lower(), book, day)
    if not settings:
        return None
    told = described().get(name.lower(), Described(name.lower(), "", ()))
    return ParameterCard(told.name, told.sets, told.choices, day, settings)


def _settings(name: str, book: PolicyBook, day: date) -> tuple[Setting, ...]:
    found: dict[str, tuple[object, list[str]]] = {}
    for payer in book.payers():
        parameters = book.policy(payer, day).parameters
        if name in parameters:
            found.setdefault(repr(parameters[name]), (parameters[name], []))[1].append(payer)
    ordered = sorted(found.values(), key=lambda each: -len(each[1]))
    return tuple(
        Setting(tuple(payers), value, _sources(name, payers, book, day)) for value, payers in ordered
    )


def _sources(name: str, payers: list[str], book: PolicyBook, day: date) -> tuple[Cited, ...]:
    """Return what the entry nearest to the first of these payers cites."""
    entries = [
        entry
        for layer in book.lineage(payers[0])
        for entry in layer.on(day)
        if (entry.kind, entry.key) == ("parameter", name) and "source" in entry.fields
    ]
    names = entries[0].fields["source"] if entries else []
    return cited("; ".join(f"[{each}]" for each in names), book) if isinstance(names, list) else ()
