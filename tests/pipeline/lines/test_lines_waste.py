"""Opened containers: JW, JZ and neither."""

from __future__ import annotations

from typing import Any

import pytest

from deltoid.pipeline.lines import LineResult


def drugs(result: LineResult) -> list[tuple[int, tuple[str, ...]]]:
    return [(line.units, line.modifiers) for line in result.lines if line.code != "96372"]


def fired(result: LineResult) -> set[str]:
    return {finding.rule for finding in result.findings}


def vial(chart: Any, drug: str, dose: str, **slots: Any) -> Any:
    slots = {"container": chart.fact("container", "single_dose"), **slots}
    return chart.event(drug=drug, dose=dose, **slots)


def test_what_is_left_of_a_vial_is_a_second_line(chart: Any) -> None:
    # 30 of 60 mg in units of 15: 2 given, 2 discarded
    result = chart.build(
        vial(chart, "ketorolac", "30 mg", labelled_amount=chart.amount("60 mg")), payer="medicare"
    )
    assert drugs(result) == [(2, ()), (2, ("JW",))]
    assert {"M-21", "H-04", "H-07"} <= fired(result)


def test_a_noted_amount_of_waste_is_enough(chart: Any) -> None:
    result = chart.build(vial(chart, "ketorolac", "45 mg", waste=chart.amount("15 mg")), payer="medicare")
    assert drugs(result) == [(3, ()), (1, ("JW",))]


def test_several_vials_are_opened_for_one_dose(chart: Any) -> None:
    # three of 150 mg for 375: 75 units given, 15 discarded
    event = vial(chart, "omalizumab", "375 mg", labelled_amount=chart.amount("150 mg"))
    assert drugs(chart.build(event, payer="medicare")) == [(75, ()), (15, ("JW",))]


@pytest.mark.parametrize(
    ("slots", "facts"),
    [
        ({"labelled_amount": "60 mg"}, []),
        ({"container": "prefilled"}, []),
        ({}, ["none"]),
    ],
    ids=["whole vial", "prefilled", "no waste"],
)
def test_where_nothing_is_left_one_line_says_so(chart: Any, slots: dict[str, str], facts: list[str]) -> None:
    made: dict[str, Any] = {}
    if "labelled_amount" in slots:
        made["labelled_amount"] = chart.amount(slots["labelled_amount"])
    if "container" in slots:
        made["container"] = chart.fact("container", slots["container"])
    event = vial(chart, "ketorolac", "60 mg", **made)
    result = chart.build(event, payer="medicare", facts=[chart.fact("waste", norm) for norm in facts])
    assert drugs(result) == [(4, ("JZ",))]
    assert not fired(result) & {"H-04", "H-07"}


def test_a_whole_syringe_by_code_says_so_too(chart: Any) -> None:
    event = vial(
        chart,
        "buprenorphine extended-release (Sublocade)",
        "300 mg",
        container=chart.fact("container", "prefilled"),
    )
    assert drugs(chart.build(event, payer="medicare")) == [(1, ("JZ",))]


def test_rounding_up_that_bills_the_rest_is_no_waste(chart: Any) -> None:
    # 25 of 50 mg inside one unit of up to 50
    event = vial(chart, "promethazine", "25 mg", labelled_amount=chart.amount("50 mg"))
    assert drugs(chart.build(event, payer="medicare")) == [(1, ("JZ",))]


def test_a_multi_dose_vial_tells_nothing(chart: Any) -> None:
    event = vial(
        chart,
        "ketorolac",
        "30 mg",
        container=chart.fact("container", "multi_dose"),
        waste=chart.amount("30 mg"),
    )
    result = chart.build(event, payer="medicare")
    assert drugs(result) == [(2, ())]
    assert "H-06" in fired(result)
    plain = chart.event(container=chart.fact("container", "multi_dose"))
    assert "H-06" not in fired(chart.build(plain, payer="medicare"))


def test_an_unknown_container_gets_no_modifier(chart: Any) -> None:
    result = chart.build(chart.event(), payer="medicare")
    assert drugs(result) == [(2, ())]
    assert "M-21" not in fired(result)


def test_other_payers_are_not_told(chart: Any) -> None:
    event = vial(chart, "ketorolac", "30 mg", labelled_amount=chart.amount("60 mg"))
    assert drugs(chart.build(event)) == [(2, ())]


def test_a_vaccine_is_exempt(chart: Any) -> None:
    judged = {"e1": chart.judged("e1", "G0008", "redirect", coding="redirect")}
    event = vial(chart, "Tdap vaccine", "0.5 mL", container=chart.fact("container", "prefilled"))
    result = chart.build(event, judged=judged, payer="medicare")
    assert {modifiers for _, modifiers in drugs(result)} == {()}


def test_what_was_drawn_up_but_never_given_is_not_waste(chart: Any) -> None:
    refused = chart.event(status="declined", waste=chart.amount("60 mg"))
    judged = {"e1": chart.judged("e1", None, "not_supported")}
    result = chart.build(refused, judged=judged, payer="medicare")
    assert result.lines == ()
    assert "H-05" in fired(result)
    assert "H-05" not in fired(chart.build(chart.event(status="declined"), judged=judged, payer="medicare"))
