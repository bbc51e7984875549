"""Notes in the style of clinics, each with the answer a coder would give, through the whole pipeline."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from deltoid.pipeline.types import Decision

FOLDER = Path(__file__).parent / "cases" / "endtoend"
VERDICTS = {"supported": True, "query": "query", "not_supported": False}
DISTINCT = {"59", "XE", "XS", "XP", "XU", "76", "77"}
VACCINE_GIVING = ("9046", "9047", "9048")
# share of the answers of each kind that are right, as measured; a change may raise them
FLOORS = {
    "verdict": 0.96,
    "units": 0.95,
    "modifiers": 0.98,
    "em25": 0.96,
    "redirect": 0.92,
    "hcpcs": 0.93,
    "missing": 0.88,
}

Case = Mapping[str, Any]
Decide = Callable[[str, Mapping[str, Any]], Decision]


def cases() -> Iterator[Case]:
    for file in sorted(FOLDER.glob("*.jsonl")):
        yield from map(json.loads, file.read_text("utf-8").splitlines())


def answers(case: Case, got: Decision) -> Iterator[tuple[str, bool]]:
    """Yield what is asked of a case and whether it was answered rightly; doubtful fields are not asked."""
    want = case["expected"]
    verdict = want["supported_96372"]
    shots = [line for line in got.lines if line.code == "96372"]
    units = sum(line.units for line in shots)
    found = {
        "supported_96372": VERDICTS[got.outcome] == verdict,
        "em_modifier_25": want["em_modifier_25"] in (None, bool(got.em and "25" in got.em.modifiers)),
        "redirect": want["redirect"] in (None, *(r.code for r in got.redirects)),
    }
    if verdict is not False:
        found["units_96372"] = units in (want["units_96372"], 0 if verdict == "query" else None)
    if verdict == "query":
        found["missing"] = set(want["missing"]) <= set(got.missing)
    if verdict is True:
        modifiers = {modifier for line in shots for modifier in line.modifiers}
        found["modifiers_96372"] = bool(modifiers & DISTINCT) == bool(set(want["modifiers_96372"]) & DISTINCT)
        found["hcpcs"] = all(drugs(got)[h["code"]] == h["units"] for h in want["hcpcs"] or ())
    yield from ((field, right) for field, right in found.items() if field not in case["doubtful_fields"])


def drugs(got: Decision) -> Counter[str]:
    """Return the units of each drug or product line, without what was discarded."""
    units: Counter[str] = Counter()
    for line in got.lines:
        if "JW" not in line.modifiers and not line.code.startswith(VACCINE_GIVING):
            units[line.code] += line.units
    return units


def harmful(case: Case, got: Decision) -> bool:
    """Whether a claim would go out for an injection that the record does not carry, or for too many."""
    if "supported_96372" in case["doubtful_fields"]:
        return False
    units = sum(line.units for line in got.lines if line.code == "96372")
    if case["expected"]["supported_96372"] is not True:
        return got.outcome == "supported" or units > 0
    return units > case["expected"]["units_96372"]


@pytest.fixture(scope="module")
def decided(decide: Decide) -> list[tuple[Case, Decision]]:
    return [(case, decide(case["note"], case["context"])) for case in cases()]


NAMES = {
    "supported_96372": "verdict",
    "units_96372": "units",
    "modifiers_96372": "modifiers",
    "em_modifier_25": "em25",
}


@pytest.mark.parametrize("field", sorted(FLOORS))
def test_the_answers_are_as_right_as_they_were(field: str, decided: list[tuple[Case, Decision]]) -> None:
    told = [
        (case["id"], right)
        for case, got in decided
        for name, right in answers(case, got)
        if NAMES.get(name, name) == field
    ]
    wrong = [name for name, right in told if not right]
    assert 1 - len(wrong) / len(told) >= FLOORS[field], f"{field} is wrong in {', '.join(wrong)}"


def test_no_injection_is_claimed_that_the_record_does_not_carry(decided: list[tuple[Case, Decision]]) -> None:
    assert [case["id"] for case, got in decided if harmful(case, got)] == []


def test_the_cases_are_many_and_each_has_its_own_name() -> None:
    names = [case["id"] for case in cases()]
    assert len(names) >= 320
    assert len(set(names)) == len(names)
