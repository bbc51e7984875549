"""A draft claim with one thing wrong, of each kind, and what it costs either way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from deltoid.pipeline.lines import LineResult
from deltoid.pipeline.types import ClaimCheck, Finding

NDC = "00409379501"
FEES = {"fee_table": {"96372": "15.00", "J1885": "0.50", "99213": "90.00"}}


def right(chart: Any) -> list[Any]:
    return [chart.draft("96372"), chart.draft("J1885", 4, ndc=NDC)]


def checked(chart: Any, *drafts: Any, **known: Any) -> tuple[ClaimCheck, ...]:
    return result(chart, *drafts, **known).claim or ()


def result(chart: Any, *drafts: Any, **known: Any) -> LineResult:
    built: LineResult = chart.build(chart.event(dose="60 mg"), claim_lines=drafts, **known)
    return built


def told(entries: tuple[ClaimCheck, ...]) -> list[tuple[int, str, str | None]]:
    return [(entry.line, entry.status, entry.rule) for entry in entries]


def test_a_right_claim_agrees(chart: Any) -> None:
    entries = checked(chart, *right(chart), parameters=FEES)
    assert told(entries) == [(1, "agree", None), (2, "agree", None)]
    assert all(entry.money_delta is None and entry.carc is None for entry in entries)


def test_without_a_draft_nothing_is_checked(chart: Any) -> None:
    assert chart.build(chart.event()).claim is None
    assert chart.build(chart.event(), claim_lines=()).claim != ()


def test_too_many_injections_are_a_risk(chart: Any) -> None:
    entries = checked(chart, chart.draft("96372", 3), right(chart)[1], parameters=FEES)
    # one of three is supported: 1 - 3 = -2; -2 x 15.00
    assert entries[0].units_delta == -2
    assert (entries[0].status, entries[0].rule, entries[0].carc) == ("units", "U-01", "16")
    assert entries[0].money_delta == Decimal("-30.00")


def test_units_over_the_daily_limit_name_it(chart: Any) -> None:
    table = {"mue_table": {"96372": "2/3", "J1885": "8/3"}}
    drafts = [chart.draft("96372", 3), chart.draft("J1885", 9, ndc=NDC)]
    assert told(checked(chart, *drafts, parameters=table)) == [(1, "units", "U-09"), (2, "units", "H-20")]


def test_too_few_drug_units_are_missed_revenue(chart: Any) -> None:
    entries = checked(chart, right(chart)[0], chart.draft("J1885", 1, ndc=NDC), parameters=FEES)
    # 60 / 15 = 4 are supported: 4 - 1 = 3; 3 x 0.50
    assert (entries[1].status, entries[1].rule) == ("units", "H-01")
    assert (entries[1].units_delta, entries[1].money_delta) == (3, Decimal("1.50"))


def test_without_prices_no_money_is_told(chart: Any) -> None:
    assert checked(chart, chart.draft("96372", 3), right(chart)[1])[0].money_delta is None


@pytest.mark.parametrize(
    ("code", "modifier", "rule", "carc"),
    [
        ("96372", "25", "M-01", "4"),
        ("J1885", "25", "M-01", "4"),
        ("96372", "91", "M-14", "4"),
        ("96372", "50", "M-15", "4"),
        ("96372", "TC", "M-15", "4"),
        ("96372", "JZ", "M-21", "16"),
        ("96372", "53", "M-24", "4"),
        ("96372", "59", "M-09", "236"),
        ("96372", "xu", "M-09", "236"),
        ("96372", "76", "M-12", "18"),
        ("96372", "77", "M-13", "18"),
    ],
)
def test_a_wrong_modifier_is_named_with_its_rule(
    chart: Any, code: str, modifier: str, rule: str, carc: str
) -> None:
    drafts = [chart.draft("96372", 1, *([modifier] if code == "96372" else []))]
    drafts.append(chart.draft("J1885", 4, *([modifier] if code == "J1885" else []), ndc=NDC))
    wrong = [entry for entry in checked(chart, *drafts) if entry.status != "agree"]
    assert [(entry.status, entry.rule, entry.carc) for entry in wrong] == [("modifier", rule, carc)]


def test_sides_are_information(chart: Any) -> None:
    entries = checked(chart, chart.draft("96372", 1, "LT"), right(chart)[1])
    assert [entry.status for entry in entries] == ["agree", "agree"]


def test_a_modifier_that_lacks_is_named(chart: Any) -> None:
    entries = checked(chart, *right(chart), same_day_procedures=("95117",))
    assert told(entries)[0] == (1, "modifier", "M-09")
    assert entries[0].expected is not None
    assert entries[0].expected.modifiers == ("59",)


def test_either_way_of_saying_distinct_will_do(chart: Any) -> None:
    drafts = [chart.draft("96372", 1, "59"), chart.draft("J1885", 4)]
    entries = checked(chart, *drafts, payer="medicare", same_day_procedures=("95117",))
    assert [entry.status for entry in entries] == ["agree", "agree"]


def test_waste_that_is_not_told_is_named(chart: Any) -> None:
    event = chart.event(dose="60 mg", container=chart.fact("container", "prefilled"))
    drafts = (chart.draft("96372"), chart.draft("J1885", 4))
    entries = chart.build(event, claim_lines=drafts, payer="medicare").claim
    assert told(entries) == [(1, "agree", None), (2, "modifier", "M-21")]
    assert entries[1].carc == "16"


def test_a_line_for_waste_that_lacks_is_named(chart: Any) -> None:
    event = chart.event(
        dose="30 mg", container=chart.fact("container", "single_dose"), waste=chart.amount("30 mg")
    )
    drafts = (chart.draft("96372"), chart.draft("J1885", 2))
    entries = chart.build(event, claim_lines=drafts, payer="medicare").claim
    assert told(entries) == [(1, "agree", None), (2, "agree", None), (0, "missing", "M-21")]


def test_a_forgotten_drug_is_missing(chart: Any) -> None:
    entries = checked(chart, right(chart)[0], parameters=FEES)
    assert told(entries) == [(1, "agree", None), (0, "missing", "H-16")]
    # 4 x 0.50
    assert (entries[1].units_delta, entries[1].money_delta, entries[1].carc) == (4, Decimal("2.00"), "107")


def test_a_forgotten_injection_is_missing(chart: Any) -> None:
    entries = checked(chart, right(chart)[1], parameters=FEES)
    assert told(entries) == [(1, "agree", None), (0, "missing", "H-16")]
    assert entries[1].money_delta == Decimal("15.00")


def test_an_injection_that_was_never_given_is_unsupported(chart: Any) -> None:
    judged = {"e1": chart.judged("e1", None, "not_supported")}
    declined = Finding("G-02", "block", "declined", "a source", events=("e1",))
    built = chart.build(
        chart.event(status="declined"),
        judged=judged,
        findings=[declined],
        claim_lines=tuple(right(chart)),
        parameters=FEES,
    )
    assert told(built.claim) == [(1, "unsupported", "G-02"), (2, "unsupported", "G-02")]
    assert [entry.money_delta for entry in built.claim] == [Decimal("-15.00"), Decimal("-2.00")]


def test_an_injection_that_waits_names_the_question(chart: Any) -> None:
    judged = {"e1": chart.judged("e1", "96372", "query")}
    asked = Finding("G-08", "query", "route", "a source", hard=True, events=("e1",))
    built = chart.build(chart.event(), judged=judged, findings=[asked], claim_lines=(chart.draft("96372"),))
    assert told(built.claim) == [(1, "unsupported", "G-08")]
    assert built.claim[0].carc == "11"


def test_an_empty_chart_supports_nothing(chart: Any) -> None:
    built = chart.build(claim_lines=(chart.draft("96372"),))
    assert told(built.claim) == [(1, "unsupported", "G-01a")]


def test_a_vaccine_billed_as_an_injection_takes_the_other_code(chart: Any) -> None:
    judged = {"e1": chart.judged("e1", "90471", "redirect", coding="redirect")}
    event = chart.event(drug="Tdap vaccine", dose="0.5 mL")
    drafts = (chart.draft("96372"), chart.draft("90715", ndc=NDC))
    entries = chart.build(event, judged=judged, claim_lines=drafts).claim
    assert told(entries) == [(1, "code", "R-01"), (2, "agree", None)]
    assert entries[0].expected.code == "90471"
    assert entries[0].carc == "4"


def test_an_injection_billed_as_a_vaccine_takes_96372(chart: Any) -> None:
    entries = checked(chart, chart.draft("90471"), right(chart)[1])
    assert told(entries)[0] == (1, "code", "R-01")
    assert entries[0].expected is not None
    assert entries[0].expected.code == "96372"


def test_the_general_code_beside_the_special_one_is_unsupported(chart: Any) -> None:
    judged = {"e1": chart.judged("e1", "20610", "redirect", coding="redirect")}
    knee = chart.event(
        drug="triamcinolone acetonide", dose="40 mg", route="INTRA_ARTICULAR", site="right knee"
    )
    drafts = (chart.draft("20610", 1, "RT"), chart.draft("96372"), chart.draft("J3301", 4, ndc=NDC))
    entries = chart.build(knee, judged=judged, claim_lines=drafts).claim
    assert told(entries) == [(1, "agree", None), (2, "unsupported", "M-25"), (3, "agree", None)]


def test_a_code_that_is_no_longer_in_force_is_replaced(chart: Any) -> None:
    event = chart.event(drug="methylprednisolone acetate", dose="80 mg")
    drafts = (chart.draft("96372"), chart.draft("J1040", ndc=NDC))
    entries = chart.build(event, claim_lines=drafts).claim
    assert told(entries)[1] == (2, "code", "H-09")
    assert (entries[1].expected.code, entries[1].expected.units, entries[1].carc) == ("J1010", 80, "181")


def test_the_code_of_another_drug_is_replaced(chart: Any) -> None:
    entries = checked(chart, right(chart)[0], chart.draft("J0696", 4, ndc=NDC))
    assert told(entries)[1] == (2, "code", "H-17")


def test_the_same_line_twice_is_a_duplicate(chart: Any) -> None:
    entries = checked(chart, right(chart)[0], *right(chart))
    assert told(entries) == [(1, "agree", None), (2, "unsupported", "U-11"), (3, "agree", None)]
    assert entries[1].carc == "18"


def test_two_supported_injections_on_one_line_are_in_another_format(chart: Any) -> None:
    events = [
        chart.event("e1", "promethazine", "25 mg"),
        chart.event("e2", "ketorolac", "60 mg", site="right deltoid"),
    ]
    drafts = [chart.draft("96372", 2), chart.draft("J2550", ndc=NDC), chart.draft("J1885", 4, ndc=NDC)]
    entries = chart.build(*events, claim_lines=tuple(drafts)).claim
    assert told(entries)[0] == (1, "modifier", "U-10")
    assert {entry.line for entry in entries} == {1, 2, 3}


def test_two_lines_where_one_with_units_is_due_agree_if_told_apart(chart: Any) -> None:
    event = chart.event(
        drug="omalizumab",
        dose="300 mg",
        strength=chart.strength("150 mg"),
        sticks=2,
        sites=(chart.site("right deltoid"),),
    )
    drug = chart.draft("J2357", 60, "JZ")
    for modifier, expected in (("76", (2, "agree", None)), ("", (2, "modifier", "U-11"))):
        drafts = (chart.draft("96372"), chart.draft("96372", 1, *([modifier] if modifier else [])), drug)
        entries = chart.build(event, claim_lines=drafts, payer="medicare").claim
        assert told(entries)[1] == expected


def test_a_divided_dose_without_reason_names_its_rule(chart: Any) -> None:
    event = chart.event(dose="60 mg", sticks=2)
    split = Finding("U-04", "query", "split", "a source", events=("e1",))
    drafts = (chart.draft("96372", 2), right(chart)[1])
    entries = chart.build(event, claim_lines=drafts, findings=[split]).claim
    assert told(entries)[0] == (1, "units", "U-04")


def test_a_visit_without_25_is_named(chart: Any) -> None:
    entries = checked(chart, chart.draft("99213"), *right(chart))
    assert told(entries)[0] == (1, "modifier", "M-02")
    assert entries[0].carc == "97"
    assert told(checked(chart, chart.draft("99213", 1, "25"), *right(chart)))[0] == (1, "agree", None)


def test_another_visit_than_the_record_has_is_named(chart: Any) -> None:
    assert told(checked(chart, chart.draft("99214", 1, "25"), *right(chart), em_code="99213"))[0][1] == "code"


def test_a_nurse_visit_beside_an_injection_is_unsupported(chart: Any) -> None:
    entries = checked(chart, chart.draft("99211", 1, "25"), *right(chart), parameters=FEES)
    assert told(entries)[0] == (1, "unsupported", "M-04")
    assert entries[0].carc == "97"


def test_the_add_on_beside_25_is_unsupported_under_medicare(chart: Any) -> None:
    drafts = [
        chart.draft("99213", 1, "25"),
        chart.draft("G2211"),
        chart.draft("96372"),
        chart.draft("J1885", 4),
    ]
    assert told(checked(chart, *drafts, payer="medicare"))[1] == (2, "unsupported", "M-08")
    assert told(checked(chart, *drafts))[1] == (2, "agree", None)


@pytest.mark.parametrize(
    ("package", "payer", "expected"),
    [
        (None, "commercial", ("code", "H-15")),
        ("5551371001", "commercial", ("code", "H-14")),
        (None, "medicare", ("agree", None)),
        (NDC, "medicaid", ("agree", None)),
    ],
)
def test_the_package_code_is_checked(chart: Any, package: str | None, payer: str, expected: Any) -> None:
    entries = checked(chart, right(chart)[0], chart.draft("J1885", 4, ndc=package), payer=payer)
    assert (entries[1].status, entries[1].rule) == expected


def test_injection_and_drug_point_to_one_reason(chart: Any) -> None:
    drafts = [
        chart.draft("96372", diagnoses=("M54.50",)),
        chart.draft("J1885", 4, ndc=NDC, diagnoses=("I10",)),
    ]
    assert told(checked(chart, *drafts))[1] == (2, "code", "H-16")
    same = [
        chart.draft("96372", diagnoses=("M54.50",)),
        chart.draft("J1885", 4, ndc=NDC, diagnoses=("M54.50", "I10")),
    ]
    assert told(checked(chart, *same))[1] == (2, "agree", None)


def test_lines_that_are_none_of_our_business_pass(chart: Any) -> None:
    entries = checked(chart, *right(chart), chart.draft("85025"), chart.draft("12001"))
    assert [entry.status for entry in entries] == ["agree"] * 4


@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        (("96372", 1, "25"), "M-01"),
        (("96372", 1, "91"), "M-14"),
        (("96372", 1, "50"), "M-15"),
        (("96372", 1, "53"), "M-24"),
    ],
)
def test_what_is_wrong_with_the_draft_is_a_finding_too(chart: Any, draft: Any, rule: str) -> None:
    found = {f.rule for f in result(chart, chart.draft(*draft), right(chart)[1]).findings}
    assert rule in found
    assert rule not in {f.rule for f in result(chart, *right(chart)).findings}


@pytest.mark.parametrize(
    ("drafts", "rule"),
    [
        ([("96372", 1), ("J1885", 4)], "H-15"),
        ([("96372", 1)], "H-16"),
        ([("96372", 1), ("96372", 1)], "U-11"),
        ([("96372", 1), ("J0696", 4)], "H-17"),
        ([("96372", 1), ("J1040", 1)], "H-09"),
    ],
)
def test_so_is_what_it_lacks(chart: Any, drafts: list[Any], rule: str) -> None:
    lines = [chart.draft(*draft) for draft in drafts]
    assert rule in {f.rule for f in result(chart, *lines).findings}
    assert rule not in {f.rule for f in result(chart, *right(chart)).findings}
