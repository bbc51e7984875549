"""Is the record complete? Giver, order, reason, signature, and what a payer asks for beyond them."""

from __future__ import annotations

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.coverage import g21, self_administered
from deltoid.pipeline.rules.registry import rule
from deltoid.pipeline.rules.see import by_practitioner, fact, facts, given, has, hit, named, route
from deltoid.pipeline.types import Injection, Mention


@rule("G-10", "documentation")
def g10(case: Case, event: Injection) -> Hit | None:
    """Nobody named who gave it; it holds the line where the record says so, or where nobody signed either."""
    unknown = facts(case, event, "giver", "unknown")
    if event.given_by and not unknown:
        return None
    unsigned = fact(case, "signature", "absent")
    return hit(case, event, "G-10", *unknown, hard=bool(unknown) or unsigned or None)


@rule("G-11", "documentation")
def g11(case: Case, event: Injection) -> Hit | None:
    """No order; it holds the line where the record says that there is none or that it expired."""
    lacking = facts(case, event, "order", "absent", "expired")
    ordered = event.ordered_by or fact(case, "order", "present", "standing") or by_practitioner(case, event)
    if lacking:
        return hit(case, event, "G-11", *lacking, hard=True)
    return None if ordered else hit(case, event, "G-11")


@rule("G-20", "documentation")
def g20(case: Case, event: Injection) -> Hit | None:
    """No reason; it holds the line where it decides code or product, or a local policy asks for it."""
    if event.necessity:
        return None
    settled = named(case, event, "noncancer_only_products") or named(case, event, "cancer_only_products")
    decides = (named(case, event, "indication_decides") and not settled) or named(case, event, "lcd_drugs")
    return hit(case, event, "G-20", hard=decides or None)


@rule("G-25", "documentation")
def g25(case: Case, event: Injection) -> Hit | None:
    """Not signed."""
    unsigned = case.facts.find("signature", "absent")
    return hit(case, event, "G-25", *unsigned) if unsigned else None


@rule("D-06", "documentation")
def d06(case: Case, event: Injection) -> Hit | None:
    """No place: needed from two injections on, or where the payer asks."""
    several = (event.sticks or 1) > 1 or sum(_shot(e) for e in case.events) > 1
    needed = several or case.policy.flag("site_required")
    return hit(case, event, "D-06") if needed and event.site is None else None


def _shot(event: Injection) -> bool:
    return given(event) and route(event) in ("IM", "SC") and not event.mixed_with


@rule("D-11", "documentation")
def d11(case: Case, event: Injection) -> Hit | None:
    """Catch a record that lacks the criteria which a policy looks for."""
    gap = facts(case, event, "evidence_gap", "criteria")
    return hit(case, event, "D-11", *gap, hard=named(case, event, "lcd_drugs") or None) if gap else None


@rule("D-12", "documentation")
def d12(case: Case, event: Injection) -> Hit | None:
    """Catch the same drug twice on one day without its times, or a payer that asks for the time."""
    same = [e for e in case.events if given(e) and e.drug and event.drug and e.drug.name == event.drug.name]
    needed = len(same) > 1 or case.policy.flag("time_required")
    return hit(case, event, "D-12") if needed and event.time is None else None


def _our_drug(case: Case, event: Injection) -> bool:
    """Whether the drug line is wanted: a named drug that nobody else paid for."""
    source = event.drug_source.norm if event.drug_source else "stock"
    return event.drug is not None and source not in case.policy.words("free_sources")


@rule("D-14", "documentation")
def d14(case: Case, event: Injection) -> Hit | None:
    """No national drug code where the payer wants it."""
    needed = case.policy.flag("ndc_required") and _our_drug(case, event)
    return hit(case, event, "D-14") if needed and event.ndc is None else None


def _asked(case: Case, event: Injection, flag: str, found: Mention | None, rule_id: str) -> Hit | None:
    return hit(case, event, rule_id) if case.policy.flag(flag) and found is None else None


@rule("D-15", "documentation")
def d15(case: Case, event: Injection) -> Hit | None:
    """No lot where the payer wants it."""
    return _asked(case, event, "lot_required", event.lot, "D-15")


@rule("D-17", "documentation")
def d17(case: Case, event: Injection) -> Hit | None:
    """Container and waste open where JW or JZ must be told."""
    told = event.waste or event.container or event.labelled_amount or facts(case, event, "waste")
    needed = case.policy.flag("jwjz_required") and _our_drug(case, event)
    return hit(case, event, "D-17") if needed and not told else None


@rule("D-18", "documentation")
def d18(case: Case, event: Injection) -> Hit | None:
    """Hints of a supply from outside that leave open who paid."""
    hints = facts(case, event, "drug_source", *case.policy.words("outside_source_hints"))
    return hit(case, event, "D-18", *hints) if hints and event.drug_source is None else None


@rule("D-19", "documentation")
def d19(case: Case, event: Injection) -> Hit | None:
    """No response where the payer wants it."""
    return _asked(case, event, "response_required", event.response, "D-19")


@rule("D-20", "documentation")
def d20(case: Case, event: Injection) -> Hit | None:
    """No consent where the payer wants it."""
    return _asked(case, event, "consent_required", event.consent, "D-20")


@rule("D-22", "documentation")
def d22(case: Case, event: Injection) -> Hit | None:
    """Dosed by weight, without weight."""
    by_weight = case.policy.flag("weight_based_check") and named(case, event, "weight_based_drugs")
    return (
        hit(case, event, "D-22")
        if by_weight and not has(case.text.lower(), case.policy.words("weight_words"))
        else None
    )


@rule("D-27", "documentation")
def d27(case: Case, event: Injection) -> Hit | None:
    """Catch a denial to be expected without notice to the patient."""
    expected = (self_administered(case, event) and route(event) == "SC") or g21(case, event)
    asked = case.policy.flag("notice_asked") and not fact(case, "abn", "on_file")
    return hit(case, event, "D-27") if asked and expected else None
