"""Redirects by substance: vaccines, extracts, antibodies, antineoplastics, tests; and what stays 96372."""

from __future__ import annotations

from decimal import Decimal

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.registry import rule
from deltoid.pipeline.rules.see import (
    category,
    counselled,
    fact,
    given,
    has,
    hit,
    kind,
    lookup,
    name,
    named,
    reasons,
    route,
)  # fmt: skip
from deltoid.pipeline.rules.vaccines import allergen_code, group, medicare_code, vaccine_code
from deltoid.pipeline.types import Injection


@rule("R-03", "substance")
def r03(case: Case, event: Injection) -> Hit | None:
    """COVID-19 vaccine."""
    if category(event) != "vaccine" or group(case, event) != "covid":
        return None
    return hit(case, event, "R-03", code=case.policy.text("covid_vaccine_code") or None)


@rule("R-02", "substance")
def r02(case: Case, event: Injection) -> Hit | None:
    """Catch a vaccine for which this payer has its own code."""
    code = medicare_code(case, event) if category(event) == "vaccine" else None
    return hit(case, event, "R-02", code=code) if code else None


@rule("R-01", "substance")
def r01(case: Case, event: Injection) -> Hit | None:
    """Any other vaccine or toxoid."""
    if category(event) != "vaccine":
        return None
    return hit(case, event, "R-01", *case.facts.find("counselling"), code=vaccine_code(case, event))


@rule("R-05", "substance")
def r05(case: Case, event: Injection) -> Hit | None:
    """Allergen extract."""
    return hit(case, event, "R-05", code=allergen_code(case)) if category(event) == "allergen" else None


@rule("R-07", "substance")
def r07(case: Case, event: Injection) -> Hit | None:
    """Catch the older RSV antibody."""
    return hit(case, event, "R-07") if named(case, event, "rsv_older_products") else None


@rule("R-06", "substance")
def r06(case: Case, event: Injection) -> Hit | None:
    """Catch a seasonal RSV antibody."""
    older = named(case, event, "rsv_older_products") or case.policy.text("rsv_admin_code") == "96372"
    if category(event) != "rsv_antibody" or older:
        return None
    code = case.policy.table("rsv_codes")["counselled" if counselled(case) else "other"]
    return hit(case, event, "R-06", *case.facts.find("counselling"), code=code)


@rule("R-08", "substance")
def r08(case: Case, event: Injection) -> Hit | None:
    """HIV prevention, where the payer has a code for it."""
    code = case.policy.text("prep_admin_code")
    return hit(case, event, "R-08", code=code) if code != "96372" and prevents_hiv(case, event) else None


@rule("R-09", "substance")
def r09(case: Case, event: Injection) -> Hit | None:
    """HIV treatment."""
    treats = category(event) == "hiv_treatment" and not prevents_hiv(case, event)
    return hit(case, event, "R-09") if treats else None


def prevents_hiv(case: Case, event: Injection) -> bool:
    """Whether the product, or the reason for it, is prevention of HIV."""
    by_reason = named(case, event, "prep_by_reason") and (
        has(reasons(event), case.policy.words("prep_reasons"))
        or any(named(case, e, "prep_drugs") for e in case.events)
    )
    return category(event) == "hiv_prep" or named(case, event, "prep_drugs") or by_reason


@rule("R-10", "substance")
def r10(case: Case, event: Injection) -> Hit | None:
    """Catch a COVID-19 antibody."""
    code = lookup(case, name(event), "covid_antibody_codes")
    return hit(case, event, "R-10", code=code) if code else None


def cancer(case: Case, event: Injection) -> bool:
    """Whether the reason is a cancer."""
    codes = [code for r in event.necessity for code in r.icd10cm]
    return any(c[:1].upper() == "C" for c in codes) or has(reasons(event), case.policy.words("cancer_words"))


@rule("R-11", "substance")
def r11(case: Case, event: Injection) -> Hit | None:
    """Catch a non-hormonal antineoplastic; a payer's own table comes first."""
    if category(event) != "antineoplastic":
        return None
    code = lookup(case, name(event), "payer_antineoplastic_policy")
    code = code or case.policy.table("antineoplastic_codes").get(route(event) or "")
    return hit(case, event, "R-11", code=code) if code and code != "96372" else None


