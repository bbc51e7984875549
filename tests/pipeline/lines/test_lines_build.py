"""The claim as a whole: what goes out, what waits, and the words of the findings."""

from __future__ import annotations

from typing import Any

import pytest

from deltoid.pipeline import policyfile
from deltoid.pipeline.lines import settings
from deltoid.pipeline.types import ClaimLine

OURS = {e.key for e in policyfile.base().entries if e.kind == "rule" and e.key[0] in "UMH"}


def test_a_supported_injection_is_two_lines(chart: Any) -> None:
    result = chart.build(chart.event(dose="60 mg"), em_code="99213")
    assert result.lines == (ClaimLine("96372", 1, (), ("e1",)), ClaimLine("J1885", 4, (), ("e1",)))
    assert result.held == ()
    assert result.claim is None


def test_what_is_asked_about_is_held_with_its_drug(chart: Any) -> None:
    result = chart.build(chart.event(dose="60 mg"), judged={"e1": chart.judged("e1", "96372", "query")})
    assert result.lines == ()
    assert [(line.code, line.units) for line in result.held] == [("96372", 1), ("J1885", 4)]


def test_a_question_about_the_family_holds_the_drug_alone(chart: Any) -> None:
    result = chart.build(chart.event(dose="60 mg"), judged={"e1": chart.judged("e1", None, "query")})
    assert [(line.code, line.units) for line in result.held] == [("J1885", 4)]


def test_an_order_without_its_giving_holds_nothing(chart: Any) -> None:
    event = chart.event(status="ordered", doubt="unclear")
    result = chart.build(event, judged={"e1": chart.judged("e1", "96372", "query")})
    assert (result.lines, result.held) == ((), ())


@pytest.mark.parametrize("disposition", ["not_supported", "other_entity", "coverage_excluded"])
def test_what_may_not_be_billed_has_no_line_at_all(chart: Any, disposition: str) -> None:
    result = chart.build(chart.event(), judged={"e1": chart.judged("e1", "96372", disposition)})
    assert (result.lines, result.held) == ((), ())


def test_a_redirected_drug_keeps_its_line(chart: Any) -> None:
    judged = {"e1": chart.judged("e1", "20610", "redirect", coding="redirect")}
    knee = chart.event(
        drug="triamcinolone acetonide", dose="40 mg", route="INTRA_ARTICULAR", site="right knee"
    )
    assert [line.code for line in chart.build(knee, judged=judged).lines] == ["20610", "J3301"]


def test_allergy_shots_and_a_biologic_go_out_together(chart: Any) -> None:
    shots = [
        chart.event(f"e{n}", "allergen extract", "0.5 mL", "SC", f"{side} arm")
        for n, side in ((1, "left"), (2, "right"))
    ]
    judged = {event.id: chart.judged(event.id, "95117", "redirect", coding="redirect") for event in shots}
    result = chart.build(
        *shots, chart.event("e3", "omalizumab", "150 mg", "SC", "right thigh"), judged=judged
    )
    assert [(line.code, line.units, line.modifiers) for line in result.lines] == [
        ("96372", 1, ("59",)),
        ("95117", 1, ()),
        ("J2357", 30, ()),
    ]


def test_every_finding_cites_and_every_placeholder_is_filled(chart: Any) -> None:
    events = [
        chart.event("e1", dose="20 mg"),
        chart.event("e2", "promethazine", "25 mg", waste=chart.amount("25 mg")),
    ]
    findings = chart.build(
        *events, payer="medicare", em_code="99395", same_day_procedures=("20610",)
    ).findings
    assert len(findings) > 5
    for finding in findings:
        assert finding.source
        assert "{" not in finding.message
        assert " the code" not in finding.message


def test_nothing_is_said_twice(chart: Any) -> None:
    findings = chart.build(chart.event(), chart.event("e2", "promethazine", "25 mg")).findings
    assert len(set(findings)) == len(findings)


@pytest.mark.parametrize("rule", sorted(OURS))
def test_every_rule_of_ours_is_told_with_source_and_words(chart: Any, rule: str) -> None:
    told = chart.policy().rules[rule]
    assert told.message.endswith((".", "}"))
    assert told.source
    assert (told.severity == "query") == (
        told.query is not None or rule in ("H-10",)
    ) or told.severity == "advise"


@pytest.mark.parametrize(
    ("ask", "name", "value", "words"),
    [
        (settings.whole, "repeat_minutes", "30", "is not a whole number"),
        (settings.whole, "repeat_minutes", True, "is not a whole number"),
        (
            lambda policy, name: settings.choice(policy, name, ("each", "one")),
            "split_dose_units",
            "two",
            "known are each, one",
        ),
        (settings.amounts, "fee_table", {"96372": "dear"}, "96372 is not an amount"),
    ],
)
def test_a_parameter_of_the_wrong_kind_is_named(
    chart: Any, ask: Any, name: str, value: object, words: str
) -> None:
    with pytest.raises(policyfile.PolicyError, match=words):
        ask(chart.policy(**{name: value}), name)


@pytest.mark.parametrize("written", ["4", "four/3", "4/9", "/2"])
def test_an_edit_is_written_as_units_and_indicator(chart: Any, written: str) -> None:
    with pytest.raises(policyfile.PolicyError, match="write units/indicator, such as 4/3"):
        settings.most_units(chart.policy(mue_table={"96372": written}))
