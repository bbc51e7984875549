"""May this biller report it? Place of service, supervision, and payments that hold it already."""

from __future__ import annotations

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.registry import rule
from deltoid.pipeline.rules.see import (
    by_practitioner,
    category,
    fact,
    has,
    hit,
    kind,
    lookup,
    name,
    named,
    pos,
    supervised,
)  # fmt: skip
from deltoid.pipeline.types import Injection


def professional(case: Case) -> bool:
    """Whether the claim is a practitioner's."""
    return case.context.claim == "professional"


@rule("G-13", "entity")
def g13(case: Case, event: Injection) -> Hit | None:
    """Catch a practitioner who gave it in person."""
    if not by_practitioner(case, event) or event.given_by is None:
        return None
    return hit(case, event, "G-13", event.given_by.mention, giver=event.given_by.mention.text)


@rule("G-17", "entity")
def g17(case: Case, event: Injection) -> Hit | None:
    """Catch an inpatient stay."""
    inpatient = pos(case) in ("21", "51", "61")
    return hit(case, event, "G-17", *case.facts.find("setting", "inpatient")) if inpatient else None


@rule("G-15", "entity")
def g15(case: Case, event: Injection) -> Hit | None:
    """Catch a practitioner's claim out of a facility."""
    place = pos(case)
    with_procedure = (
        place in case.policy.words("facility_pos_with_procedure") and case.context.same_day_procedures
    )
    if not professional(case) or not (place in case.policy.words("facility_pos_set") or with_procedure):
        return None
    return hit(case, event, "G-15", *case.facts.find("setting"), pos=place or "")


@rule("G-15.list", "entity")
def g15_list(case: Case, event: Injection) -> Hit | None:
    """Catch a practitioner's claim out of a place paid at the facility rate."""
    place = pos(case)
    if not professional(case) or place not in case.policy.words("facility_rate_pos"):
        return None
    return hit(case, event, "G-15.list", pos=place or "")


@rule("G-16", "entity")
def g16(case: Case, event: Injection) -> Hit | None:
    """Catch a rural or federally qualified health centre."""
    centre = case.policy.flag("fqhc_rhc_bundle") and pos(case) in ("50", "72")
    return hit(case, event, "G-16", *case.facts.find("setting", "rhc", "fqhc")) if centre else None


@rule("G-18a", "entity")
def g18a(case: Case, event: Injection) -> Hit | None:
    """Catch a dialysis facility's own drug."""
    bundled = kind(case, event, "esrd_bundle_categories") or named(case, event, "esrd_bundle_drugs")
    return hit(case, event, "G-18a") if pos(case) == "65" and bundled else None


@rule("G-18b", "entity")
def g18b(case: Case, event: Injection) -> Hit | None:
    """Catch a nursing facility stay, home health or hospice."""
    settings = case.facts.find("setting", *case.policy.words("consolidated_settings"))
    stay = settings or pos(case) in case.policy.words("consolidated_pos")
    return hit(case, event, "G-18b", *settings) if stay else None


@rule("G-19", "entity")
def g19(case: Case, event: Injection) -> Hit | None:
    """Catch an opioid treatment programme."""
    in_programme = case.policy.flag("otp_bundle") and pos(case) == "58"
    code = lookup(case, name(event), "otp_codes") if in_programme else None
    return hit(case, event, "G-19", *case.facts.find("setting", "otp"), code=code) if code else None


@rule("R-38", "entity")
def r38(case: Case, event: Injection) -> Hit | None:
    """At home, by a visiting nurse."""
    code = case.policy.text("home_admin_code")
    at_home = pos(case) == "12" or fact(case, "setting", *case.policy.words("home_health_settings"))
    nurse = code and at_home and not by_practitioner(case, event)
    return hit(case, event, "R-38", *case.facts.find("setting"), code=code) if nurse else None


@rule("R-39", "entity")
def r39(case: Case, event: Injection) -> Hit | None:
    """Catch a state's own code for a nurse's injection in behavioural health."""
    code = case.policy.text("behavioral_health_admin_code")
    applies = code and category(event) in case.policy.words("behavioral_categories")
    return hit(case, event, "R-39", code=code) if applies and not by_practitioner(case, event) else None


def unsupervised(case: Case, event: Injection) -> bool:
    """Whether staff gave it with nobody at hand, or in a way that does not count for payer and day."""
    if not professional(case) or by_practitioner(case, event):
        return False
    stated = case.context.supervision
    if stated == "present" or fact(case, "supervision", "present"):
        return False
    if stated == "virtual" or fact(case, "supervision", "virtual"):
        return not case.policy.flag("virtual_supervision")
    return stated in ("absent", "audio_only", "none") or fact(case, "supervision", "absent", "audio_only")


@rule("G-12a", "entity")
def g12a(case: Case, event: Injection) -> Hit | None:
    """Nobody at hand, and the payer pays for neither code."""
    nothing = case.policy.text("no_supervision_action") == "none" and unsupervised(case, event)
    return hit(case, event, "G-12a", *case.facts.find("supervision")) if nothing else None


@rule("G-12b", "entity")
def g12b(case: Case, event: Injection) -> Hit | None:
    """Nobody at hand, and the payer takes a nurse visit or must be asked."""
    action = case.policy.text("no_supervision_action")
    if action == "none" or not unsupervised(case, event):
        return None
    return hit(
        case, event, "G-12b", *case.facts.find("supervision"), code=action if action.isdigit() else None
    )


@rule("G-12c", "entity")
def g12c(case: Case, event: Injection) -> Hit | None:
    """Supervision by live picture and sound."""
    virtual = case.context.supervision == "virtual" or fact(case, "supervision", "virtual")
    counts = virtual and case.policy.flag("virtual_supervision") and not by_practitioner(case, event)
    return hit(case, event, "G-12c", *case.facts.find("supervision", "virtual")) if counts else None


@rule("G-12d", "documentation")
def g12d(case: Case, event: Injection) -> Hit | None:
    """Supervision not stated, and not implied by a visit of that day."""
    stated = case.context.supervision or fact(case, "supervision") or supervised(case)
    needed = professional(case) and not by_practitioner(case, event) and pos(case) not in ("50", "72")
    return hit(case, event, "G-12d") if needed and not stated else None


@rule("G-14", "entity")
def g14(case: Case, event: Injection) -> Hit | None:
    """Catch a new patient's injection by staff that no physician began."""
    ordered = event.ordered_by.credential or event.ordered_by.mention.text if event.ordered_by else ""
    physician = has(ordered.upper().replace(".", ""), case.policy.words("physician_credentials"))
    by_staff = professional(case) and not by_practitioner(case, event)
    return hit(case, event, "G-14") if case.context.new_patient and by_staff and not physician else None
