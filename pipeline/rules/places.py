"""Redirects by target: toxin, organ, eye, spine, nerve, lesion."""

from __future__ import annotations

import re

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.registry import rule
from deltoid.pipeline.rules.see import (
    among,
    category,
    facts,
    heading,
    hit,
    kind,
    lookup,
    lookup_rest,
    name,
    near,
    reasons,
    route,
    way,
)  # fmt: skip
from deltoid.pipeline.types import Injection

_LEVELS = re.compile(r"\b[CT]\d{1,2}\s?[-/]\s?[CT]?\d{1,2}\b", re.IGNORECASE)


def _high(case: Case, event: Injection) -> str:
    told = f"{way(event)} {reasons(event)}"
    return "high" if among(case, told, "cervical_words") or _headed(case) else "low"


def _headed(case: Case) -> bool:
    """Whether the note names no lumbar level, but a higher one with its neighbour: "C7-T1"."""
    return bool(_LEVELS.search(case.text)) and not among(case, case.text.lower(), "lumbar_words")


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
    if route(event) != "EPIDURAL" or not among(case, way(event), "intrathecal_words"):
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
    if among(case, way(event), "sacroiliac_words") or heading(
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
    headed = heading(case, event, case.policy.table("structure_codes"))
    code = lookup(case, f"{way(event)} {headed}", "structure_codes")
    code = code or lookup(case, f"{name(event)} {text}", "structure_drugs")
    if code is None and _headed_by_neuroma(case, event):
        code = case.policy.table("nerve_codes")["neuroma"]
    return hit(case, event, "R-25", code=code) if code else None


def _headed_by_neuroma(case: Case, event: Injection) -> bool:
    """Whether the words around a drug tell of a neuroma: its spaces are between toes, not vertebrae."""
    return kind(case, event, "titled_categories") and among(case, near(case, event), "neuroma_words")


@rule("R-26", "technique")
def r26(case: Case, event: Injection) -> Hit | None:
    """Catch a nerve block, a facet, the epidural space."""
    if route(event) == "EPIDURAL":
        return hit(case, event, "R-26", *facts(case, event, "guidance"), code=_epidural(case, event))
    if event.target == "spine" and among(case, way(event), "facet_words"):
        return hit(case, event, "R-26", code=case.policy.table("facet_codes")[_high(case, event)])
    if route(event) != "BLOCK" and event.target not in ("nerve", "spine"):
        return None
    return hit(case, event, "R-26", code=lookup_rest(case, f"{way(event)} {reasons(event)}", "nerve_codes"))


def _epidural(case: Case, event: Injection) -> str:
    if among(case, way(event), "transforaminal_words"):
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
