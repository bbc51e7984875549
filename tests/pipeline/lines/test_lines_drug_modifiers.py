"""Modifiers that a drug line carries beside those for waste."""

from __future__ import annotations

from typing import Any

import pytest

from deltoid.pipeline.lines import LineResult


def modifiers(result: LineResult) -> list[tuple[str, ...]]:
    return [line.modifiers for line in result.lines if line.code != "96372"]


def fired(result: LineResult) -> set[str]:
    return {finding.rule for finding in result.findings}


@pytest.mark.parametrize(("payer", "expected"), [("medicare", ("JB",)), ("commercial", ())])
def test_a_code_of_several_routes_tells_the_route(chart: Any, payer: str, expected: tuple[str, ...]) -> None:
    result = chart.build(chart.event(drug="abatacept", dose="120 mg", route="SC"), payer=payer)
    assert modifiers(result) == [expected]
    assert ("M-20" in fired(result)) == bool(expected)


def test_into_a_vein_it_tells_that(chart: Any) -> None:
    judged = {"e1": chart.judged("e1", "96365", "redirect", coding="redirect")}
    event = chart.event(drug="abatacept", dose="120 mg", route="IV_INFUSION")
    assert ("JA",) in modifiers(chart.build(event, judged=judged, payer="medicare"))


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("anemia due to chemotherapy", ("EA",)),
        ("anemia from radiation", ("EB",)),
        ("anemia in chronic kidney disease", ("EC",)),
        (None, ()),
    ],
)
def test_an_anaemia_drug_tells_the_cause(chart: Any, reason: str | None, expected: tuple[str, ...]) -> None:
    slots = {"necessity": (chart.reason(reason),)} if reason else {}
    result = chart.build(
        chart.event(drug="darbepoetin", dose="60 mcg", route="SC", **slots), payer="medicare"
    )
    assert modifiers(result) == [expected]
    assert [f.element for f in result.findings if f.rule == "M-22"] == ([None] if reason else ["indication"])


def test_other_payers_do_not_ask_the_cause(chart: Any) -> None:
    result = chart.build(chart.event(drug="darbepoetin", dose="60 mcg", route="SC"))
    assert modifiers(result) == [()]


def test_a_policy_may_want_its_criteria_attested(chart: Any) -> None:
    result = chart.build(chart.event(), parameters={"kx_codes": ["J1885"]})
    assert modifiers(result) == [("KX",)]
    assert "M-19" in fired(result)
    assert "M-19" not in fired(chart.build(chart.event()))


@pytest.mark.parametrize(("signed", "expected"), [(True, [("GA",)]), (False, [()])])
def test_a_signed_notice_goes_on_doubtful_lines(
    chart: Any, signed: bool, expected: list[tuple[str, ...]]
) -> None:
    judged = {"e1": chart.judged("e1", "96372", "supported_with_gaps", coverage="supported_with_gaps")}
    facts = [chart.fact("abn", "on_file")] if signed else []
    result = chart.build(chart.event(), judged=judged, payer="medicare", facts=facts)
    assert modifiers(result) == expected
    assert ("M-18" in fired(result)) == signed


def test_an_excluded_drug_has_no_line_unless_a_denial_is_wanted(chart: Any) -> None:
    judged = {"e1": chart.judged("e1", "96372", "coverage_excluded", coverage="coverage_excluded")}
    event = chart.event(drug="insulin", dose="10 units", route="SC")
    result = chart.build(event, judged=judged, payer="medicare")
    assert result.lines == ()
    assert {"H-13", "M-18"} <= fired(result)
    wanted = chart.build(event, judged=judged, payer="medicare", parameters={"gy_lines": True})
    assert [(line.code, line.units, line.modifiers) for line in wanted.lines] == [
        ("96372", 1, ("GY",)),
        ("J1815", 2, ("GY",)),
    ]
    assert "H-13" not in fired(chart.build(event))
