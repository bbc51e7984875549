"""Hand-made encounters: a table row in, a `Case` out, every slot a true span of the made-up text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from deltoid.pipeline import nlp
from deltoid.pipeline.assess import assess
from deltoid.pipeline.official import Official
from deltoid.pipeline.rulebook import Case, load
from deltoid.pipeline.types import (
    Context,
    Decision,
    DraftLine,
    Drug,
    EncounterFacts,
    Injection,
    Mention,
    Person,
    Quantity,
    Reason,
    Route,
    Site,
)  # fmt: skip

PLAIN: dict[str, Any] = {
    "drug": "ketorolac", "category": "nsaid", "dose": "60 mg", "route": "IM", "site": "left deltoid",
    "by": "RN Lee", "reason": "low back pain", "container": "single-dose vial", "ndc": "00409-3795-01",
    "status": "administered",
}  # fmt: skip
DAY = date(2026, 3, 2)
TODAY = date(2026, 11, 21)
AMOUNTS = ("dose", "volume", "waste", "labelled_amount")
PEOPLE = {"by": "given_by", "ordered_by": "ordered_by", "supervised_by": "supervised_by"}
CONTEXT = (
    "pos", "claim", "em_code", "new_patient", "supervision", "counselling", "global_period", "pregnant",
)  # fmt: skip
FACTS = ("order=present", "supervision=present", "signature=present")
MENTIONS = ("time", "lot", "ndc", "expiration", "response", "consent", "container", "drug_source")
PLAINLY = ("status", "doubt", "device", "target", "sticks")


class Builder:
    """Writes the note while it makes the mentions."""

    def __init__(self) -> None:
        self.text = ""

    def mention(self, label: str, text: str, norm: str = "") -> Mention:
        start = len(self.text)
        self.text += f"{text} "
        return Mention(label, start, start + len(text), text, "test", norm)

    def quantity(self, text: str) -> Quantity:
        value, _, unit = text.partition(" ")
        return Quantity(self.mention("dose", text), Decimal(value), unit)

    def person(self, text: str, credential: str | None = None) -> Person:
        return Person(self.mention("person", text), credential or text.split()[0])

    def injection(self, number: int, given: Mapping[str, Any]) -> Injection:
        row = {key: value for key, value in {**PLAIN, **given}.items() if value not in ("", None)}
        made: dict[str, Any] = {"id": row.get("id", f"e{number}")}
        made |= {key: row[key] for key in PLAINLY if key in row}
        made |= {key: self.mention(key, *row[key].split("|")) for key in MENTIONS if key in row}
        made |= {key: self.quantity(row[key]) for key in AMOUNTS if key in row}
        made |= {key: self.person(row[word]) for word, key in PEOPLE.items() if word in row}
        made |= self.drug_and_route(row) | self.places(row)
        made["necessity"] = (Reason(self.mention("reason", row["reason"])),) if "reason" in row else ()
        made["by_other_entity"] = row.get("elsewhere", False)
        made["mixed_with"] = tuple(row.get("mixed_with", ()))
        made["evidence"] = tuple(self.mention("status", text) for text in row.get("evidence", ()))
        self.text += "\n"
        return Injection(**made)

    def drug_and_route(self, row: Mapping[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        if "drug" in row:
            name, _, text = row["drug"].partition("|")
            made["drug"] = Drug(self.mention("drug", text or name, name), name, row["category"])
        if "route" in row:
            code, _, text = row["route"].partition("|")
            made["route"] = Route(code, self.mention("route", text or code, code))
        return made

    def places(self, row: Mapping[str, Any]) -> dict[str, Any]:
        written = [place for place in (row.get("site"), *row.get("sites", [])) if place]
        sites = [Site(self.mention("site", *place.split("|"))) for place in written]
        return {"site": sites[0] if sites else None, "sites": tuple(sites[1:])}


def build(row: Mapping[str, Any]) -> Case:
    """Make the case of one row: `event` or `events`, `facts`, `without`, and any field of the context."""
    builder = Builder()
    events = row.get("events", [row.get("event", {})])
    made = tuple(builder.injection(number, event) for number, event in enumerate(events, 1))
    stated = [*(f for f in FACTS if f.split("=")[0] not in row.get("without", [])), *row.get("facts", [])]
    facts = [builder.mention(fact.split("=")[0], fact, fact.split("=")[1]) for fact in stated]
    context = known(row)
    policy = load(context.payer, row.get("day", DAY), row.get("overrides", ()))
    return Case(builder.text, made, EncounterFacts(tuple(facts)), context, policy)


def known(row: Mapping[str, Any]) -> Context:
    """Make the context of one row."""
    drafts = [DraftLine(code, (said,) if said else ()) for code, said in row.get("claim_lines", ())]
    return Context(
        payer=row.get("payer", "commercial"),
        date_of_service=row.get("day", DAY),
        claim_lines=tuple(drafts) or None,
        patient_age=Decimal(row["age"]) if "age" in row else None,
        same_day_procedures=tuple(row.get("procedures", ())),
        **{name: row[name] for name in CONTEXT if name in row},
    )


@pytest.fixture
def make_case() -> Callable[[Mapping[str, Any]], Case]:
    """Build hand-made cases."""
    return build


@pytest.fixture(scope="session")
def decide() -> Callable[..., Decision]:
    """Take a note with the context of a case file, and tables it may import, through the whole pipeline."""
    language = nlp.load()

    def decided(note: str, context: Mapping[str, Any], official: Official | None = None) -> Decision:
        given = {key: value for key, value in context.items() if value is not None}
        events, facts = nlp.extract(language, note)
        day = facts.date_of_service or TODAY
        origin = {"date_of_service": "note" if facts.date_of_service else "clock"}
        procedures = tuple(given.pop("same_day_procedures", ()))
        known = Context(**given, date_of_service=day, origin=origin, same_day_procedures=procedures)
        policy = replace(load(known.payer, day), official=official or Official())
        return assess(Case(note, events, facts, known, policy))

    return decided
