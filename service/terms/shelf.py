"""The imported tables of one installation, loaded once; each encounter gets those of its day and payer."""

from __future__ import annotations

import hashlib
import json
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.official import Official, Package
from deltoid.pipeline.rulebook import Policy
from deltoid.pipeline.types import Context, RouteCode
from deltoid.service.terms import loading
from deltoid.service.terms.drugs import extended, source_of
from deltoid.service.terms.kinds import kinds
from deltoid.service.terms.schedule import Schedule
from deltoid.service.terms.versions import Version, Versions

_Table = TypeVar("_Table")
_MEDICARE = "medicare"


@dataclass(frozen=True, slots=True)
class Dated(Generic[_Table]):
    """The versions of one table that are in force, oldest day first."""

    versions: Sequence[tuple[date, str, _Table]] = ()

    def on(self, day: date) -> tuple[str, _Table] | None:
        """Return the last that holds on a day with what it is called; before all of them, the first."""
        if not self.versions:
            return None
        held = [entry for entry in self.versions if entry[0] <= day]
        _, title, table = held[-1] if held else self.versions[0]
        return (title if held else f"{title}, later than this service"), table


@dataclass(frozen=True)
class Shelf:
    """What is in force, loaded; `digest` changes with every import and rollback."""

    digest: str
    formulary: Formulary | None
    units: Mapping[str, Dated[Mapping[str, tuple[int, str]]]]
    edits: Mapping[str, Dated[loading.Pairs]]
    packages: Dated[Mapping[str, Package]]
    directory: str | None
    routes: Mapping[str, frozenset[RouteCode]]
    schedules: Dated[Schedule]
    drug_prices: Dated[Mapping[str, Decimal]]
    own_fees: Sequence[tuple[str, Decimal, str, date, date]]
    self_administered: Sequence[tuple[str, str, date, date]]

    def applied(self, policy: Policy, context: Context) -> Policy:
        """Return a policy with the tables of its day, for the claim and the payer of a context."""
        service = "-hospital" if context.claim == "facility" else ""
        ruled = policy.text("code_edits") == _MEDICARE
        units = self.units[f"mue{service}"].on(policy.day) if ruled else None
        edits = self.edits[f"ptp{service}"].on(policy.day) if ruled else None
        packages = self.packages.on(policy.day)
        told = {"mue": units, "ptp": edits, "asp-ndc": packages}
        named = {kind: found[0] for kind, found in told.items() if found and found[0]}
        official = Official(
            formulary=self.formulary,
            most_units=units[1] if units else None,
            pairs=edits[1] if edits else None,
            packages=packages[1] if packages else None,
            directory=self.directory is not None,
            routes=self.routes,
            fees=self._fees(policy, context),
            named={**named, **({"ndc": self.directory} if self.directory else {})},
        )
        return replace(policy, official=official, parameters=self._parameters(policy))

    def _fees(self, policy: Policy, context: Context) -> Mapping[str, Decimal]:
        own = {
            code: amount
            for code, amount, payer, starts, ends in sorted(self.own_fees, key=lambda row: row[2])
            if payer in ("", policy.payer) and starts <= policy.day <= ends
        }
        if policy.text("fee_schedule") != _MEDICARE or context.claim != "professional":
            return own
        schedule, drugs = self.schedules.on(policy.day), self.drug_prices.on(policy.day)
        inside = context.pos in policy.words("facility_pos_set")
        services = schedule[1].amounts(facility=inside) if schedule else {}
        return ChainMap(own, dict(services), dict(drugs[1] if drugs else {}))

    def _parameters(self, policy: Policy) -> Mapping[str, object]:
        names = [
            name
            for name, payer, starts, ends in self.self_administered
            if payer in ("", policy.payer) and starts <= policy.day <= ends
        ]
        if not names:
            return policy.parameters
        return {**policy.parameters, "sad_list": [*policy.words("sad_list"), *names]}


def shelf(versions: Versions, locality: str = "") -> Shelf | None:
    """Load what is in force, None where nothing is.

    Parameters
    ----------
    versions : Versions
    locality : str
        Contractor and number of the practice's place in the fee schedule; the national price if empty.

    Raises
    ------
    TableError
        If a version is not what was imported, or the fee schedule does not know the locality.
    """
    listed = {
        kind: tuple(_all(versions, kind, names)) for kind, names in versions.in_force().items() if names
    }
    if not listed:
        return None
    last = {kind: found[-1] for kind, found in listed.items()}
    formulary = extended(last)
    ndc = last.get("ndc")
    return Shelf(
        digest=_digest(listed),
        formulary=formulary,
        units={kind: _dated(listed.get(kind, ()), loading.most_units) for kind in ("mue", "mue-hospital")},
        edits={kind: _dated(listed.get(kind, ())[-1:], loading.pairs) for kind in ("ptp", "ptp-hospital")},
        packages=_packages(listed),
        directory=source_of(ndc) if ndc else None,
        routes=loading.routes(ndc) if ndc else {},
        schedules=_dated(listed.get("fees", ()), lambda version: Schedule(version, locality)),
        drug_prices=_dated(listed.get("asp-prices", ()), loading.drug_prices),
        own_fees=tuple(loading.own_fees(last["site-fees"])) if "site-fees" in last else (),
        self_administered=tuple(_self_administered(last.get("sad"), formulary or Formulary.shipped())),
    )


def _all(versions: Versions, kind: str, names: Sequence[str]) -> list[Version]:
    return [versions.version(kinds()[kind], name) for name in names]


def _dated(versions: Sequence[Version], load: Callable[[Version], _Table]) -> Dated[_Table]:
    return Dated(tuple((version.effective, source_of(version), load(version)) for version in versions))


def _packages(listed: Mapping[str, Sequence[Version]]) -> Dated[Mapping[str, Package]]:
    loaders = {"ndc": loading.directory, "rxnorm": loading.drug_packages}
    base = [load(listed[kind][-1]) for kind, load in loaders.items() if kind in listed]
    walks = [(v.effective, source_of(v), loading.crosswalk(v)) for v in listed.get("asp-ndc", ())]
    walks = walks or ([(date.min, "", {})] if base else [])
    return Dated(tuple((day, title, loading.together(walk, *base)) for day, title, walk in walks))


def _self_administered(
    version: Version | None, formulary: Formulary
) -> Iterator[tuple[str, str, date, date]]:
    named = {code.code: name for name, codes in formulary.codes().items() for code in codes}
    for name, code, payer, starts, ends in version.rows("drugs") if version else ():
        period = (loading.day(starts) or date.min, loading.day(ends) or date.max)
        for drug in {name, named.get(code, "")} - {""}:
            yield drug.lower(), payer, *period


def _digest(listed: Mapping[str, Sequence[Version]]) -> str:
    named = (version for _, versions in sorted(listed.items()) for version in versions)
    told = [f"{v.kind.name}/{v.name} {json.dumps(v.manifest['tables'], sort_keys=True)}" for v in named]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
