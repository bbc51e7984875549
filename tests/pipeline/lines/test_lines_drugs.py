"""The drug's own line: code of the day, units of the dose, who supplied it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from deltoid.pipeline.lines import LineResult


def drugs(result: LineResult) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(line.code, line.units, line.modifiers) for line in result.lines if line.code != "96372"]


def fired(result: LineResult) -> set[str]:
    return {finding.rule for finding in result.findings}


@pytest.mark.parametrize(
    ("drug", "dose", "day", "expected"),
    [
        # 80 / 1
        ("methylprednisolone acetate", "80 mg", date(2024, 4, 1), ("J1010", 80)),
        # before April 2024 the 80 mg code
        ("methylprednisolone acetate", "80 mg", date(2024, 3, 31), ("J1040", 1)),
        # 1000 / 250
        ("ceftriaxone", "1 g", date(2026, 3, 2), ("J0696", 4)),
        # 1500 mcg / up to 1000 mcg, rounded up
        ("cyanocobalamin", "1500 mcg", date(2026, 3, 2), ("J3420", 2)),
        # 125 / 50 = 2.5, rounded up
        ("haloperidol decanoate", "125 mg", date(2026, 3, 2), ("J1631", 3)),
        # 2.4 million / 100,000
        ("penicillin G benzathine", "2.4 million units", date(2026, 3, 2), ("J0561", 24)),
        # 125 / 5
        ("methylprednisolone sodium succinate", "125 mg", date(2024, 4, 1), ("J2919", 25)),
        ("methylprednisolone sodium succinate", "125 mg", date(2024, 3, 31), ("J2930", 1)),
        # 6 / 0.5, and the whole syringe before 2022
        ("pegfilgrastim", "6 mg", date(2022, 1, 1), ("J2506", 12)),
        ("pegfilgrastim", "6 mg", date(2021, 12, 31), ("J2505", 1)),
        # 22.5 / 7.5 and 11.25 / 3.75
        ("leuprolide", "22.5 mg", date(2026, 3, 2), ("J9217", 3)),
        ("leuprolide", "11.25 mg", date(2026, 3, 2), ("J1950", 3)),
        # 0.3 / 0.1 under the code of the day
        ("epinephrine", "0.3 mg", date(2025, 6, 30), ("J0171", 3)),
        ("epinephrine", "0.3 mg", date(2025, 7, 1), ("J0165", 3)),
        ("influenza vaccine", "0.5 mL", date(2026, 3, 2), None),
    ],
)
def test_code_and_units_follow_drug_dose_and_day(
    chart: Any, drug: str, dose: str, day: date, expected: tuple[str, int] | None
) -> None:
    found = drugs(chart.build(chart.event(drug=drug, dose=dose), day=day))
    assert [line[:2] for line in found] == ([expected] if expected else [])


def test_a_volume_is_reckoned_through_the_strength(chart: Any) -> None:
    # 2 mL x 4 mg/mL = 8 mg; 8 / 1
    event = chart.event(drug="dexamethasone sodium phosphate", dose="2 mL", strength=chart.strength("4 mg"))
    assert drugs(chart.build(event)) == [("J1100", 8, ())]


def test_a_volume_without_strength_waits(chart: Any) -> None:
    result = chart.build(chart.event(drug="dexamethasone sodium phosphate", dose="2 mL"))
    assert drugs(result) == []
    assert [(line.code, line.units) for line in result.held] == [("J1100", 0)]
    assert [f.element for f in result.findings if f.rule == "H-08"] == ["dose"]


def test_without_a_dose_the_drug_waits_and_the_injection_does_not(chart: Any) -> None:
    result = chart.build(chart.event(dose=None))
    assert [line.code for line in result.lines] == ["96372"]
    assert [(line.code, line.units) for line in result.held] == [("J1885", 0)]
    assert "H-08" not in fired(result)


def test_rounding_is_told(chart: Any) -> None:
    assert "H-01" in fired(chart.build(chart.event(dose="20 mg")))
    assert "H-01" not in fired(chart.build(chart.event(dose="30 mg")))
    assert "H-02" in fired(chart.build(chart.event(drug="promethazine", dose="25 mg")))
    assert "H-02" not in fired(chart.build(chart.event(dose="20 mg")))


def test_doses_of_one_day_are_added_before_rounding(chart: Any) -> None:
    # 7.5 + 7.5 = 15; 15 / 15 = 1 and not 2
    events = [chart.event(f"e{n}", dose="7.5 mg", time=chart.time(f"{n}:00")) for n in (9, 15)]
    result = chart.build(*events)
    assert drugs(result) == [("J1885", 1, ())]
    assert "H-03" in fired(result)


def test_an_unlisted_drug_goes_out_with_its_narrative(chart: Any) -> None:
    result = chart.build(chart.event(drug="semaglutide", dose="0.25 mg", route="SC"))
    assert drugs(result)[0][1:] == (1, ())
    told = [f.message for f in result.findings if f.rule == "H-11"]
    assert "semaglutide, 0.25 mg, SC, NDC?" in told[0]
    assert "H-11" not in fired(chart.build(chart.event()))


def test_a_drug_that_never_had_a_code_is_unlisted_too(chart: Any) -> None:
    result = chart.build(chart.event(drug="glutathione", dose="600 mg"))
    assert drugs(result) == [("J3490", 1, ())]
    assert "H-11" in fired(result)


@pytest.mark.parametrize("vague", ["antibiotic shot", "other antipsychotic injections", "pain shot"])
def test_a_class_of_drugs_is_no_unlisted_drug(chart: Any, vague: str) -> None:
    assert drugs(chart.build(chart.event(drug=vague))) == []


def test_where_every_code_is_a_makers_the_drug_waits(chart: Any) -> None:
    result = chart.build(chart.event(drug="hyaluronidase", dose="150 units", route="SC"))
    assert drugs(result) == []
    assert [line.units for line in result.held] == [0]
    assert "H-10" in fired(result)


def test_a_brand_names_its_maker(chart: Any) -> None:
    result = chart.build(chart.event(drug="insulin (Fiasp)", dose="10 units", route="SC"))
    assert drugs(result) == [("J1812", 2, ())]
    assert "H-10" not in fired(result)


@pytest.mark.parametrize(("route", "code"), [("IV_INFUSION", "J3358"), ("SC", "J3357")])
def test_the_route_chooses_between_two_codes(chart: Any, route: str, code: str) -> None:
    judged = {"e1": chart.judged("e1", "96365", "redirect", coding="redirect")} if route != "SC" else {}
    result = chart.build(chart.event(drug="ustekinumab", dose="90 mg", route=route), judged=judged)
    assert [line for line, _, _ in drugs(result) if line.startswith("J")] == [code]


def test_a_dose_of_nothing_is_not_reckoned(chart: Any) -> None:
    assert drugs(chart.build(chart.event(dose="0 mg"))) == []


def test_a_drug_without_salt_asks_for_the_product(chart: Any) -> None:
    result = chart.build(chart.event(drug="methylprednisolone", dose="80 mg"))
    assert drugs(result) == []
    assert "H-10" in fired(result)


def test_a_makers_code_needs_the_maker_on_the_record(chart: Any) -> None:
    plain = chart.build(chart.event(drug="fulvestrant", dose="500 mg"))
    assert drugs(plain) == [("J9395", 20, ())]
    assert "H-10" in fired(plain)
    text = "fulvestrant 500 mg IM (Fresenius Kabi)"
    named = chart.build(chart.event(drug="fulvestrant", dose="500 mg"), text=text)
    assert drugs(named) == [("J9394", 20, ())]
    assert "H-10" not in fired(named)


@pytest.mark.parametrize(("dialysis", "code"), [("yes", "J0882"), ("no", "J0881")])
def test_dialysis_has_its_own_code(chart: Any, dialysis: str, code: str) -> None:
    event = chart.event(drug="darbepoetin", dose="60 mcg", route="SC")
    found = drugs(chart.build(event, facts=[chart.fact("esrd", dialysis)]))
    assert [line[:2] for line in found] == [(code, 60)]


@pytest.mark.parametrize(("payer", "code"), [("commercial", "90384"), ("medicare", "J2790")])
def test_the_payer_chooses_between_two_codes(chart: Any, payer: str, code: str) -> None:
    event = chart.event(drug="Rho(D) immune globulin", dose="300 mcg")
    assert drugs(chart.build(event, payer=payer))[0][:2] == (code, 1)


@pytest.mark.parametrize("source", ["patient", "pharmacy", "sample"])
def test_a_drug_not_bought_here_is_left_out_or_goes_out_for_a_penny(chart: Any, source: str) -> None:
    event = chart.event(drug_source=chart.fact("drug_source", source))
    left_out = chart.build(event)
    assert drugs(left_out) == []
    penny = chart.build(event, payer="medicare")
    assert drugs(penny) == [("J1885", 2, ())]
    assert "H-12" in fired(left_out) & fired(penny)


def test_stock_is_billed(chart: Any) -> None:
    result = chart.build(chart.event(drug_source=chart.fact("drug_source", "stock")))
    assert drugs(result) == [("J1885", 2, ())]
    assert "H-12" not in fired(result)


def test_state_supply_is_told_on_the_line(chart: Any) -> None:
    judged = {"e1": chart.judged("e1", "90471", "redirect", coding="redirect")}
    event = chart.event(drug="Tdap vaccine", dose="0.5 mL", drug_source=chart.fact("drug_source", "state"))
    result = chart.build(event, judged=judged)
    assert ("90715", 1, ("SL",)) in drugs(result)
    assert "M-23" in fired(result)
    assert "M-23" not in fired(chart.build(chart.event(drug="Tdap vaccine", dose="0.5 mL"), judged=judged))


def test_a_local_anaesthetic_has_no_line(chart: Any) -> None:
    judged = {"e1": chart.judged("e1", "20552", "redirect", coding="redirect")}
    assert drugs(chart.build(chart.event(drug="lidocaine", dose="10 mg"), judged=judged)) == [
        ("20552", 1, ())
    ]


def test_a_daily_limit_is_watched_where_a_table_is_loaded(chart: Any) -> None:
    assert "H-20" in fired(chart.build(chart.event(dose="60 mg"), parameters={"mue_table": {"J1885": "2/3"}}))
    assert "H-20" not in fired(chart.build(chart.event(dose="60 mg")))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("0409-3795-01", "N400409379501 ME30"),
        ("5551371001", "could be 05551371001 or 55513071001 or 55513710001"),
        ("12-3", "is not a package code"),
    ],
)
def test_a_package_code_is_told_as_it_goes_out(chart: Any, written: str, words: str) -> None:
    event = chart.event(ndc=chart.fact("ndc", written))
    messages = [f.message for f in chart.build(event).findings if f.rule == "H-14"]
    assert "H-14" not in fired(chart.build(chart.event()))
    assert words in messages[0]
    assert "H-14" not in fired(chart.build(event, payer="medicare"))


def test_without_an_amount_the_package_code_stands_alone(chart: Any) -> None:
    event = chart.event(dose=None, ndc=chart.fact("ndc", "0409-3795-01"))
    messages = [f.message for f in chart.build(event).findings if f.rule == "H-14"]
    assert "N400409379501 with the quantity used" in messages[0]
