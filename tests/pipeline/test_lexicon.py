from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import get_args

import pytest

from deltoid.pipeline import lexicon
from deltoid.pipeline.forms import Place, Section
from deltoid.pipeline.types import RouteCode


@pytest.mark.parametrize(
    ("words", "code", "target"),
    [
        ("i.m.", "IM", "muscle"),
        ("deep im", "IM", "muscle"),
        ("subcu", "SC", "subcutis"),
        ("sub-q", "SC", "subcutis"),
        ("intradermally", "ID", "skin"),
        ("ivp", "IV_PUSH", "vessel"),
        ("ivpb", "IV_INFUSION", "vessel"),
        ("iv", "IV", "vessel"),
        ("intraarticular", "INTRA_ARTICULAR", "joint"),
        # these three are given with the same needle as a joint injection but coded by what they reach
        ("intrabursal", "INTRA_ARTICULAR", "bursa"),
        ("tendon sheath injection", "INTRA_ARTICULAR", "tendon"),
        ("trigger point injections", "INTRA_ARTICULAR", "trigger_point"),
        ("infiltrated", "LOCAL", None),
        ("digital block", "BLOCK", "nerve"),
        ("transforaminal epidural", "EPIDURAL", "spine"),
        ("intralesionally", "INTRALESIONAL", "lesion"),
        ("intravitreal", "INTRAVITREAL", "eye"),
        ("intra-arterial", "OTHER", "vessel"),
        ("p.o.", "NOT_NEEDLE", None),
        ("nebulizer", "NOT_NEEDLE", None),
    ],
)
def test_a_written_route_has_its_code_and_target(words: str, code: str, target: str | None) -> None:
    route = lexicon.routes()[words]
    assert (route.code, route.target) == (code, target)


def test_every_route_of_the_contract_can_be_written() -> None:
    assert {route.code for route in lexicon.routes().values()} == {*get_args(RouteCode), "NOT_NEEDLE"}


@pytest.mark.parametrize("word", ["ia", "push", "left", "ms", "do not"])
def test_words_that_mostly_mean_something_else_are_no_route(word: str) -> None:
    assert word not in lexicon.routes()


@pytest.mark.parametrize(
    ("words", "device"),
    [("continuous subcutaneous insulin infusion", "pump"), ("on-body injector", "on_body"), ("im", "needle")],
)
def test_some_routes_tell_the_device(words: str, device: str) -> None:
    assert lexicon.routes()[words].device == device


@pytest.mark.parametrize(
    ("words", "place", "target"),
    [
        ("delt", "deltoid", "muscle"),
        ("bum", "buttock", "muscle"),
        ("ventragluteal", "ventrogluteal", "muscle"),
        ("rlq abdomen", "abdomen", "subcutis"),
        ("glenohumeral joint", "shoulder", "joint"),
        ("greater trochanteric bursa", "greater trochanteric bursa", "bursa"),
        ("a1 pulley", "a1 pulley", "tendon"),
        ("levator scapulae", "levator scapulae", "trigger_point"),
        ("greater occipital nerve", "greater occipital nerve", "nerve"),
        ("keloid", "keloid", "lesion"),
        # a hip may be the gluteal muscle, the joint or the bursa
        ("hip", "hip", "other"),
        # an arm may be muscle or fat: the route has to tell
        ("upper arm", "upper arm", None),
    ],
)
def test_a_written_site_has_its_place_and_target(words: str, place: str, target: str | None) -> None:
    assert lexicon.sites()[words] == Place(place, target)  # type: ignore[arg-type]


def test_sites_leave_the_side_to_the_table_of_sides() -> None:
    sides = {side for side in lexicon.sides() if len(side) > 2} - {"each", "both"}
    assert [site for site in lexicon.sites() if sides & set(site.split())] == []


@pytest.mark.parametrize(
    ("words", "unit", "factor", "base"),
    [
        ("µg", "mcg", "0.001", "mg"),  # the micro sign
        ("μg", "mcg", "0.001", "mg"),  # the Greek letter
        ("milligrammes", "mg", "1", "mg"),
        ("cc", "mL", "1", "mL"),
        ("l", "L", "1000", "mL"),
        ("iu", "units", "1", "units"),
        ("million units", "million units", "1000000", "units"),
        ("%", "%", "10", "mg/mL"),  # 1 g in 100 mL
        ("mcg/kg/min", "mcg/kg/min", "0.06", "mg/kg/hr"),
        ("prefilled syringe", "syringe", "1", "syringe"),
    ],
)
def test_a_written_unit_is_worth_what_it_says(words: str, unit: str, factor: str, base: str) -> None:
    found = lexicon.units()[words]
    assert (found.unit, found.factor, found.base) == (unit, Decimal(factor), base)


def test_all_spellings_of_a_unit_are_worth_the_same() -> None:
    worth = defaultdict(set)
    for unit in lexicon.units().values():
        worth[unit.unit].add((unit.kind, unit.factor, unit.base))
    assert {unit: values for unit, values in worth.items() if len(values) > 1} == {}


def test_a_unit_is_found_by_its_own_word() -> None:
    assert {unit.unit for unit in lexicon.units().values()} - {
        unit.unit for word, unit in lexicon.units().items() if word == unit.unit.lower()
    } == set()


def test_a_base_that_is_itself_a_unit_counts_one() -> None:
    words = {unit.unit: unit for unit in lexicon.units().values()}
    bases = {unit.base for unit in lexicon.units().values() if unit.base in words}
    assert {base for base in bases if words[base].factor != 1} == set()


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("medications on admission", "medications_home"),
        ("mar", "medications_given"),
        ("description of operation", "procedure_description"),
        ("preoperative diagnosis", "preop_diagnosis"),
        ("a/p", "assessment_plan"),
        ("other meds", "other_meds"),
        ("history", "history"),
    ],
)
def test_a_heading_opens_its_section(heading: str, section: str) -> None:
    assert lexicon.sections()[heading] == section


def test_every_section_has_a_heading() -> None:
    assert set(lexicon.sections().values()) == set(get_args(Section))


@pytest.mark.parametrize("field", ["dose", "route", "site", "ndc"])
def test_a_field_of_an_order_opens_no_section(field: str) -> None:
    assert field not in lexicon.sections()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("strep throat", "disease"),
        ("pernicious anaemia", "disease"),
        ("right knee osteoarthritis", "disease"),
        ("low back pain", "symptom"),
        ("n/v", "symptom"),
        ("postoperative analgesia", "purpose"),
        ("fetal lung maturity", "purpose"),
    ],
)
def test_a_reason_is_disease_symptom_or_purpose(words: str, kind: str) -> None:
    assert lexicon.conditions()[words] == kind


@pytest.mark.parametrize("word", ["ms", "prep", "surgery", "pa"])
def test_words_that_mostly_mean_something_else_are_no_reason(word: str) -> None:
    assert word not in lexicon.conditions()


def test_people_and_numbers_have_their_words() -> None:
    assert lexicon.credentials()["fnp-c"] == "NP"
    assert lexicon.credentials()["nursing"] == "nurse"
    assert lexicon.numbers()["half"] == Decimal("0.5")
    assert lexicon.numbers()["seventy-five"] == 75
    assert lexicon.sides()["b/l"] == "bilateral"
