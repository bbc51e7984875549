"""Gates: substance, way and amount of an injection that no other family took."""

from __future__ import annotations

from dataclasses import replace

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.joints import x19
from deltoid.pipeline.rules.registry import rule
from deltoid.pipeline.rules.see import facts, given, hit, named, product_routes, route
from deltoid.pipeline.types import Injection


@rule("G-07")
def g07(case: Case, event: Injection) -> tuple[Hit, ...] | Hit | None:
    """No substance named; the amount is then asked for with it."""
    bare = event.drug is None or event.drug.category == "unspecified" or named(case, event, "class_words")
    if not bare:
        return None
    ask = hit(case, event, "G-07")
    return (ask, hit(case, event, "D-04")) if event.dose is None else ask


@rule("G-08")
def g08(case: Case, event: Injection) -> Hit | None:
    """No route, or a route that is none of ours; asked already where the target is open.

    Where the payer takes the product's label for it, a product that goes nowhere but into muscle or under
    the skin leaves a gap and holds nothing.
    """
    if route(event) in ("IM", "SC", "ID") or x19(case, event):
        return None
    told = hit(case, event, "G-08")
    labelled = case.policy.flag("infer_route_from_product") and event.route is None
    ways = product_routes(case, event) if labelled else frozenset()
    if not ways or not ways <= {"IM", "SC"}:
        return told
    return replace(told, hard=False, table=case.policy.official.named.get("ndc"))


@rule("G-09")
def g09(case: Case, event: Injection) -> Hit | None:
    """No amount, or no unit: it holds the line where the drug is ours to bill."""
    if event.drug is None or (event.dose and event.dose.value is not None and event.dose.unit):
        return None
    source = event.drug_source.norm if event.drug_source else "stock"
    return hit(case, event, "G-09", hard=source not in case.policy.words("free_sources"))


@rule("G-27")
def g27(case: Case, event: Injection) -> Hit | None:
    """Catch an injection that was stopped part-way."""
    stopped = facts(case, event, "partial", "stopped")
    return hit(case, event, "G-27", *stopped) if stopped and given(event) else None


@rule("G-28")
def g28(case: Case, event: Injection) -> Hit | None:
    """Catch a product or patient error."""
    wrong = facts(case, event, "error")
    return hit(case, event, "G-28", *wrong) if wrong and given(event) else None


@rule("G-29")
def g29(case: Case, event: Injection) -> Hit | None:
    """Only water or saline."""
    return hit(case, event, "G-29") if event.drug and named(case, event, "placebo_substances") else None
