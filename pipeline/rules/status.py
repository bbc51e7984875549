"""Status gates: was this given, here, today, by us?"""

from __future__ import annotations

from datetime import date

from deltoid.pipeline.moments import dates
from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.registry import rule
from deltoid.pipeline.rules.see import category, facts, hit, nurse_visit, pos_code, route
from deltoid.pipeline.types import Injection


@rule("G-26", "status")
def g26(case: Case, event: Injection) -> Hit | None:
    """Catch a chart that contradicts itself about this event."""
    if event.doubt != "conflict":
        return None
    quotes = " / ".join(f"“{m.text}”" for m in event.evidence) or "given and not given"
    element = next((m.label for m in event.evidence if m.label in ("route", "dose")), None)
    return hit(case, event, "G-26", element=element, quotes=quotes)


@rule("G-01b", "status")
def g01b(case: Case, event: Injection) -> Hit | None:
    """Catch an order for this visit without a record of giving."""
    unrecorded = event.doubt == "unclear" or facts(case, event, "given", "unclear")
    return hit(case, event, "G-01b") if event.status == "ordered" and unrecorded else None


@rule("G-01a", "status")
def g01a(case: Case, event: Injection) -> Hit | None:
    """Ordered, planned, conditional or only talked about."""
    if event.status not in ("ordered", "hypothetical") or event.doubt or g01b(case, event):
        return None
    code = nurse_visit(case) if case.facts.find("teaching") else None
    return hit(case, event, "G-01a", code=code)


@rule("G-02", "status")
def g02(case: Case, event: Injection) -> Hit | None:
    """Declined, held, struck out, or another patient's entry."""
    struck = facts(case, event, "entered_in_error") or facts(case, event, "struck")
    if struck and event.doubt != "conflict":
        return hit(case, event, "G-02", *struck)
    return (
        hit(case, event, "G-02") if event.status in ("declined", "other_person") and not event.doubt else None
    )


@rule("G-03", "status")
def g03(case: Case, event: Injection) -> Hit | None:
    """History. A visit only to read a skin test may be a nurse visit."""
    if event.status != "historical" or event.doubt:
        return None
    return hit(case, event, "G-03", code=nurse_visit(case) if category(event) == "tb_test" else None)


@rule("G-04", "status")
def g04(case: Case, event: Injection) -> Hit | None:
    """Catch an injection by the patient or the family. Teaching alone may be a nurse visit."""
    if event.status != "self_administered" or event.doubt or d07(case, event):
        return None
    taught = case.facts.find("teaching") or case.facts.find("observed_self")
    return hit(case, event, "G-04", *taught, code=nurse_visit(case) if taught else None)


@rule("G-05", "status")
def g05(case: Case, event: Injection) -> Hit | None:
    """Given by an emergency crew, a pharmacy, another clinic."""
    return hit(case, event, "G-05") if event.by_other_entity else None


@rule("G-24", "status")
def g24(case: Case, event: Injection) -> Hit | None:
    """Nobody injects at a distance."""
    code = pos_code(case)
    telehealth = code in case.policy.words("telehealth_pos")
    if not telehealth and (code or not case.facts.find("setting", "telehealth")):
        return None
    return hit(case, event, "G-24", *case.facts.find("setting", "telehealth"))


@rule("D-02", "status")
def d02(case: Case, event: Injection) -> Hit | None:
    """Catch a record that leaves open whether it was given."""
    unrecorded = facts(case, event, "given", "unclear") if event.status == "administered" else ()
    unclear = event.doubt == "unclear" and event.status in (
        "administered",
        "declined",
        "hypothetical",
        "other_person",
    )
    return hit(case, event, "D-02", *unrecorded) if unclear or unrecorded or _only_written(event) else None


def _only_written(event: Injection) -> bool:
    """Whether drug, amount and route stand there as in an order: no verb, place, giver, time or response."""
    told = (event.evidence, event.site, event.given_by, event.time, event.lot, event.ndc, event.response)
    handled = (event.container, event.waste, event.labelled_amount, event.mixed_with, event.sticks)
    return event.status == "administered" and route(event) in ("IM", "SC") and not any((*told, *handled))


@rule("D-07", "status")
def d07(case: Case, event: Injection) -> Hit | None:
    """Catch a record that leaves open whether the patient or the staff injected."""
    unknown = facts(case, event, "giver", "unknown")
    open_ = event.status == "self_administered" and (event.doubt == "unclear" or unknown)
    return hit(case, event, "D-07", *unknown) if open_ else None


@rule("G-06", "status")
def g06(case: Case, event: Injection) -> Hit | None:
    """Given on another day than the date of service, or on a day that cannot be told."""
    if event.status == "historical" and event.doubt == "unclear":
        return hit(case, event, "G-06", event.time)
    if event.status != "administered" or event.time is None or not _day_is_fixed(case):
        return None
    told = _date(event.time.norm) or next((day for _, day in dates(event.time.text)), None)
    return hit(case, event, "G-06", event.time) if told and told != case.policy.day else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _day_is_fixed(case: Case) -> bool:
    """Whether the claim or a label of the note sets the day, not only the latest date in the note."""
    told = case.context.origin.get("date_of_service", "given") if case.context.date_of_service else "none"
    return told == "given" or bool(case.facts.find("visit_date"))
