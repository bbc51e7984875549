"""Rules that look into imported tables, each with a case that fires it and one that does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from deltoid.pipeline.lines import build
from deltoid.pipeline.lines.edits import Edits, edits
from deltoid.pipeline.lines.packages import fault
from deltoid.pipeline.lines.settings import fee, most
from deltoid.pipeline.official import Official, Package, Pair
from deltoid.pipeline.rulebook import Hit, finding, load
from deltoid.pipeline.types import DraftLine, Finding

DAY = date(2026, 3, 2)
NDC = "00409379501"
NAMED = {"mue": "MUE table", "ptp": "PTP table", "asp-ndc": "crosswalk"}


def policy(**tables: Any) -> Any:
    return replace(load("commercial", DAY), official=Official(named=NAMED, **tables))


def spoken(chart: Any, *events: Any, tables: dict[str, Any] | None = None, **known: Any) -> list[Finding]:
    case = chart.case(*events, **known)
    case = replace(case, policy=replace(case.policy, official=Official(named=NAMED, **(tables or {}))))
    return list(build(case, [chart.judged(event.id) for event in events]).findings)


def told(findings: list[Finding], rule: str) -> list[str]:
    return [finding.message for finding in findings if finding.rule == rule]


def test_u_09v_says_that_several_units_are_not_held_against_a_table(chart: Any) -> None:
    two = (chart.event(), chart.event("e2", "promethazine", "25 mg"))
    assert told(spoken(chart, *two), "U-09v")
    assert told(spoken(chart, two[0]), "U-09v") == []
    assert told(spoken(chart, *two, tables={"most_units": {}}), "U-09v") == []
    assert told(spoken(chart, *two, parameters={"mue_table": {"96372": "4/3"}}), "U-09v") == []
    assert told(spoken(chart, *two, payer="self_pay"), "U-09v") == []


def test_a_payer_s_own_values_go_before_the_imported_ones() -> None:
    tables = policy(most_units={"96372": (4, "3")}, fees={"96372": Decimal("15.36")})
    own = {"mue_table": {"96372": "2/2"}, "fee_table": {"96372": "20.00"}}
    both = replace(tables, parameters={**tables.parameters, **own})
    found, instead = most(tables, "96372"), most(both, "96372")
    assert found
    assert instead
    assert (found.units, found.table, instead.units, instead.table) == (4, "MUE table", 2, None)
    assert (fee(tables, "96372"), fee(both, "96372")) == (Decimal("15.36"), Decimal("20.00"))
    assert (most(tables, "J1885"), fee(tables, "J1885")) == (None, None)


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (Pair("20610", "96372", True), Edits(ours=("20610",), table="PTP table")),
        (Pair("20610", "96372", False), Edits(refused=("20610",), table="PTP table")),
        (Pair("96372", "20610", True), Edits(theirs=("20610",), table="PTP table")),
        (Pair("20610", "96372", True, ends=date(2026, 3, 1)), Edits(table="PTP table")),
        (Pair("20610", "96372", True, starts=date(2026, 3, 3)), Edits(table="PTP table")),
    ],
)
def test_a_pair_says_which_line_takes_the_modifier(pair: Pair, expected: Edits) -> None:
    tables = policy(pairs={("20610", "96372"): (pair,)})
    assert edits(tables, ["20610", "12001", "99213", "96372"]) == expected


def test_a_visit_is_never_an_edit_of_the_injection() -> None:
    tables = policy(pairs={("96372", "99213"): (Pair("96372", "99213", False),)})
    assert edits(tables, ["99213"]) == Edits(table="PTP table")


@pytest.mark.parametrize(
    ("tables", "ndc", "words"),
    [
        ({"packages": {NDC: Package(NDC, ("J1885",))}}, NDC, None),
        (
            {"packages": {NDC: Package(NDC, ("J0696",), "Somezol")}},
            NDC,
            "(Somezol) is billed under J0696, not J1885",
        ),
        ({"packages": {}}, NDC, None),
        ({"packages": {}, "directory": True}, NDC, "is among no packages for injection of the directory"),
        ({"packages": {NDC: Package(NDC, listed=True)}, "directory": True}, NDC, None),
        (
            {"packages": {NDC: Package(NDC, ends=date(2026, 3, 1))}},
            NDC,
            "was last sold to be used until 2026-03-01",
        ),
        ({"packages": {NDC: Package(NDC, ends=DAY)}}, NDC, None),
        ({}, "12-34", "is not a package code: look again"),
        ({}, NDC, None),
        ({}, None, None),
    ],
)
def test_h_14_looks_a_package_up(tables: dict[str, Any], ndc: str | None, words: str | None) -> None:
    found = fault(policy(**tables), DraftLine("J1885", ndc=ndc))
    assert (found is None) == (words is None)
    assert (words or "") in (found or "")


def test_the_package_picks_among_codes_of_makers(chart: Any) -> None:
    event = chart.event(drug="bortezomib", dose="2.5 mg", route="SC", ndc=chart.fact("ndc", NDC))
    codes = [code.code for code in Official().words.codes_on("bortezomib", DAY) if code.maker]
    packed = Official(packages={NDC: Package(NDC, (codes[0],))})
    case = chart.case(event)
    with_package = replace(case, policy=replace(case.policy, official=packed))
    lines = build(with_package, [chart.judged("e1")]).lines
    assert codes[0] in [line.code for line in lines]
    assert codes[0] not in [line.code for line in build(case, [chart.judged("e1")]).lines]


def test_a_table_is_cited_and_settles_what_is_uncertain() -> None:
    rules = load("commercial", DAY)
    fill = {"codes": "20610", "modifier": "59"}
    open_question = finding(Hit("M-09", fill=fill), rules)
    settled = finding(Hit("M-09", fill=fill, table="PTP table", severity="block"), rules)
    assert "Uncertain" in open_question.message
    assert "Uncertain" not in settled.message
    assert settled.source == f"{open_question.source}; PTP table"
    assert (open_question.severity, settled.severity) == ("advise", "block")
