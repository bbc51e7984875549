from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.lines import LineResult, build
from deltoid.pipeline.rulebook import Case, Policy, load
from deltoid.pipeline.types import (
    Answers,
    Context,
    Disposition,
    DraftLine,
    Drug,
    EncounterFacts,
    Finding,
    Injection,
    Judgement,
    Mention,
    Person,
    Quantity,
    Reason,
    Route,
    RouteCode,
    Site,
    Strength,
)

DAY = date(2026, 3, 2)


def words(label: str, text: str, norm: str = "", at: int = 0) -> Mention:
    return Mention(label, at, at + len(text), text, "test", norm)


@dataclass(frozen=True)
class Chart:
    """Builds events, cases and claims in few words; amounts are written as in a note ("30 mg")."""

    def event(
        self,
        id: str = "e1",  # noqa: A002
        drug: str | None = "ketorolac",
        dose: str | None = "30 mg",
        route: RouteCode | None = "IM",
        site: str | None = "left deltoid",
        at: int = 0,
        **slots: Any,
    ) -> Injection:
        event = Injection(
            id,
            "administered",
            drug=self.drug(drug, at) if drug else None,
            dose=self.amount(dose, at) if dose else None,
            route=Route(route, words("route", route, at=at)) if route else None,
            site=self.site(site, at) if site else None,
        )
        return replace(event, **slots)

    def drug(self, name: str, at: int = 0) -> Drug:
        substance = Formulary.shipped().substances().get(name)
        return Drug(words("drug", name, name, at), name, substance.category if substance else "")

    def amount(self, written: str, at: int = 0) -> Quantity:
        value, _, unit = written.partition(" ")
        return Quantity(words("dose", written, unit, at), Decimal(value), unit)

    def strength(self, written: str) -> Strength:
        value, _, unit = written.partition(" ")
        return Strength(words("strength", written), Decimal(value), unit)

    def site(self, written: str, at: int = 0) -> Site:
        side, _, place = written.rpartition(" ")
        laterality = {"left": "left", "right": "right", "bilateral": "bilateral"}.get(side)
        return Site(words("site", written, place, at), laterality)  # type: ignore[arg-type]

    def time(self, written: str) -> Mention:
        return words("time", written, "clock")

    def giver(self, name: str, credential: str) -> Person:
        return Person(words("given_by", name), credential)

    def fact(self, label: str, norm: str) -> Mention:
        return words(label, norm, norm)

    def reason(self, text: str) -> Reason:
        return Reason(words("necessity", text))

    def policy(self, payer: str = "commercial", day: date = DAY, **parameters: object) -> Policy:
        policy = load(payer, day)
        return replace(policy, parameters={**policy.parameters, **parameters})

    def case(
        self,
        *events: Injection,
        payer: str = "commercial",
        day: date = DAY,
        text: str = "",
        facts: Sequence[Mention] = (),
        parameters: Mapping[str, object] | None = None,
        **context: Any,
    ) -> Case:
        policy = self.policy(payer, day, **(parameters or {}))
        known = Context(payer=payer, date_of_service=day, **context)
        return Case(text, events, EncounterFacts(tuple(facts)), known, policy)

    def judged(
        self, event: str, code: str | None = "96372", disposition: Disposition = "supported", **answers: Any
    ) -> Judgement:
        return Judgement(event, Answers(**answers), disposition, code)

    def build(
        self,
        *events: Injection,
        judged: Mapping[str, Judgement] | None = None,
        findings: Sequence[Finding] = (),
        **known: Any,
    ) -> LineResult:
        """Build the claim; events without a judgement of their own are supported as 96372."""
        case = self.case(*events, **known)
        judgements = [(judged or {}).get(event.id) or self.judged(event.id) for event in events]
        return build(case, judgements, findings)

    def draft(self, code: str, units: int = 1, *modifiers: str, **known: Any) -> DraftLine:
        return DraftLine(code, modifiers, Decimal(units), **known)


@pytest.fixture
def chart() -> Chart:
    return Chart()
