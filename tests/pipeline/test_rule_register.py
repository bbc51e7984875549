"""The register knows every id, and policy and functions know each other."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from deltoid.pipeline import policyfile, rules
from deltoid.pipeline.rules.registry import entered, of_stage, rule

LAYERS = (policyfile.base(), *policyfile.payers().values())
IN_POLICY = {entry.key for layer in LAYERS for entry in layer.entries}
RULES = {entry.key for layer in LAYERS for entry in layer.entries if entry.kind == "rule"}
SOURCES = Path(next(iter(rules.__path__))).parent
COUNTS = {"G": 31, "R": 49, "U": 13, "M": 29, "H": 20, "D": 30, "N": 26, "X": 42}


def register() -> dict[str, str]:
    text = (resources.files("deltoid.pipeline.policy") / "register.toml").read_text("utf-8")
    return {key: why for section in tomllib.loads(text).values() for key, why in section.items()}


@pytest.mark.parametrize("letter", COUNTS)
def test_the_register_leaves_no_number_out(letter: str) -> None:
    numbers = {int(m[1]) for key in register() if (m := re.match(rf"{letter}-(\d+)", key))}
    assert numbers == set(range(1, COUNTS[letter] + 1))


def test_what_the_register_says_is_in_the_policy_is_there() -> None:
    assert {key for key, why in register().items() if why == "policy"} - IN_POLICY == set()


def test_what_is_in_the_policy_is_registered() -> None:
    assert RULES - {key for key, why in register().items() if why == "policy"} == set()


def test_what_is_left_out_has_a_reason() -> None:
    assert all(len(why) > 5 for why in register().values())


def test_every_rule_that_the_register_points_to_exists() -> None:
    for why in register().values():
        assert set(re.findall(r"\b[GRUMHD]-\d\d[a-z]?\b", why)) <= RULES


def test_every_rule_of_the_policy_is_asked_somewhere() -> None:
    code = "".join(
        file.read_text("utf-8") for name in ("rules", "lines") for file in (SOURCES / name).glob("*.py")
    )
    assert {key for key in RULES if f'"{key}"' not in code} == set()


def test_every_function_has_its_words() -> None:
    assert set(entered()) <= RULES


def test_a_second_function_for_one_rule_is_refused() -> None:
    enter = rule("G-01a", "status")
    with pytest.raises(ValueError, match="rule G-01a has two functions: g01a, other"):

        @enter
        def other(case: object, event: object) -> None:
            return None


def test_an_unknown_stage_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown stage 'noon'"):
        rule("G-01a", "noon")


def test_substance_comes_before_part_and_part_before_technique() -> None:
    assert [entry.id for entry in of_stage("substance")][:3] == ["R-03", "R-02", "R-01"]
    assert {"R-40", "R-41"} <= {entry.id for entry in of_stage("part")}
    assert {"R-22", "R-26"} <= {entry.id for entry in of_stage("technique")}


def test_the_order_of_asking_does_not_hang_on_who_imported_what_first() -> None:
    script = (
        "import deltoid.pipeline.rules.{first};"
        "from deltoid.pipeline.rules.registry import entered; print(list(entered()))"
    )
    orders = {
        subprocess.run(
            [sys.executable, "-c", script.format(first=first)], capture_output=True, text=True, check=True
        ).stdout
        for first in ("status", "joints", "gates")
    }
    assert len(orders) == 1
