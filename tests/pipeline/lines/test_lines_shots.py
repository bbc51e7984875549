"""How often 96372 stands on the claim, in which format, and with which modifier."""

from __future__ import annotations

from typing import Any

import pytest

from deltoid.pipeline.lines import LineResult


def shots(result: LineResult) -> list[tuple[int, tuple[str, ...]]]:
    return [(line.units, line.modifiers) for line in result.lines if line.code == "96372"]


def fired(result: LineResult) -> set[str]:
    return {finding.rule for finding in result.findings}


def two_syringes(chart: Any, **slots: Any) -> Any:
    slots = {
        "strength": chart.strength("150 mg"),
        "sticks": 2,
        "sites": (chart.site("right deltoid"),),
        **slots,
    }
    return chart.event(drug="omalizumab", dose="300 mg", route="SC", **slots)


def test_one_injection_is_one_unit_whatever_the_dose(chart: Any) -> None:
    result = chart.build(chart.event(drug="ceftriaxone", dose="2000 mg"))
    assert shots(result) == [(1, ())]
    assert not fired(result) & {"U-01", "U-04", "U-10"}


def test_a_dose_that_its_presentation_divides_counts_each_syringe(chart: Any) -> None:
    result = chart.build(two_syringes(chart))
    assert shots(result) == [(1, ()), (1, ("59",))]
    assert {"U-01", "U-07", "U-10"} <= fired(result)
    assert "U-04" not in fired(result)


def test_so_does_a_labelled_amount_that_each_syringe_emptied(chart: Any) -> None:
    event = two_syringes(chart, strength=None, labelled_amount=chart.amount("150 mg"))
    assert len(shots(chart.build(event))) == 2
    assert (
        len(shots(chart.build(two_syringes(chart, strength=None, labelled_amount=chart.amount("300 mg")))))
        == 1
    )


def test_a_written_reason_divides_a_dose_too(chart: Any) -> None:
    event = two_syringes(chart, strength=None)
    result = chart.build(event, facts=[chart.fact("split_reason", "stated")])
    assert len(shots(result)) == 2


@pytest.mark.parametrize(
    "lacking",
    [{"strength": None}, {"sites": (), "strength": None}, {"sites": ()}],
    ids=["reason", "both", "places"],
)
def test_a_divided_dose_without_places_and_reason_is_one_unit_and_asked(
    chart: Any, lacking: dict[str, Any]
) -> None:
    result = chart.build(two_syringes(chart, **lacking))
    assert shots(result) == [(1, ())]
    asked = [finding for finding in result.findings if finding.rule == "U-04"]
    assert [(a.element, a.hard) for a in asked] == [("number_of_injections", False)]
    assert "Uncertain" in asked[0].message


def test_a_payer_may_pay_one_for_each_dose(chart: Any) -> None:
    result = chart.build(two_syringes(chart), parameters={"split_dose_units": "one"})
    assert shots(result) == [(1, ())]
    assert "U-04" not in fired(result)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("units_one_line", [(2, ())]),
        ("lines_59", [(1, ()), (1, ("59",))]),
        ("lines_XS_XE", [(1, ()), (1, ("XS",))]),
        ("lines_76", [(1, ()), (1, ("76",))]),
    ],
)
def test_the_payer_sets_the_format(chart: Any, form: str, expected: list[Any]) -> None:
    result = chart.build(two_syringes(chart), parameters={"multi_injection_format": form})
    assert shots(result) == expected


def test_two_sites_make_two_needle_entries_where_none_are_counted(chart: Any) -> None:
    event = chart.event(
        drug="penicillin G benzathine", dose="2.4 million units", site="bilateral gluteus", sticks=None
    )
    result = chart.build(event, facts=[chart.fact("split_reason", "stated")])
    assert shots(result) == [(1, ()), (1, ("59",))]


def test_drugs_mixed_in_one_syringe_are_one_unit(chart: Any) -> None:
    first = chart.event("e1", "promethazine", "25 mg", mixed_with=("e2",))
    result = chart.build(first, chart.event("e2", "ketorolac", "30 mg"))
    assert shots(result) == [(1, ())]
    assert [line.code for line in result.lines] == ["96372", "J2550", "J1885"]
    assert "U-03" in fired(result)


@pytest.mark.parametrize(("payer", "modifier"), [("commercial", "59"), ("medicare", "XS")])
def test_drugs_in_two_syringes_are_two_lines(chart: Any, payer: str, modifier: str) -> None:
    first = chart.event("e1", "promethazine", "25 mg", site="left deltoid")
    result = chart.build(first, chart.event("e2", "ketorolac", "30 mg", site="right deltoid"), payer=payer)
    assert shots(result) == [(1, ()), (1, (modifier,))]
    assert {"U-01", "U-02", "M-10"} <= fired(result)


