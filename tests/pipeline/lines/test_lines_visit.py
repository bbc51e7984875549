"""The visit beside the injection, with and without modifier 25."""

from __future__ import annotations

from typing import Any

import pytest

from deltoid.pipeline.lines import LineResult
from deltoid.pipeline.types import Visit


def fired(result: LineResult) -> set[str]:
    return {finding.rule for finding in result.findings}


@pytest.mark.parametrize("code", ["99203", "99214", "99349", "G0439"])
def test_a_visit_beside_an_injection_takes_25(chart: Any, code: str) -> None:
    result = chart.build(chart.event(), em_code=code)
    assert result.em == Visit(code, ("25",))
    assert "M-02" in fired(result)


def test_without_a_visit_there_is_none(chart: Any) -> None:
    result = chart.build(chart.event())
    assert result.em is None
    assert not fired(result) & {"M-02", "M-03", "M-04", "M-05"}


def test_the_visit_of_the_draft_counts_where_the_context_names_none(chart: Any) -> None:
    result = chart.build(chart.event(), claim_lines=(chart.draft("99213"),))
    assert result.em == Visit("99213", ("25",))


def test_a_modifier_that_came_with_the_code_is_not_part_of_it(chart: Any) -> None:
    assert chart.build(chart.event(), em_code="99213-25").em == Visit("99213", ("25",))


def test_a_preventive_visit_keeps_its_injection(chart: Any) -> None:
    result = chart.build(chart.event(), em_code="99395")
    assert result.em == Visit("99395", ("25",))
    assert "M-28" in fired(result)
    assert "M-28" not in fired(chart.build(chart.event(), em_code="99213"))


def test_a_vaccine_alone_calls_for_25_too(chart: Any) -> None:
    judged = {"e1": chart.judged("e1", "90471", "redirect", coding="redirect")}
    assert chart.build(chart.event(drug="influenza vaccine"), judged=judged, em_code="99213").em == Visit(
        "99213", ("25",)
    )


def test_a_skin_test_does_not(chart: Any) -> None:
    judged = {"e1": chart.judged("e1", "86580", "redirect", coding="redirect")}
    assert chart.build(chart.event(drug="tuberculin PPD"), judged=judged, em_code="99213").em == Visit(
        "99213"
    )


@pytest.mark.parametrize("disposition", ["not_supported", "other_entity", "query", "coverage_excluded"])
def test_where_nothing_goes_out_beside_it_the_visit_stands_plain(chart: Any, disposition: str) -> None:
    judged = {"e1": chart.judged("e1", "96372", disposition)}
    assert chart.build(chart.event(), judged=judged, em_code="99213").em == Visit("99213")


def test_a_procedure_of_the_same_day_calls_for_25(chart: Any) -> None:
    assert chart.build(em_code="99213", same_day_procedures=("12001",)).em == Visit("99213", ("25",))
    assert chart.build(em_code="99213", same_day_procedures=("85025",)).em == Visit("99213")


def test_99211_goes_where_an_injection_is(chart: Any) -> None:
    result = chart.build(chart.event(), em_code="99211")
    assert result.em is None
    assert "M-04" in fired(result)
    kept = chart.build(chart.event(), em_code="99211", parameters={"allow_99211_with_injection": True})
    assert kept.em == Visit("99211", ("25",))


def test_99211_alone_stays(chart: Any) -> None:
    assert chart.build(em_code="99211").em == Visit("99211")


def test_a_note_that_tells_no_visit_bills_none(chart: Any) -> None:
    only = [chart.fact("visit", "none")]
    result = chart.build(chart.event(), em_code="99213", facts=only)
    assert result.em is None
    assert "M-03" in fired(result)
    both = chart.build(chart.event(), em_code="99213", facts=[*only, chart.fact("visit", "documented")])
    assert both.em == Visit("99213", ("25",))


def test_a_visit_for_the_injection_alone_is_told_so(chart: Any) -> None:
    assert "M-05" in fired(chart.build(chart.event(), facts=[chart.fact("visit", "none")]))


def test_a_hospital_bills_both_and_knows_of_packaging(chart: Any) -> None:
    result = chart.build(chart.event(), em_code="99284", claim="facility", payer="medicare")
    assert result.em == Visit("99284", ("25",))
    assert {"M-06", "M-07"} <= fired(result)
    assert not fired(chart.build(chart.event(), em_code="99284")) & {"M-06", "M-07"}


def test_the_add_on_is_not_paid_beside_25_under_medicare(chart: Any) -> None:
    known: dict[str, Any] = {"em_code": "99213", "same_day_procedures": ("G2211",)}
    assert "M-08" in fired(chart.build(chart.event(), payer="medicare", **known))
    assert "M-08" not in fired(chart.build(chart.event(), **known))
    vaccine = {"e1": chart.judged("e1", "G0008", "redirect", coding="redirect")}
    flu = chart.event(drug="influenza vaccine")
    assert "M-08" not in fired(chart.build(flu, judged=vaccine, payer="medicare", **known))


def test_a_global_period_is_asked_about(chart: Any) -> None:
    assert "M-17" in fired(chart.build(chart.event(), em_code="99213", global_period="090"))
    assert "M-17" not in fired(chart.build(chart.event(), em_code="99213"))


@pytest.mark.parametrize(
    ("choice", "em", "codes"),
    [
        ("both_with_25", Visit("99213", ("25",)), ["96372", "J1885"]),
        ("em_only", Visit("99213"), ["J1885"]),
        ("injection_only", None, ["96372", "J1885"]),
    ],
)
def test_a_payer_may_pay_one_of_the_two(chart: Any, choice: str, em: Visit | None, codes: list[str]) -> None:
    result = chart.build(chart.event(), em_code="99213", parameters={"em_with_injection": choice})
    assert (result.em, [line.code for line in result.lines]) == (em, codes)
    assert ("M-29" in fired(result)) == (choice != "both_with_25")
