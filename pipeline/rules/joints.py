"""Redirects by target: trigger point, tendon, joint, last the skin; and the question which of them."""

from __future__ import annotations

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.registry import rule
from deltoid.pipeline.rules.see import (
    among,
    facts,
    given,
    has,
    heading,
    hit,
    kind,
    lookup,
    near,
    reasons,
    route,
    way,
)
from deltoid.pipeline.types import Injection, Mention


@rule("R-24", "technique")
def r24(case: Case, event: Injection) -> Hit | None:
    """Trigger points, counted by muscles."""
    if event.target != "trigger_point" and not among(case, way(event), "trigger_words"):
        return None
    sites = {m.norm or m.text.lower() for e in case.events if _points(case, e) for m in _places(e)}
    muscles = {m.norm for m in case.facts.find("muscle") if _in_one_breath(case, event, m)}
    number = max(len(sites), len(muscles))
    return hit(case, event, "R-24", code=case.policy.table("trigger_codes")["many" if number > 2 else "few"])


def _in_one_breath(case: Case, event: Injection, place: Mention) -> bool:
    """Whether a muscle is told in the sentence of the drug, not in the complaint or the examination."""
    if event.drug is None:
        return False
    spot = event.drug.mention
    between = case.text[min(spot.end, place.end) : max(spot.start, place.start)]
    return ". " not in between and "\n" not in between


def _points(case: Case, event: Injection) -> bool:
    return given(event) and (event.target == "trigger_point" or among(case, way(event), "trigger_words"))


def _places(event: Injection) -> list[Mention]:
    return [site.mention for site in (event.site, *event.sites) if site]


@rule("R-23", "technique")
def r23(case: Case, event: Injection) -> Hit | None:
    """Tendon sheath, ligament, fascia, or where a tendon begins."""
    deep = route(event) in ("INTRA_ARTICULAR", "LOCAL", None) and event.target in ("tendon", "other", None)
    headed = heading(case, event, case.policy.words("tendon_words")) or _tendon_beside(case, event)
    if event.target != "tendon" and not headed and not (deep and among(case, way(event), "tendon_words")):
        return None
    origin = among(case, f"{way(event)} {reasons(event)} {headed}", "tendon_origin_words")
    return hit(case, event, "R-23", code=case.policy.table("tendon_codes")["origin" if origin else "sheath"])


def _tendon_beside(case: Case, event: Injection) -> str:
    """Return the tendon named around a depot that went in with a local anaesthetic, without way or place."""
    free = route(event) is None and event.site is None and kind(case, event, "uncertain_target_categories")
    if not free or not _numbed(case, event):
        return ""
    around = near(case, event)
    return next((word for word in case.policy.words("tendon_structures") if has(around, [word])), "")


@rule("R-22", "technique")
def r22(case: Case, event: Injection) -> Hit | None:
    """Joint or bursa, by size and guidance."""
    headed = heading(case, event, case.policy.words("joint_titles"))
    joint = route(event) == "INTRA_ARTICULAR" or event.target in ("joint", "bursa")
    if not joint and not headed and not kind(case, event, "viscosupplement_categories"):
        return None
    size = lookup(case, f"{way(event)} {headed}", "joint_sizes") or lookup(
        case, reasons(event), "joint_sizes"
    )
    if size is None and (done := _joint_done(case)):
        return hit(case, event, "R-22", code=done)
    size = size or lookup(case, near(case, event), "joint_sizes")
    if size is None:
        return None
    guided = facts(case, event, "guidance", "ultrasound")
    table = "joint_codes_ultrasound" if guided else "joint_codes"
    return hit(case, event, "R-22", *guided, code=case.policy.table(table)[size])


def _joint_done(case: Case) -> str | None:
    """Return the joint injection that is told as another procedure of the day."""
    codes = {
        code
        for table in ("joint_codes", "joint_codes_ultrasound")
        for code in case.policy.table(table).values()
    }
    return next((code for code in case.context.same_day_procedures if code in codes), None)


@rule("R-34", "technique")
def r34(case: Case, event: Injection) -> Hit | None:
    """Into the skin, anything else."""
    return hit(case, event, "R-34") if route(event) == "ID" else None


def _numbed(case: Case, event: Injection) -> bool:
    """Whether a local anaesthetic went in beside it, as into joints and tendons, not into muscle."""
    return any(e is not event and given(e) and kind(case, e, "local_categories") for e in case.events)


@rule("X-19", "technique")
def x19(case: Case, event: Injection) -> tuple[Hit, ...] | None:
    """Catch a depot whose place could be muscle, joint, tendon or trigger point: ask for place and way."""
    joint = route(event) == "INTRA_ARTICULAR" or event.target in ("joint", "bursa")
    local = kind(case, event, "uncertain_target_categories") and route(event) in (None, "LOCAL")
    elsewhere = among(case, way(event), "muscle_sites") or (event.site is None and not _numbed(case, event))
    if not joint and (not local or elsewhere):
        return None
    ask = hit(case, event, "X-19", event.site.mention if event.site else None)
    place = hit(case, event, "D-06", event.site.mention if event.site else None)
    return (ask, place)
