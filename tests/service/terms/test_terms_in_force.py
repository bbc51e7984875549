"""What an import changes for a note and a claim: units, pairs, packages, prices, codes and names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from deltoid.pipeline.tabular import TableError
from deltoid.pipeline.types import Context, DraftLine, Note, Review
from deltoid.service.engine import Engine, build_engine
from deltoid.service.faults import SettingsError
from deltoid.service.review import review
from deltoid.service.settings import Settings
from deltoid.service.terms.force import in_force

TORADOL = "Migraine. Toradol 60 mg IM given in the right deltoid by J. Lee, RN, ordered by Dr. Ray."
DAY = date(2026, 10, 5)
Reviewed = Callable[..., Review]


@pytest.fixture(scope="module")
def shipped() -> Engine:
    return build_engine()


@pytest.fixture
def reviewed(shipped: Engine, site: Any) -> Reviewed:
    """Review a note with what was imported so far, by a pipeline of its own."""
    from deltoid.pipeline import nlp

    def call(text: str, *, day: date = DAY, locality: str = "", **known: Any) -> Review:
        site.versions.data.mkdir(exist_ok=True)
        settings = Settings(data=site.versions.data, locality=locality)
        engine = in_force(replace(shipped, nlp=nlp.load(spans=False)), settings)
        context = Context(**{"payer": "medicare", "date_of_service": day, **known})
        return review(Note("n", text, context), engine=engine, today=DAY)

    return call


def findings(found: Review, rule: str) -> list[Any]:
    return [finding for finding in found.decision.findings if finding.rule == rule]


def lines(found: Review) -> dict[str, int]:
    totals: dict[str, int] = {}
    for line in found.decision.lines:
        totals[line.code] = totals.get(line.code, 0) + line.units
    return totals


TWICE = TORADOL + "\nNausea. Phenergan 25 mg IM given in the left gluteus by J. Lee, RN, ordered by Dr. Ray."


def test_without_a_table_the_rule_says_so(reviewed: Reviewed) -> None:
    assert "none is loaded" in findings(reviewed(TWICE), "U-09v")[0].message
    assert findings(reviewed(TORADOL), "U-09v") == []


@pytest.mark.parametrize(
    ("kind", "severity", "units"), [("1", "advise", 2), ("2", "block", 1), ("3", "query", 2)]
)
def test_units_are_held_against_the_table(
    kind: str, severity: str, units: int, reviewed: Reviewed, files: Any, site: Any
) -> None:
    site.put("mue", files.mue(f"96372,1,{kind} Date,Data"))
    found = reviewed(TWICE)
    [told] = findings(found, "U-09")
    assert (told.severity, lines(found)["96372"]) == (severity, units)
    assert told.source.endswith("NCCI medically unlikely edits, practitioner, effective 2026-10-01")
    assert findings(found, "U-09v") == []
    assert findings(reviewed(TORADOL), "U-09") == []


def test_a_drug_over_its_units_is_asked_about(reviewed: Reviewed, files: Any, site: Any) -> None:
    site.put("mue", files.mue("J1885,3,3 Date,Data"))
    assert "4 unit(s) are over the 3 a day" in findings(reviewed(TORADOL), "H-20")[0].message
    claim = (DraftLine("J1885", units=Decimal(9)), DraftLine("96372"))
    checked = reviewed(TORADOL, claim_lines=claim).decision.claim
    assert checked
    assert [(entry.status, entry.rule) for entry in checked] == [
        ("units", "H-20"),
        ("agree", None),
    ]


def test_a_draft_over_the_table_is_told_by_it(reviewed: Reviewed, files: Any, site: Any) -> None:
    site.put("mue", files.mue("J1885,8,3 Date,Data", "96372,1,3 Date,Data"))
    claim = (DraftLine("J1885", units=Decimal(9)), DraftLine("96372", units=Decimal(2)))
    found = reviewed(TORADOL, claim_lines=claim)
    [drug], [shot] = findings(found, "H-20"), findings(found, "U-09")
    assert drug.message.startswith("J1885: 9 unit(s) are over the 8 a day")
    assert shot.message.startswith("2 units of 96372 are over the 1 a day")
    assert drug.source.endswith("effective 2026-10-01")
    assert findings(reviewed(TORADOL, claim_lines=(DraftLine("J1885", units=Decimal(5)),)), "H-20") == []


def test_each_service_is_judged_by_the_table_of_its_day(reviewed: Reviewed, files: Any, site: Any) -> None:
    july = "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv"
    site.put("mue", files.mue("96372,5,3 Date,Data", name=july))
    site.put("mue", files.mue("96372,1,3 Date,Data"))
    assert findings(reviewed(TWICE, day=date(2026, 9, 30)), "U-09") == []
    assert findings(reviewed(TWICE, day=date(2026, 10, 1)), "U-09")


def test_a_table_of_later_days_is_used_and_said_to_be_later(
    reviewed: Reviewed, files: Any, site: Any
) -> None:
    site.put("mue", files.mue("96372,1,3 Date,Data"))
    assert findings(reviewed(TWICE, day=date(2026, 3, 2)), "U-09")[0].source.endswith(
        "later than this service"
    )


def test_hospitals_and_payers_of_other_edits_keep_to_theirs(
    reviewed: Reviewed, files: Any, site: Any
) -> None:
    site.put("mue", files.mue("96372,1,2 Date,Data"))
    assert findings(reviewed(TWICE, claim="facility"), "U-09") == []
    assert findings(reviewed(TWICE, payer="medicaid"), "U-09") == []
    assert findings(reviewed(TWICE, payer="medicaid"), "U-09v")
    assert findings(reviewed(TWICE, payer="self_pay"), "U-09v") == []


def pairs(files: Any, site: Any, *rows: tuple[str, str, str]) -> None:
    told = [(one, other, "", "20100101", "*", allowed, "why") for one, other, allowed in rows]
    site.put("ptp", files.ptp(*told))


def test_without_pairs_the_family_decides_and_says_that_it_is_uncertain(reviewed: Reviewed) -> None:
    found = reviewed(TORADOL, same_day_procedures=("20610",))
    assert "Uncertain" in findings(found, "M-09")[0].message
    assert found.decision.lines[0].modifiers == ("XS",)


def test_a_pair_that_allows_a_modifier_asks_for_it(reviewed: Reviewed, files: Any, site: Any) -> None:
    pairs(files, site, ("20610", "96372", "1"))
    found = reviewed(TORADOL, same_day_procedures=("20610",))
    assert found.decision.lines[0].modifiers == ("XS",)
    [told] = findings(found, "M-09")
    assert "Uncertain" not in told.message
    assert "NCCI procedure-to-procedure edits, practitioner, effective 2026-10-01" in told.source


def test_a_pair_that_allows_none_takes_the_injection_off_the_claim(
    reviewed: Reviewed, files: Any, site: Any
) -> None:
    pairs(files, site, ("20610", "96372", "0"))
    found = reviewed(TORADOL, same_day_procedures=("20610",), claim_lines=(DraftLine("96372"),))
    assert "96372" not in lines(found)
    assert findings(found, "M-09")[0].severity == "block"
    checked = found.decision.claim
    assert checked
    assert (checked[0].status, checked[0].rule, checked[0].carc) == ("unsupported", "M-09", "236")


def test_where_the_other_code_is_second_the_modifier_is_its_own(
    reviewed: Reviewed, files: Any, site: Any
) -> None:
    pairs(files, site, ("96372", "36000", "1"))
    found = reviewed(TORADOL, same_day_procedures=("36000",))
    assert found.decision.lines[0].modifiers == ()
    assert "it belongs on 36000" in findings(found, "M-09")[0].message


def test_no_pair_no_modifier(reviewed: Reviewed, files: Any, site: Any) -> None:
    pairs(files, site, ("96372", "36000", "1"))
    found = reviewed(TORADOL, same_day_procedures=("20610",))
    assert (found.decision.lines[0].modifiers, findings(found, "M-09")) == ((), [])


def test_a_pair_that_ended_no_longer_counts(reviewed: Reviewed, files: Any, site: Any) -> None:
    site.put("ptp", files.ptp(("20610", "96372", "", "20100101", "20260930", "1", "why")))
    assert findings(reviewed(TORADOL, same_day_procedures=("20610",)), "M-09") == []
    assert findings(reviewed(TORADOL, same_day_procedures=("20610",), day=date(2026, 9, 30)), "M-09")


PACKED = "Toradol 60 mg IM given in the right deltoid by J. Lee, RN, NDC 00409-3795-01."


def crosswalk(files: Any, site: Any, code: str, dosage: str = "15 MG") -> None:
    site.put("asp-ndc", files.asp(f"{code},K,Hospira,00409-3795-01,Somezol,{dosage},1,25,2,50"))


@pytest.mark.parametrize(("code", "fires"), [("J1885", False), ("J0696", True)])
def test_a_package_must_belong_to_its_code(
    code: str, fires: bool, reviewed: Reviewed, files: Any, site: Any
) -> None:
    crosswalk(files, site, code)
    told = [finding for finding in findings(reviewed(PACKED), "H-14") if finding.severity == "query"]
    assert bool(told) is fires
    claim = (DraftLine("96372"), DraftLine("J1885", units=Decimal(4), ndc="00409-3795-01"))
    checked = reviewed(PACKED, claim_lines=claim).decision.claim
    assert checked
    assert (checked[1].rule, checked[1].carc) == (("H-14", "16") if fires else (None, None))


def directory(files: Any, site: Any, product: Any, ends: str = "", **told: str) -> None:
    rows = [product("a", "Toradol", "ketorolac tromethamine", "INTRAMUSCULAR", **told)]
    site.put("ndc", files.ndc(rows, [("a", "00409-3795-01", ends)]), day=date(2026, 10, 1))


def test_a_package_must_be_known_and_still_sold(
    reviewed: Reviewed, files: Any, site: Any, product: Any
) -> None:
    directory(files, site, product, ends="20261001")
    assert "was last sold to be used until 2026-10-01" in findings(reviewed(PACKED), "H-14")[0].message
    assert findings(reviewed(PACKED, day=date(2026, 10, 1)), "H-14") == []
    other = PACKED.replace("3795-01", "3796-01")
    assert "is among no packages for injection" in findings(reviewed(other), "H-14")[0].message


def test_the_product_tells_the_route_only_where_the_payer_takes_it(
    reviewed: Reviewed, files: Any, site: Any, product: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deltoid.pipeline import policies

    directory(files, site, product)
    text = "Migraine. Toradol injection 60 mg given in the clinic by J. Lee, RN, NDC 00409-3795-01."
    assert findings(reviewed(text), "G-08")[0].hard is True
    real = policies.Policy.flag
    monkeypatch.setattr(
        policies.Policy, "flag", lambda self, name: name == "infer_route_from_product" or real(self, name)
    )
    [told] = findings(reviewed(text), "G-08")
    assert (told.hard, told.element) == (False, "route")
    assert "FDA NDC directory" in told.source


def test_prices_go_by_place_and_payer(reviewed: Reviewed, files: Any, site: Any) -> None:
    site.put("fees", files.fees(files.service("96372", "0.17", "0.28", "0.10", "0.01")))

    def delta(**known: Any) -> Decimal | None:
        found = reviewed(
            TORADOL, claim_lines=(DraftLine("96372", units=Decimal(2)), DraftLine("J1885")), **known
        )
        assert found.decision.claim
        return found.decision.claim[0].money_delta

    assert delta() == Decimal("-15.36")
    assert delta(pos="22") == Decimal("-18.70")  # in a hospital neither unit is the physician's
    # (0.17 * 1.5 + 0.28 * 1.1 + 0.01 * 0.6) * 33.4009 = 0.569 * 33.4009 = 19.0051
    assert delta(locality="02102-01") == Decimal("-19.01")
    assert delta(payer="commercial") is None
    with pytest.raises(
        TableError, match="DELTOID_LOCALITY: the fee schedule of 2026-10-01 has no '99999-99'"
    ):
        delta(locality="99999-99")
    site.put("site-fees", files.text("f.csv", "code,amount,payer,from,to", "96372,20,,2026-01-01,2026-12-31"))
    assert delta(payer="commercial") == Decimal(-20)
    assert delta(payer="commercial", day=date(2027, 1, 1)) is None


def test_drugs_are_priced_for_those_who_pay_by_the_schedule(
    reviewed: Reviewed, files: Any, site: Any
) -> None:
    head = "HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit,Notes"
    text = '"Payment limits effective October 1, 2026 through December 31, 2026",,,,'
    site.put(
        "asp-prices", files.text("ASP Pricing.csv", text, head, "J1885,K,15 MG,0.512,", "90371,G,1 ML,,")
    )
    claim = (DraftLine("96372"), DraftLine("J1885", units=Decimal(2)))
    priced, not_priced = (
        reviewed(TORADOL, claim_lines=claim, payer=payer).decision.claim
        for payer in ("medicare", "commercial")
    )
    assert priced
    assert not_priced
    assert (priced[1].money_delta, not_priced[1].money_delta) == (Decimal("1.024"), None)


def test_a_code_that_ended_is_used_no_more_and_a_new_one_is(
    reviewed: Reviewed, files: Any, site: Any, lines: Any
) -> None:
    ended = lines("J1885", "3", "Injection, ketorolac tromethamine, per 15 mg", "19970101", "20260930")
    new = lines("J9997", "3", "Injection, ketorolac tromethamine, 1 mg", "20261001")
    site.put("hcpcs", files.hcpcs(ended, new))
    before, after = (
        reviewed(TORADOL, day=day).decision.lines for day in (date(2026, 9, 30), date(2026, 10, 1))
    )
    assert [(line.code, line.units) for line in before][1] == ("J1885", 4)
    assert [(line.code, line.units) for line in after][1] == ("J9997", 60)


NEW = "Zyxtrila 5 mg SC given in the left thigh by J. Lee, RN, ordered by Dr. Ray."


def test_a_new_drug_is_found_by_its_code_s_text(
    reviewed: Reviewed, files: Any, site: Any, lines: Any
) -> None:
    assert [event.drug.name for event in reviewed(NEW).events if event.drug] == []
    site.put(
        "hcpcs", files.hcpcs(lines("J9998", "3", "Injection, zyxtrimab-abcd (zyxtrila), 1 mg", "20260701"))
    )
    found = reviewed(NEW)
    assert [event.drug.name for event in found.events if event.drug] == ["zyxtrimab-abcd"]
    assert {line.code: line.units for line in found.decision.lines}["J9998"] == 5


def test_a_new_drug_of_the_directory_is_not_listed_until_the_crosswalk_has_it(
    reviewed: Reviewed, files: Any, site: Any, product: Any
) -> None:
    row = product("a", "Zyxtrila", "zyxtrimab", "SUBCUTANEOUS", MARKETINGCATEGORYNAME="BLA")
    site.put("ndc", files.ndc([row], [("a", "12345-678-90", "")]), day=date(2026, 10, 1))
    assert {line.code for line in reviewed(NEW).decision.lines} == {"96372", "J3590"}
    site.put("asp-ndc", files.asp("J9998,K,M,12345-0678-90,Zyxtrila,1 MG,1,1,5,5"))
    assert {line.code: line.units for line in reviewed(NEW).decision.lines}["J9998"] == 5


def test_names_of_rxnorm_are_found_with_needle_words(reviewed: Reviewed, files: Any, site: Any) -> None:
    row = "|".join(
        ["1", "ENG", *[""] * 9, "RXNORM", "SBDF", "1", "zyxtrimab Injection [Zyxtrila]", "", "N", "", ""]
    )
    site.put("rxnorm", files.archive("RxNorm_full_prescribe_11022026.zip", files.text("RXNCONSO.RRF", row)))
    assert [event.drug.name for event in reviewed(NEW).events if event.drug] == ["zyxtrimab"]
    assert reviewed("Takes Zyxtrila daily at home.").events == ()


def test_a_new_vaccine_is_no_therapeutic_injection(
    reviewed: Reviewed, files: Any, site: Any, product: Any
) -> None:
    row = product("a", "Zyxvax", "zyx virus antigen", "INTRAMUSCULAR", PRODUCTTYPENAME="VACCINE")
    site.put("ndc", files.ndc([row], [("a", "12345-678-90", "")]), day=date(2026, 10, 1))
    found = reviewed("Zyxvax 0.5 mL IM given in the left deltoid by J. Lee, RN.")
    assert [event.drug.category for event in found.events if event.drug] == ["vaccine"]
    assert "96372" not in {line.code for line in found.decision.lines}


@pytest.mark.parametrize(
    "told",
    [
        {"PRODUCTTYPENAME": "STANDARDIZED ALLERGENIC", "MARKETINGCATEGORYNAME": "BLA"},
        {"MARKETINGCATEGORYNAME": "UNAPPROVED HOMEOPATHIC"},
    ],
)
def test_allergens_and_homeopathy_lend_no_names(
    told: dict[str, str], reviewed: Reviewed, files: Any, site: Any, product: Any
) -> None:
    row = product("a", "Kitchenweed", "kitchenweed", "SUBCUTANEOUS", **told)
    site.put("ndc", files.ndc([row], [("a", "12345-678-90", "")]), day=date(2026, 10, 1))
    assert reviewed("Kitchenweed in the garden. Given Kitchenweed by J. Lee, RN.").events == ()


def test_a_name_that_is_no_approved_drug_s_needs_a_needle(
    reviewed: Reviewed, files: Any, site: Any, product: Any
) -> None:
    row = product("a", "Gardenol", "gardenol", "SUBCUTANEOUS", MARKETINGCATEGORYNAME="UNAPPROVED DRUG OTHER")
    site.put("ndc", files.ndc([row], [("a", "12345-678-90", "")]), day=date(2026, 10, 1))
    assert reviewed("Likes Gardenol in the evening.").events == ()
    found = reviewed("Gardenol 5 mg SC given in the left thigh by J. Lee, RN.")
    assert [event.drug.name for event in found.events if event.drug] == ["gardenol"]


def test_a_data_folder_that_is_not_there_is_said(shipped: Engine, site: Any) -> None:
    with pytest.raises(SettingsError, match="DELTOID_DATA: there is no such folder"):
        in_force(shipped, Settings(data=site.versions.data))
    site.versions.data.mkdir()
    assert in_force(shipped, Settings(data=site.versions.data)) is shipped


def test_a_name_that_holds_a_known_one_changes_nothing(
    reviewed: Reviewed, files: Any, site: Any, product: Any
) -> None:
    rows = [
        product("a", "Toradol Readykit", "ketorolac tromethamine", "INTRAMUSCULAR"),
        product("b", "Given", "given", "INTRAMUSCULAR"),
    ]
    site.put(
        "ndc", files.ndc(rows, [("a", "12345-678-90", ""), ("b", "12345-679-90", "")]), day=date(2026, 10, 1)
    )
    found = reviewed(TORADOL.replace("Toradol", "Toradol Readykit"))
    assert [event.drug.name for event in found.events if event.drug] == ["ketorolac"]


def test_a_list_of_self_administered_drugs_is_the_payer_s(reviewed: Reviewed, files: Any, site: Any) -> None:
    text = "Ceftriaxone 500 mg SC given in the left thigh by J. Lee, RN."
    assert findings(reviewed(text), "G-22") == []
    site.put("sad", files.text("sad.csv", "name,code,payer,from,to", ",J0696,medicare,2026-01-01,2026-12-31"))
    assert findings(reviewed(text), "G-22")
    assert findings(reviewed(text, payer="commercial"), "G-22") == []
    assert findings(reviewed(text, day=date(2027, 1, 1)), "G-22") == []


def test_what_a_review_is_made_with_changes_with_every_import(
    reviewed: Reviewed, files: Any, site: Any
) -> None:
    digests = [reviewed(TORADOL).made_with["tables"]]
    site.put("mue", files.mue("96372,5,3 Date,Data"))
    digests.append(reviewed(TORADOL).made_with["tables"])
    site.put("mue", files.mue("96372,6,3 Date,Data"))
    digests.append(reviewed(TORADOL).made_with["tables"])
    assert len(set(digests)) == 3
    site.versions.back(site.plan("mue", files.mue()).read.kind, None)
    assert reviewed(TORADOL).made_with["tables"] == digests[1]
