"""Will this payer cover it? Necessity, self-administered drugs, labels and authorisation."""

from __future__ import annotations

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.registry import rule
from deltoid.pipeline.rules.see import fact, facts, has, hit, kind, named, reasons, route
from deltoid.pipeline.types import Injection


@rule("G-21", "coverage")
def g21(case: Case, event: Injection) -> Hit | None:
    """B12 for a reason that policies do not accept."""
    if not named(case, event, "b12") or not event.necessity or fact(case, "b12", "low_level"):
        return None
    told = reasons(event)
    weak = has(told, case.policy.words("b12_weak_reasons")) and not has(
        told, case.policy.words("b12_strong_reasons")
    )
    return hit(case, event, "G-21", *(r.mention for r in event.necessity)) if weak else None


def self_administered(case: Case, event: Injection) -> bool:
    """Whether the drug is usually self-administered."""
    return kind(case, event, "sad_categories") or named(case, event, "sad_list")


@rule("G-22", "coverage")
def g22(case: Case, event: Injection) -> Hit | None:
    """Catch a self-administered drug under the skin; a policy told to be open must be asked for."""
    if not self_administered(case, event) or route(event) != "SC":
        return None
    return hit(case, event, "G-22", hard=fact(case, "payer_policy", "unknown") or None)


@rule("G-22a", "coverage")
def g22a(case: Case, event: Injection) -> Hit | None:
    """Into muscle or vein, or a drug of short courses: presumed not self-administered."""
    flipped = self_administered(case, event) and route(event) == "IM"
    return hit(case, event, "G-22a") if flipped or named(case, event, "sad_acute_drugs") else None


@rule("G-22b", "coverage")
def g22b(case: Case, event: Injection) -> Hit | None:
    """Catch a patient who cannot inject."""
    unable = facts(case, event, "unable_to_inject")
    return hit(case, event, "G-22b", *unable) if unable and self_administered(case, event) else None


@rule("G-30", "coverage")
def g30(case: Case, event: Injection) -> Hit | None:
    """Compounded, unapproved or outside the label."""
    outside = facts(case, event, "approval", "compounded", "off_label", "unapproved")
    return hit(case, event, "G-30", *outside) if outside else None


@rule("G-31", "coverage")
def g31(case: Case, event: Injection) -> Hit | None:
    """Authorisation or plan policy is open."""
    pending = facts(case, event, "prior_auth", "pending", "absent")
    unknown = case.facts.find("payer_policy", "unknown")
    if not (pending or unknown or named(case, event, "prior_auth_drugs")):
        return None
    return hit(case, event, "G-31", *pending, *unknown, hard=bool(unknown) or None)
