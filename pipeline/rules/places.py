"""Redirects by target: eye, organ, toxin, lesion, spine, nerve, trigger point, tendon, joint."""

from __future__ import annotations

import re
from collections.abc import Iterable

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.registry import rule
from deltoid.pipeline.rules.see import (
    category,
    facts,
    given,
    has,
    hit,
    kind,
    lookup,
    lookup_rest,
    name,
    near,
    reasons,
    route,
    titled,
    way,
)  # fmt: skip
from deltoid.pipeline.types import Injection, Mention

_LEVELS = re.compile(r"\b[CT]\d{1,2}\s?[-/]\s?[CT]?\d{1,2}\b", re.IGNORECASE)


def _among(case: Case, text: str, words: str) -> bool:
    return has(text, case.policy.words(words))


def _high(case: Case, event: Injection) -> str:
    told = f"{way(event)} {reasons(event)}"
    return "high" if _among(case, told, "cervical_words") or _headed(case) else "low"


def _headed(case: Case) -> bool:
    """Whether the note names no lumbar level, but a higher one with its neighbour: "C7-T1"."""
    return bool(_LEVELS.search(case.text)) and not _among(case, case.text.lower(), "lumbar_words")


@rule("R-28", "technique")
def r28(case: Case, event: Injection) -> Hit | None:
    """Catch a neurotoxin: by reason first, then by place."""
    if category(event) != "neurotoxin":
        return None
    code = lookup(case, reasons(event), "neurotoxin_codes") if event.necessity else None
    return hit(case, event, "R-28", code=code or lookup_rest(case, way(event), "neurotoxin_codes"))


@rule("R-31", "technique")
def r31(case: Case, event: Injection) -> Hit | None:
    """Penis, ear, veins, filler."""
    code = (
        lookup(case, f"{reasons(event)} {way(event)}", "organ_codes")
        if route(event) not in ("IM", "SC")
        else None
    )
    code = code or case.policy.table("organ_categories").get(category(event))
    return hit(case, event, "R-31", code=code) if code else None


@rule("R-30", "technique")
def r30(case: Case, event: Injection) -> Hit | None:
    """Into or around the eye."""
    if route(event) != "INTRAVITREAL" and event.target != "eye":
        return None
    return hit(case, event, "R-30", code=lookup_rest(case, way(event), "eye_codes"))


@rule("R-27", "technique")
def r27(case: Case, event: Injection) -> Hit | None:
    """Into the spinal canal, or refilling a spinal pump."""
    if route(event) != "EPIDURAL" or not _among(case, way(event), "intrathecal_words"):
        return None
    way_in = (
        "antineoplastic"
        if category(event) == "antineoplastic"
        else "pump"
        if event.device == "pump"
        else "other"
    )
    return hit(case, event, "R-27", code=case.policy.table("intrathecal_codes")[way_in])


@rule("R-25", "technique")
def r25(case: Case, event: Injection) -> Hit | None:
    """Carpal tunnel, ganglion, sacroiliac joint, Dupuytren's cord."""
    text = f"{way(event)} {reasons(event)}"
    if route(event) in ("IM", "SC", "INTRALESIONAL"):
        return None
    if _among(case, way(event), "sacroiliac_words") or _title(
        case, event, case.policy.words("sacroiliac_words")
    ):
        guided = facts(case, event, "guidance", "fluoroscopy", "ultrasound")
        return hit(
            case,
            event,
            "R-25",
            *guided,
            code=case.policy.table("sacroiliac_codes")["guided" if guided else "blind"],
        )
    headed = _title(case, event, case.policy.table("structure_codes"))
    code = lookup(case, f"{way(event)} {headed}", "structure_codes")
    code = code or lookup(case, f"{name(event)} {text}", "structure_drugs")
    if code is None and _headed_by_neuroma(case, event):
        code = case.policy.table("nerve_codes")["neuroma"]
    return hit(case, event, "R-25", code=code) if code else None


def _title(case: Case, event: Injection, words: Iterable[str]) -> str:
    """Return the word that the procedure is headed with, for a drug without a place of its own."""
    free = route(event) is None and (event.site is None or event.target in ("other", None))
    if not free or not kind(case, event, "titled_categories"):
        return ""
    return titled(case, event, words) or ""


def _headed_by_neuroma(case: Case, event: Injection) -> bool:
    """Whether the words around a drug tell of a neuroma: its spaces are between toes, not vertebrae."""
    return kind(case, event, "titled_categories") and _among(case, near(case, event), "neuroma_words")


@rule("R-26", "technique")
def r26(case: Case, event: Injection) -> Hit | None:
    """Catch a nerve block, a facet, the epidural space."""
    if route(event) == "EPIDURAL":
        return hit(case, event, "R-26", *facts(case, event, "guidance"), code=_epidural(case, event))
    if event.target == "spine" and _among(case, way(event), "facet_words"):
        return hit(case, event, "R-26", code=case.policy.table("facet_codes")[_high(case, event)])
    if route(event) != "BLOCK" and event.target not in ("nerve", "spine"):
        return None
    return hit(case, event, "R-26", code=lookup_rest(case, f"{way(event)} {reasons(event)}", "nerve_codes"))


def _epidural(case: Case, event: Injection) -> str:
    if _among(case, way(event), "transforaminal_words"):
        return case.policy.table("transforaminal_codes")[_high(case, event)]
    guided = facts(case, event, "guidance", "fluoroscopy")
    return case.policy.table("epidural_codes_guided" if guided else "epidural_codes")[_high(case, event)]


@rule("R-29", "technique")
def r29(case: Case, event: Injection) -> Hit | None:
    """Into skin lesions."""
    if route(event) != "INTRALESIONAL" and event.target != "lesion":
        return None
    table = "lesion_codes_antineoplastic" if category(event) == "antineoplastic" else "lesion_codes"
    number = event.sticks or 1 + len(event.sites)
    return hit(case, event, "R-29", code=case.policy.table(table)["many" if number > 7 else "few"])


@rule("R-24", "technique")
def r24(case: Case, event: Injection) -> Hit | None:
    """Trigger points, counted by muscles."""
    if event.target != "trigger_point" and not _among(case, way(event), "trigger_words"):
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
    return given(event) and (event.target == "trigger_point" or _among(case, way(event), "trigger_words"))


def _places(event: Injection) -> list[Mention]:
    return [site.mention for site in (event.site, *event.sites) if site]


@rule("R-23", "technique")
def r23(case: Case, event: Injection) -> Hit | None:
    """Tendon sheath, ligament, fascia, or where a tendon begins."""
    deep = route(event) in ("INTRA_ARTICULAR", "LOCAL", None) and event.target in ("tendon", "other", None)
    headed = _title(case, event, case.policy.words("tendon_words")) or _tendon_beside(case, event)
    if event.target != "tendon" and not headed and not (deep and _among(case, way(event), "tendon_words")):
        return None
    origin = _among(case, f"{way(event)} {reasons(event)} {headed}", "tendon_origin_words")
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
    headed = _title(case, event, case.policy.words("joint_titles"))
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
    elsewhere = _among(case, way(event), "muscle_sites") or (event.site is None and not _numbed(case, event))
    if not joint and (not local or elsewhere):
        return None
    ask = hit(case, event, "X-19", event.site.mention if event.site else None)
    place = hit(case, event, "D-06", event.site.mention if event.site else None)
    return (ask, place)