@rule("R-12", "substance")
def r12(case: Case, event: Injection) -> Hit | None:
    """Catch a hormonal antineoplastic for cancer."""
    if route(event) not in (None, "IM", "SC") or not hormonal_for_cancer(case, event):
        return None
    return hit(
        case, event, "R-12", *(r.mention for r in event.necessity), code=case.policy.text("hormonal_code")
    )


def hormonal_for_cancer(case: Case, event: Injection) -> bool:
    """Whether this is hormonal treatment of a cancer, by product or by reason."""
    if named(case, event, "progestins_for_cancer"):
        value = event.dose.value if event.dose else None
        return (
            cancer(case, event)
            and value is not None
            and value >= Decimal(case.policy.text("high_dose_progestin"))
        )
    if not named(case, event, "hormonal_antineoplastics") or named(case, event, "noncancer_only_products"):
        return False
    return cancer(case, event) or (named(case, event, "cancer_only_products") and not event.necessity)


@rule("R-13", "substance")
def r13(case: Case, event: Injection) -> Hit | None:
    """Catch the same hormone for another reason."""
    other = named(case, event, "gnrh_agonists") and event.necessity and not cancer(case, event)
    return hit(case, event, "R-13", *(r.mention for r in event.necessity)) if other else None


@rule("R-14", "substance")
def r14(case: Case, event: Injection) -> Hit | None:
    """Catch a biologic for another disease than cancer: the payer's table, else 96372 with a remark."""
    biologic = kind(case, event, "biologic_categories") or named(case, event, "biologics")
    if not biologic or route(event) not in ("IM", "SC"):
        return None
    code = lookup(case, name(event), "payer_biologic_policy")
    code = code if code and code.isdigit() and code != "96372" else None
    return hit(case, event, "R-14", code=code, period=case.policy.text("biologic_period"))


@rule("R-15", "substance")
def r15(case: Case, event: Injection) -> Hit | None:
    """Supportive care of a cancer patient."""
    return (
        hit(case, event, "R-15")
        if kind(case, event, "supportive_categories") and cancer(case, event)
        else None
    )


@rule("R-32", "substance")
def r32(case: Case, event: Injection) -> Hit | None:
    """Tuberculin test."""
    return (
        hit(case, event, "R-32", code=case.policy.text("tb_code")) if category(event) == "tb_test" else None
    )


@rule("R-33", "substance")
def r33(case: Case, event: Injection) -> Hit | None:
    """Other skin tests: by antigen, else by the way of testing."""
    if category(event) != "skin_test" or route(event) == "INTRALESIONAL":
        return None
    table = case.policy.table("skin_test_codes")
    code = (
        lookup(case, name(event), "skin_test_codes")
        or table["intradermal" if route(event) == "ID" else "prick"]
    )
    return hit(case, event, "R-33", code=code)


@rule("R-04", "substance")
def r04(case: Case, event: Injection) -> Hit | None:
    """Catch a drug beside a vaccine in one visit."""
    beside = any(category(e) == "vaccine" and given(e) for e in case.events)
    return (
        hit(case, event, "R-04")
        if beside and category(event) != "vaccine" and route(event) in ("IM", "SC")
        else None
    )


@rule("R-37", "substance")
def r37(case: Case, event: Injection) -> Hit | None:
    """Immune globulin into muscle."""
    needle = category(event) == "immune_globulin" and route(event) == "IM"
    return hit(case, event, "R-37") if needle else None


@rule("R-45", "substance")
def r45(case: Case, event: Injection) -> Hit | None:
    """Catch the agent of a stimulation test."""
    agent = category(event) == "diagnostic_agent" or fact(case, "lab_panel", "stimulation")
    return (
        hit(case, event, "R-45", *case.facts.find("lab_panel"))
        if agent and route(event) in ("IM", "SC")
        else None
    )


@rule("R-48", "substance")
def r48(case: Case, event: Injection) -> Hit | None:
    """Pen or auto-injector in the hand of staff."""
    return hit(case, event, "R-48") if event.device in ("pen", "auto_injector") else None
