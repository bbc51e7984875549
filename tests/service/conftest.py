"""A small engine that is quick to make: what the service does does not depend on how well it reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
import spacy
from spacy.language import Language

from deltoid.pipeline.rulebook import Case, Policy
from deltoid.pipeline.types import (
    Answers,
    ClaimCheck,
    ClaimLine,
    Decision,
    Drug,
    EncounterFacts,
    Finding,
    Injection,
    Judgement,
    Mention,
    Quantity,
    Redirect,
    Route,
    Visit,
)
from deltoid.service.engine import Engine
from deltoid.service.problems import ItemError

TODAY = date(2026, 11, 21)
WORDS = re.compile(r"(?P<drug>Toradol|Zyxtril) (?P<dose>(?P<number>[\d.]+) mg)(?: (?P<route>IM))?")
DAY = re.compile(r"DOS (\d{4}-\d\d-\d\d)")


def mention(found: re.Match[str], label: str) -> Mention:
    return Mention(label, found.start(label), found.end(label), found[label])


def extract(
    nlp: Language, text: str, day: date | None = None
) -> tuple[tuple[Injection, ...], EncounterFacts]:
    """Read two drugs, and fail as code fails, with words of the note in the exception."""
    nlp(text)
    if "BREAK" in text:
        raise KeyError(text)
    events = tuple(
        Injection(
            f"e{number}",
            "administered",
            drug=Drug(mention(found, "drug"), "ketorolac", "nsaid"),
            dose=Quantity(mention(found, "dose"), Decimal(found["number"]), "mg"),
            route=Route("IM", mention(found, "route")) if found["route"] else None,
        )
        for number, found in enumerate(WORDS.finditer(text), 1)
    )
    day = DAY.search(text)
    return events, EncounterFacts(date_of_service=date.fromisoformat(day[1]) if day else None)


def draft(case: Case) -> tuple[ClaimCheck, ...] | None:
    """Expect one unit of 96372 in the place of every draft line."""
    if case.context.claim_lines is None:
        return None
    expected = ClaimLine("96372", 1)
    return tuple(
        ClaimCheck(number, "units", expected, 1 - line.units, Decimal("-27.40"), "U-01", "4")
        for number, line in enumerate(case.context.claim_lines, 1)
    )


def assess(case: Case) -> Decision:
    """Support what has a route and ask for one where there is none."""
    with_route = tuple(event.id for event in case.events if event.route)
    return Decision(
        outcome="supported" if with_route else "query" if case.events else "not_supported",
        judgements=tuple(
            Judgement(e.id, Answers(), "supported" if e.route else "query", "96372" if e.route else None)
            for e in case.events
        ),
        lines=(ClaimLine("96372", len(with_route), (), with_route),) if with_route else (),
        em=Visit(case.context.em_code, ("25",)) if case.context.em_code else None,
        redirects=(Redirect("90471", with_route, "R-01"),) if "vaccine" in case.text else (),
        missing=() if with_route else ("route",),
        findings=tuple(
            Finding("G-08", "query", "The route is not written.", "a manual", (date(2005, 1, 1), None), True,
                    "route", "By which route was it given?", (e.id,), (e.drug.mention,))
            for e in case.events if e.drug and not e.route
        ),
        claim=draft(case),
    )  # fmt: skip


def load_policy(payer: str, day: date) -> Policy:
    return Policy(payer, day, {}, {}, "d1ge57")


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine(
        nlp=spacy.blank("en"),
        extract=extract,
        load_policy=load_policy,
        payers=("commercial", "medicare"),
        assess=assess,
        models={"extraction": None, "eligibility": None},
    )


@pytest.fixture
def refused() -> Callable[[Callable[[], object]], ItemError]:
    """Return a helper that calls a function and returns the error that it raises."""

    def caught(call: Callable[[], object]) -> ItemError:
        with pytest.raises(ItemError) as error:
            call()
        assert error.value.kind.title
        return error.value

    return caught
