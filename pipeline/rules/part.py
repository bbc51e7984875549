"""Is it a part of another procedure? Asked before the technique: a digital block goes with its wound."""

from __future__ import annotations

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.registry import rule
from deltoid.pipeline.rules.see import category, fact, facts, has, hit, kind, name, named, reasons, route, way
from deltoid.pipeline.types import Injection

_TOGETHER = 60  # characters between a drug and what thins it


def partners(case: Case, event: Injection) -> list[Injection]:
    """Return what else is in the same syringe."""
    return [e for e in case.events if e.id in event.mixed_with or event.id in e.mixed_with]


@rule("R-41", "part")
def r41(case: Case, event: Injection) -> Hit | None:
    """Catch a local anaesthetic that only dilutes an antibiotic."""
    diluted = any(kind(case, e, "diluted_categories") for e in partners(case, event))
    local = kind(case, event, "local_categories") and diluted
    water = named(case, event, "placebo_substances") and _thins(case, event)
    return hit(case, event, "R-41") if local or water else None


def _thins(case: Case, event: Injection) -> bool:
    """Whether water or saline is told together with a drug that was given, and not into a vein."""
    if event.drug is None or (route(event) or "").startswith("IV"):
        return False
    spot = event.drug.mention
    drugs = [e.drug.mention for e in case.events if e is not event and e.drug and e.status == "administered"]
    gaps = [case.text[d.end : spot.start] for d in drugs if 0 < spot.start - d.end <= _TOGETHER]
    return any(has(gap.lower(), case.policy.words("mixing_words")) or "+" in gap for gap in gaps)


@rule("R-40", "part")
def r40(case: Case, event: Injection) -> Hit | None:
    """Catch a local anaesthetic that numbs for something else, or rides with another drug."""
    if not kind(case, event, "local_categories"):
        return None
    others = [e for e in partners(case, event) if not kind(case, e, "local_categories")]
    numbs = not own_purpose(case, event) or serves_procedure(case, event)
    return hit(case, event, "R-40") if others or numbs else None


def own_purpose(case: Case, event: Injection) -> bool:
    """Whether a local anaesthetic is itself the treatment: a block, a trigger point, a tendon or a joint."""
    target = event.target in case.policy.words("block_targets") or route(event) in (
        "BLOCK",
        "EPIDURAL",
        "INTRA_ARTICULAR",
    )
    return target or has(way(event), case.policy.words("trigger_words"))


def serves_procedure(case: Case, event: Injection) -> bool:
    """Whether reason or place names a procedure that needs numbing."""
    return has(f"{reasons(event)} {way(event)}", case.policy.words("procedure_words"))


@rule("R-42", "part")
def r42(case: Case, event: Injection) -> Hit | None:
    """Premedication, adjunct or after-care of a procedure."""
    adjunct = has(reasons(event), case.policy.words("adjunct_reasons"))
    around = (
        fact(case, "global", "surgical") or case.context.global_period or case.context.same_day_procedures
    )
    return hit(case, event, "R-42", *(r.mention for r in event.necessity)) if adjunct and around else None


@rule("R-43", "part")
def r43(case: Case, event: Injection) -> Hit | None:
    """Sedation or anaesthesia."""
    sedates = kind(case, event, "sedation_categories") or "sedation" in reasons(event)
    return hit(case, event, "R-43") if sedates else None


@rule("R-44", "part")
def r44(case: Case, event: Injection) -> Hit | None:
    """Contrast or tracer."""
    agent = kind(case, event, "contrast_categories")
    into_vein = fact(case, "imaging", "contrast_study") and (route(event) or "").startswith("IV")
    imaging = into_vein and category(event) in ("diagnostic_agent", "unspecified")
    return hit(case, event, "R-44", *case.facts.find("imaging")) if agent or imaging else None


@rule("R-46", "part")
def r46(case: Case, event: Injection) -> Hit | None:
    """Catch what a global obstetric or surgical package holds."""
    obstetric = kind(case, event, "ob_package_categories") and fact(case, "pregnancy")
    return hit(case, event, "R-46", *case.facts.find("pregnancy")) if obstetric else None


def _flushes(case: Case, event: Injection) -> bool:
    """Whether words of way or reason say so, or the line tells of flushing and of no other way in."""
    told = f"{name(event)} {way(event)} {reasons(event)}"
    by_line = named(case, event, "flush_drugs") and route(event) not in ("IM", "SC")
    return has(told, case.policy.words("flush_words")) or bool(by_line and facts(case, event, "flush"))


@rule("R-47", "part")
def r47(case: Case, event: Injection) -> Hit | None:
    """Flushing a port or line."""
    if not _flushes(case, event):
        return None
    alone = all(e is event or "flush" in name(e) or e.status != "administered" for e in case.events)
    return hit(case, event, "R-47", code=case.policy.text("flush_code") if alone else None)