@pytest.mark.parametrize(
    ("times", "sites", "modifier"),
    [
        (("09:00", "13:00"), (None, None), "XE"),
        (("09:00", "09:05"), (None, None), "XU"),
        ((None, None), (None, None), "XU"),
        (("09:00", "13:00"), ("left deltoid", "right deltoid"), "XS"),
    ],
)
def test_medicare_is_told_how_two_drugs_are_distinct(
    chart: Any, times: Any, sites: Any, modifier: str
) -> None:
    events = [
        chart.event(event, drug, "25 mg", site=site, time=chart.time(time) if time else None)
        for event, drug, time, site in zip(
            ("e1", "e2"), ("promethazine", "ketorolac"), times, sites, strict=True
        )
    ]
    assert shots(chart.build(*events, payer="medicare"))[1] == (1, (modifier,))


def test_the_same_drug_hours_later_is_a_repeat(chart: Any) -> None:
    first = chart.event("e1", time=chart.time("10:00"))
    result = chart.build(first, chart.event("e2", time=chart.time("16:00")))
    assert shots(result) == [(1, ()), (1, ("76",))]
    # 30 mg + 30 mg = 60 mg; 60 / 15 = 4
    assert [(line.code, line.units) for line in result.lines[2:]] == [("J1885", 4)]
    assert {"U-05", "M-12", "H-03"} <= fired(result)


def test_another_practitioners_repeat_takes_77(chart: Any) -> None:
    first = chart.event("e1", time=chart.time("10:00"), given_by=chart.giver("Dr. Ng", "MD"))
    second = chart.event("e2", time=chart.time("16:00"), given_by=chart.giver("Dr. Okafor", "MD"))
    result = chart.build(first, second)
    assert shots(result) == [(1, ()), (1, ("77",))]
    assert "M-13" in fired(result)


def test_two_nurses_of_one_practice_are_one_biller(chart: Any) -> None:
    first = chart.event("e1", time=chart.time("10:00"), given_by=chart.giver("RN Lee", "RN"))
    second = chart.event("e2", time=chart.time("16:00"), given_by=chart.giver("RN Cho", "RN"))
    assert shots(chart.build(first, second))[1] == (1, ("76",))


def test_a_needle_moved_about_is_one_injection(chart: Any) -> None:
    text = "ketorolac 30 mg IM left deltoid, needle redirected after the first attempt"
    result = chart.build(chart.event(sticks=2), text=text)
    assert shots(result) == [(1, ())]
    assert "U-06" in fired(result)
    assert "U-04" not in fired(result)


@pytest.mark.parametrize("procedure", ["95117", "20610", "96401", "96374", "64615", "12001"])
def test_beside_a_code_that_would_swallow_it_the_injection_is_told_apart(chart: Any, procedure: str) -> None:
    result = chart.build(chart.event(), same_day_procedures=(procedure,))
    assert shots(result) == [(1, ("59",))]
    assert "M-09" in fired(result)


@pytest.mark.parametrize(("procedure", "rule"), [("20610", "M-26"), ("96401", "M-27"), ("96374", "M-11")])
def test_the_neighbour_names_its_rule(chart: Any, procedure: str, rule: str) -> None:
    assert rule in fired(chart.build(chart.event(), same_day_procedures=(procedure,)))


@pytest.mark.parametrize("procedure", ["90471", "86580", "85025", "96377", "36415"])
def test_beside_other_codes_it_needs_no_modifier(chart: Any, procedure: str) -> None:
    result = chart.build(chart.event(), same_day_procedures=(procedure,))
    assert shots(result) == [(1, ())]
    assert "M-09" not in fired(result)


def test_other_families_add_no_unit(chart: Any) -> None:
    result = chart.build(chart.event(), same_day_procedures=("95117",))
    assert sum(units for units, _ in shots(result)) == 1
    assert "U-13" in fired(result)


@pytest.mark.parametrize(("kind", "left"), [("1", 3), ("2", 2), ("3", 3)])
def test_only_an_absolute_edit_cuts_units(chart: Any, kind: str, left: int) -> None:
    events = [
        chart.event(f"e{n}", drug, "25 mg")
        for n, drug in enumerate(("ketorolac", "promethazine", "thiamine"))
    ]
    result = chart.build(*events, parameters={"mue_table": {"96372": f"2/{kind}"}})
    assert sum(units for units, _ in shots(result)) == left
    assert "U-09" in fired(result)


def test_no_edit_value_is_built_in(chart: Any) -> None:
    events = [
        chart.event(f"e{n}", drug, "25 mg")
        for n, drug in enumerate(("ketorolac", "promethazine", "thiamine"))
    ]
    assert "U-09" not in fired(chart.build(*events))
