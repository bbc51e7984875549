"""The fifty settled encounters of the decision rules, from facts to claim."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from deltoid.pipeline.assess import assess
from deltoid.pipeline.rulebook import Case
from deltoid.pipeline.types import Decision

Row = Mapping[str, Any]
ROWS = tomllib.loads((Path(__file__).parent / "acceptance.toml").read_text("utf-8"))["case"]


def units(decision: Decision) -> dict[str, int]:
    summed: Counter[str] = Counter()
    for line in decision.lines:
        summed[line.code] += line.units if "JW" not in line.modifiers else 0
    return dict(summed)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"case {row['n']}")
def test_the_encounter_is_decided_as_settled(row: Row, make_case: Callable[[Row], Case]) -> None:
    decision = assess(make_case(row))
    assert decision.outcome == row["outcome"]
    assert set(row.get("fires", [])) <= {finding.rule for finding in decision.findings}
    assert {redirect.code for redirect in decision.redirects} == set(row.get("redirects", []))
    assert units(decision) == row.get("lines", units(decision))
    assert row.get("holds", {}).items() <= units(decision).items()
    assert set(row.get("missing", [])) <= set(decision.missing)
    for code, modifiers in row.get("modifiers", {}).items():
        assert {m for line in decision.lines if line.code == code for m in line.modifiers} >= set(modifiers)
    if "em" in row:
        assert list(decision.em.modifiers if decision.em else ()) == row["em"]


def test_all_fifty_are_here() -> None:
    assert {int(row["n"]) for row in ROWS} == set(range(1, 51))
