"""Redirects by way and device: into a vein or artery, by pump, on the body, as an implant."""

from __future__ import annotations

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.registry import rule
from deltoid.pipeline.rules.see import (
    among,
    category,
    given,
    has,
    hit,
    kind,
    lookup_rest,
    name,
    named,
    route,
    way,
)
from deltoid.pipeline.types import Injection


def _words(case: Case, event: Injection, *lists: str) -> bool:
    """Whether the words of way, place or product hold one of the policy's lists."""
    return any(among(case, f"{way(event)} {name(event)}", words) for words in lists)


@rule("R-21", "technique")
def r21(case: Case, event: Injection) -> Hit | None:
    """Catch an on-body injector."""
    if event.device != "on_body" and not _words(case, event, "on_body_words"):
        return None
    return hit(case, event, "R-21", code=case.policy.text("on_body_code"))


@rule("R-36", "technique")
def r36(case: Case, event: Injection) -> Hit | None:
    """Catch an insulin pump or the like."""
    return (
        hit(case, event, "R-36") if event.device == "pump" and kind(case, event, "pump_categories") else None
    )


@rule("R-35", "technique")
def r35(case: Case, event: Injection) -> Hit | None:
    """Catch an implant or pellet, unless a needle places it."""
    implant = event.device == "implant" or category(event) == "implant" or "pellet" in name(event)
    if not implant or named(case, event, "needle_implants"):
        return None
    return hit(case, event, "R-35", code=lookup_rest(case, name(event), "implant_codes"))


@rule("R-20", "technique")
def r20(case: Case, event: Injection) -> Hit | None:
    """Catch an infusion under the skin."""
    under_skin = route(event) == "SC" and (event.device == "pump" or _words(case, event, "sc_infusion_words"))
    return hit(case, event, "R-20", code=case.policy.text("sc_infusion_code")) if under_skin else None


@rule("R-19", "technique")
def r19(case: Case, event: Injection) -> Hit | None:
    """Into an artery."""
    artery = event.target in ("vessel", None) and has(way(event), case.policy.words("intra_arterial_words"))
    return hit(case, event, "R-19", code=case.policy.text("intra_arterial_code")) if artery else None


@rule("R-18", "technique")
def r18(case: Case, event: Injection) -> Hit | None:
    """Plain fluid into a vein."""
    if not kind(case, event, "fluid_categories") or not _into_vein(event):
        return None
    drugs = any(given(e) and _into_vein(e) and not kind(case, e, "fluid_categories") for e in case.events)
    code = case.policy.table("iv_codes")["hydration_further" if drugs else "hydration"]
    return hit(case, event, "R-18", code=code)


@rule("R-17", "technique")
def r17(case: Case, event: Injection) -> Hit | None:
    """Catch a drug infused into a vein."""
    if route(event) != "IV_INFUSION":
        return None
    further = any(route(e) == "IV_INFUSION" for e in _earlier(case, event))
    return hit(
        case,
        event,
        "R-17",
        code=case.policy.table("iv_codes")["infusion_further" if further else "infusion_first"],
    )


@rule("R-16", "technique")
def r16(case: Case, event: Injection) -> Hit | None:
    """Catch a drug pushed into a vein, or put into one without saying how."""
    return hit(case, event, "R-16", code=_push(case, event)) if route(event) in ("IV_PUSH", "IV") else None


def _push(case: Case, event: Injection) -> str | None:
    """Return the code of a push: the first, a further drug, or, for a facility, the same drug again."""
    codes = case.policy.table("iv_codes")
    pushed = [e for e in _earlier(case, event) if route(e) in ("IV_PUSH", "IV")]
    if event.drug and any(e.drug and e.drug.name == event.drug.name for e in pushed):
        return codes["push_again"] if case.context.claim == "facility" else None
    infused = any(
        route(e) == "IV_INFUSION" and given(e) and not kind(case, e, "fluid_categories") for e in case.events
    )
    return codes["push_further" if pushed or infused else "push_first"]


def _earlier(case: Case, event: Injection) -> list[Injection]:
    """Return the drugs, not plain fluids, that were given before this one into a vein."""
    before = case.events[: case.events.index(event)]
    return [e for e in before if given(e) and _into_vein(e) and not kind(case, e, "fluid_categories")]


def _into_vein(event: Injection) -> bool:
    return (route(event) or "").startswith("IV")
