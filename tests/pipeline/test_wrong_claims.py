"""A wrong draft claim of each kind of denial is caught by the whole pipeline, and agreed with when mended."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from deltoid.pipeline.lines.denials import Denial, carc, denials
from deltoid.pipeline.official import Official, Package, Pair
from deltoid.pipeline.rulebook import load
from deltoid.pipeline.types import Decision, DraftLine

Case = Mapping[str, Any]
Decide = Callable[..., Decision]

FILE = tomllib.loads((Path(__file__).parent / "cases" / "wrong_claims.toml").read_text("utf-8"))
CASES: list[Case] = FILE["case"]
UNSHOWN: list[Case] = FILE["unshown"]
IDS = [case["id"] for case in CASES]
# N-25 is outside of what a policy can know, so it has no row there
KINDS = {f"N-{number:02}" for number in range(1, 27)}
NAMED = {"mue": "MUE table", "ptp": "PTP table", "asp-ndc": "crosswalk"}


def known() -> dict[str, Denial]:
    return {denial.id: denial for denial in denials(load("commercial", date(2026, 3, 2)))}


def draft(row: Mapping[str, Any]) -> DraftLine:
    return DraftLine(
        code=row["code"],
        modifiers=tuple(row.get("modifiers", ())),
        units=Decimal(row.get("units", 1)),
        diagnoses=tuple(row.get("diagnoses", ())),
        ndc=row.get("ndc"),
    )


def imported(tables: Mapping[str, Any]) -> Official:
    most = {code: said.split("/") for code, said in tables.get("most_units", {}).items()}
    pairs = {
        (min(one, two), max(one, two)): (Pair(one, two, may),) for one, two, may in tables.get("pairs", ())
    }
    return Official(
        most_units={code: (int(units), kind) for code, (units, kind) in most.items()} or None,
        pairs=pairs or None,
        packages={ndc: Package(ndc, tuple(codes)) for ndc, codes in tables.get("packages", {}).items()}
        or None,
        named=NAMED if tables else {},
    )


def wrong(decide: Decide, case: Case) -> Decision:
    context = {**case["context"], "claim_lines": tuple(draft(row) for row in case["wrong"])}
    return decide(case["note"], context, imported(case.get("tables", {})))


def right(decide: Decide, case: Case) -> Decision:
    context = {**case.get("right_context", case["context"])}
    context["claim_lines"] = tuple(draft(row) for row in case["right"])
    return decide(case.get("right_note", case["note"]), context, imported(case.get("tables", {})))


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_wrong_claim_is_caught_by_its_rule(decide: Decide, case: Case) -> None:
    got = wrong(decide, case)
    if "finding" in case:
        assert case["finding"] in {finding.rule for finding in got.findings}
    else:
        told = [(entry.line, entry.status, entry.rule) for entry in got.claim or ()]
        assert (case["line"], case["status"], case["rule"]) in told


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_same_claim_written_rightly_agrees(decide: Decide, case: Case) -> None:
    got = right(decide, case)
    assert got.claim is not None
    assert [entry for entry in got.claim if entry.status != "agree"] == []
    assert case.get("finding") not in {finding.rule for finding in got.findings}


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_denial_foretold_is_the_one_of_its_kind(decide: Decide, case: Case) -> None:
    first = next(iter(known()[case["kind"]].carc), None)
    if "finding" in case:
        foretold = carc(load(case["context"].get("payer", "commercial"), date(2026, 3, 2)), case["finding"])
        assert foretold == first
        return
    said = {(entry.line, entry.rule): entry.carc for entry in wrong(decide, case).claim or ()}
    assert said[case["line"], case["rule"]] == first


def test_every_kind_is_caught_or_has_its_reason() -> None:
    assert set(known()) == KINDS - {"N-25"}
    caught = {case["kind"] for case in CASES}
    assert caught | {row["kind"] for row in UNSHOWN} == KINDS
    assert KINDS - caught == {"N-25"}


def test_every_case_is_told_once_and_every_reason_is_given() -> None:
    assert len(set(IDS)) == len(IDS)
    mended = {"right_note", "right_context"}
    assert all(case["why"] and (case["wrong"] != case["right"] or mended & set(case)) for case in CASES)
    assert all(row["part"] and row["reason"] for row in UNSHOWN)


@pytest.mark.parametrize(
    ("note", "code", "ended"),
    [
        ("6/1/2021 Comirnaty 0.3 mL IM L deltoid given by K. Lee RN.", "0001A", False),
        ("6/1/2024 Comirnaty 0.3 mL IM L deltoid given by K. Lee RN.", "0001A", True),
        ("6/1/2020 Toradol 60 mg IM L deltoid given by Dr. Ng for back pain.", "99201", False),
        ("6/1/2021 Toradol 60 mg IM L deltoid given by Dr. Ng for back pain.", "99201", True),
    ],
)
def test_a_code_is_ended_from_its_day_on(decide: Decide, note: str, code: str, ended: bool) -> None:
    got = decide(note, {"pos": "11", "claim_lines": (DraftLine(code, ("25",) if code[0] == "9" else ()),)})
    entry = next(entry for entry in got.claim or () if entry.line == 1)
    assert (entry.rule == "H-09", entry.status != "agree") == (ended, ended)


def test_an_authorisation_that_is_not_needed_is_not_open(decide: Decide) -> None:
    given = "3/2/26 B12 1000 mcg IM R deltoid given by K. Lee RN. "
    for words, open_ in (("No prior auth needed.", False), ("No prior auth on file.", True)):
        assert ("G-31" in {f.rule for f in decide(given + words, {}).findings}) == open_


def test_the_guide_names_every_kind() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "policy.md").read_text("utf-8")
    assert [kind for kind in sorted(KINDS) if f"| {kind} " not in guide] == []
