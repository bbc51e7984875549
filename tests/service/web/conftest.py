"""Reviews made by hand: what the page must show, without the engine that will find it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from deltoid.pipeline.types import (
    Answers,
    ClaimCheck,
    ClaimLine,
    Context,
    Decision,
    DraftLine,
    Drug,
    EncounterFacts,
    Finding,
    Injection,
    Judgement,
    Mention,
    Note,
    Person,
    Quantity,
    Reason,
    Redirect,
    Review,
    Route,
    Site,
    Visit,
)
from deltoid.service.web.routes import page_router

TEXT = (
    "\U0001f489 Nurse visit 03/02/2026\r\n"
    "Migraine since Friday. Toradol 60 mg and Phenergan 25 mg IM R deltoid, 09:12, J. Lee RN.\r\n"
    "\tTdap offered, patient declined.\r\n"
    "RTC prn.\r\n"
)


def said(label: str, words: str, norm: str = "") -> Mention:
    start = TEXT.index(words)
    return Mention(label, start, start + len(words), words, "hand", norm)


def given(number: int, drug: str, name: str, dose: str, value: int, **slots: Any) -> Injection:
    route, site = Route("IM", said("route", "IM")), Site(said("site", "R deltoid"), "right")
    return Injection(
        f"e{number}",
        "administered",
        drug=Drug(said("drug", drug), name),
        dose=Quantity(said("dose", dose), Decimal(value), "mg"),
        route=route,
        site=site,
        target="muscle",
        device="needle",
        sticks=1,
        given_by=Person(said("person", "J. Lee RN"), "RN"),
        **slots,
    )


def the_review() -> Review:
    migraine = Reason(said("reason", "Migraine"), ())
    events = (
        given(1, "Toradol", "ketorolac", "60 mg", 60, necessity=(migraine,), time=said("time", "09:12")),
        given(2, "Phenergan", "promethazine", "25 mg", 25, mixed_with=("e1",), doubt="unclear"),
        Injection(
            "e3",
            "declined",
            drug=Drug(said("drug", "Tdap"), "Tdap vaccine"),
            evidence=(said("status", "declined"),),
        ),
    )
    findings = the_findings()
    answers = Answers(documentation="supported_with_gaps")
    decision = Decision(
        "supported",
        judgements=(
            Judgement("e1", answers, "supported_with_gaps", "96372", "therapeutic"),
            Judgement("e2", Answers("query"), "query", "96372"),
            Judgement("e3", Answers("not_supported"), "not_supported"),
        ),
        lines=(ClaimLine("96372", 1, (), ("e1",)), ClaimLine("J1885", 4, (), ("e1",))),
        held=(ClaimLine("96372", 1, ("59",), ("e2",)),),
        em=Visit("99213", ("25",)),
        redirects=(Redirect("90471", ("e3",), "R-01"),),
        missing=("order", "number_of_injections", "unheard_of"),
        findings=findings,
        claim=(
            ClaimCheck(1, "units", ClaimLine("96372", 1), Decimal(-1), None, "M-09", "4"),
            ClaimCheck(0, "missing", ClaimLine("J1885", 4)),
        ),
        policy="commercial@2026-03-02",
    )
    context = Context(
        date_of_service=date(2026, 3, 2),
        em_code="99213",
        claim_lines=(DraftLine("96372", units=Decimal(2)),),
        origin={"payer": "default", "date_of_service": "note", "claim": "default"},
    )
    made_with = {"deltoid": "0.1.0", "models": {"extraction": None}}
    return Review(
        Note("hand", TEXT, context), events, EncounterFacts(), decision, ("coder", "no classifier"), made_with
    )


def the_findings() -> tuple[Finding, ...]:
    no_order = Finding(
        "G-11",
        "query",
        "No order is recorded for ketorolac.",
        "CERT checklist",
        (date(2005, 1, 1), None),
        element="order",
        query="Who ordered the ketorolac?",
        events=("e1",),
        evidence=(said("drug", "Toradol"),),
    )
    syringes = Finding(
        "G-26",
        "query",
        "It is unclear whether one or two syringes were used.",
        "Own reading",
        hard=True,
        element="number_of_injections",
        query="How many injections were given?",
        events=("e1", "e2"),
        evidence=(said("x", "Toradol 60 mg and Phenergan 25 mg IM"),),
    )
    declined = Finding(
        "G-02",
        "block",
        "The vaccine was declined.",
        "Own reading",
        (None, date(2027, 1, 1)),
        events=("e3",),
        evidence=(said("x", "declined"),),
    )
    return (
        no_order,
        syringes,
        declined,
        Finding("M-25", "advise", "The visit needs modifier 25.", "NCCI manual"),
    )


@pytest.fixture
def hand_review() -> Review:
    return the_review()


class Caller:
    """Asks an application in this process; `httpx` speaks to one only asynchronously."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def ask(self, method: str, path: str, **rest: Any) -> httpx.Response:
        return asyncio.run(self._ask(method, path, **rest))

    async def _ask(self, method: str, path: str, **rest: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, **rest)

    def get(self, path: str, **rest: Any) -> httpx.Response:
        return self.ask("GET", path, **rest)

    def post(self, path: str, **rest: Any) -> httpx.Response:
        return self.ask("POST", path, **rest)


@pytest.fixture
def caller_of() -> Callable[..., Caller]:
    """Serve the page about any reviewer and any samples."""

    def serve(review: Callable[[Note], Review], samples: tuple[Note, ...] = (), **options: Any) -> Caller:
        app = FastAPI()
        app.include_router(page_router(review, lambda: samples, **options))
        return Caller(app)

    return serve


@pytest.fixture
def caller(hand_review: Review, caller_of: Callable[..., Caller]) -> Caller:
    return caller_of(lambda _: hand_review, (hand_review.note, Note("other", "B12 IM")))
