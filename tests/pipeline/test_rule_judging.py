"""What holds of every judgement, whatever the encounter."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from deltoid.pipeline.assess import assess, missing, outcome
from deltoid.pipeline.rulebook import Case
from deltoid.pipeline.rules.judge import AXES, PRIORITY, judge
from deltoid.pipeline.rules.registry import of_stage
from deltoid.pipeline.types import Answers, Finding, Judgement

Row = Mapping[str, Any]
CHOICES: dict[str, list[Any]] = {
    "status": ["administered"] * 4
    + ["ordered", "declined", "historical", "self_administered", "hypothetical"],
    "doubt": ["", "", "", "unclear", "conflict"],
    "category": [
        "nsaid",
        "vaccine",
        "allergen",
        "corticosteroid",
        "antineoplastic",
        "local_anaesthetic",
        "insulin",
    ],
    "drug": [
        "ketorolac",
        "influenza vaccine",
        "methotrexate",
        "lidocaine",
        "leuprolide",
        "normal saline",
        "",
    ],
    "route": [
        "IM",
        "SC",
        "",
        "IV_PUSH",
        "IV_INFUSION",
        "ID",
        "INTRA_ARTICULAR",
        "BLOCK",
        "EPIDURAL",
        "OTHER",
    ],
    "target": ["", "muscle", "joint", "nerve", "lesion", "eye", "trigger_point"],
    "site": ["left deltoid", "", "right knee", "R hip"],
    "dose": ["60 mg", "", "0.5 mL"],
    "by": ["RN Lee", "", "MD Ng"],
    "reason": ["low back pain", "", "prostate cancer", "laceration"],
    "device": ["", "", "pump", "on_body", "implant", "pen"],
}
FACTS = [
    "supervision=absent",
    "order=absent",
    "giver=unknown",
    "setting=rhc",
    "partial=stopped",
    "payer_policy=unknown",
]


def encounter(seed: int) -> Row:
    draw = random.Random(seed)
    events = [
        {key: draw.choice(values) for key, values in CHOICES.items()} for _ in range(draw.randint(1, 3))
    ]
    return {
        "events": events,
        "payer": draw.choice(["commercial", "medicare", "medicaid", "workers_comp", "self_pay"]),
        "facts": draw.sample(FACTS, draw.randint(0, 2)),
        "pos": draw.choice(["11", "23", "58", "12", "24"]),
    }


@pytest.mark.parametrize("seed", range(150))
def test_every_encounter_is_judged_by_the_same_priorities(
    seed: int, make_case: Callable[[Row], Case]
) -> None:
    case = make_case(encounter(seed))
    judgements, redirects, findings = judge(case)
    assert [j.event for j in judgements] == [e.id for e in case.events]
    for judgement in judgements:
        answers = [getattr(judgement.answers, axis) for axis in AXES]
        assert judgement.disposition == min(answers, key=PRIORITY.index)
        assert judgement.code is None or judgement.disposition != "not_supported"
        assert (judgement.disposition == "redirect") <= any(r.code == judgement.code for r in redirects)
    for found in findings:
        assert "{" not in found.message + (found.query or "")
        assert found.source
        assert all(case.text[m.start : m.end] == m.text for m in found.evidence)


@pytest.mark.parametrize("seed", range(60))
def test_nothing_that_is_not_supported_reaches_a_line(seed: int, make_case: Callable[[Row], Case]) -> None:
    decision = assess(make_case(encounter(seed)))
    billed = {event for line in decision.lines if line.code == "96372" for event in line.events}
    fit = {j.event for j in decision.judgements if j.disposition in ("supported", "supported_with_gaps")}
    assert billed <= fit


def test_the_same_facts_give_the_same_decision(make_case: Callable[[Row], Case]) -> None:
    assert assess(make_case(encounter(7))) == assess(make_case(encounter(7)))


def told(disposition: Any) -> Judgement:
    return Judgement("e1", Answers(), disposition)


@pytest.mark.parametrize(
    ("dispositions", "wanted"),
    [
        (["not_supported", "supported_with_gaps"], "supported"),
        (["redirect", "query"], "query"),
        (["coverage_excluded", "other_entity", "redirect"], "not_supported"),
    ],
)
def test_one_supported_event_is_enough(dispositions: list[str], wanted: str) -> None:
    assert outcome(told(d) for d in dispositions) == wanted


def test_missing_names_each_element_once_in_order() -> None:
    elements = ["route", None, "order", "route"]
    assert missing(Finding("G-08", "query", "m", "s", element=e) for e in elements) == ("route", "order")


def test_defaults_of_the_context_are_told(make_case: Callable[[Row], Case]) -> None:
    from dataclasses import replace

    case = make_case({})
    origin = {"payer": "default", "claim": "given", "date_of_service": "note"}
    decision = assess(replace(case, context=replace(case.context, origin=origin)))
    messages = [f.message for f in decision.findings if f.rule in ("D-01", "D-29")]
    assert messages == [
        "The payer was not given: commercial is used, which is the default.",
        "The date of service was not given: 2026-03-02 is used, as the note dates itself.",
    ]


def test_the_stages_hold_every_rule_once() -> None:
    ids = [entry.id for stage in ("status", "substance", "technique") for entry in of_stage(stage)]
    assert len(ids) == len(set(ids))
