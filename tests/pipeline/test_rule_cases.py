"""Every rule speaks where it should and keeps silent beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from deltoid.pipeline.rulebook import Case
from deltoid.pipeline.rules.judge import judge
from deltoid.pipeline.rules.registry import entered

Row = Mapping[str, Any]
FOLDER = Path(__file__).parent / "cases"


def rows() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.toml")):
        for row in tomllib.loads(file.read_text("utf-8"))["case"]:
            yield pytest.param(row, id=f"{file.stem}: {row['why']}")


@pytest.mark.parametrize("row", list(rows()))
def test_the_case_comes_out_as_told(row: Row, make_case: Callable[[Row], Case]) -> None:
    judgements, redirects, findings = judge(make_case(row))
    fired = {finding.rule for finding in findings}
    assert set(row.get("fires", [])) <= fired
    assert not set(row.get("silent", [])) & fired
    told = {
        "disposition": [j.disposition for j in judgements],
        "code": [j.code or "" for j in judgements],
        "purpose": [j.purpose or "" for j in judgements],
    }
    for name, seen in told.items():
        wanted = row.get(name, seen)
        assert seen == (wanted if isinstance(wanted, list) else [wanted])
    assert {r.code for r in redirects} == set(row.get("redirects", {r.code for r in redirects}))
    assert {f.element for f in findings if f.element} >= set(row.get("missing", []))
    assert {f.rule for f in findings if f.hard} >= set(row.get("hard", []))
    assert not {f.rule for f in findings if f.hard} & set(row.get("soft", []))


@pytest.mark.parametrize("asked", ["fires", "silent"])
def test_every_rule_has_a_case_that_fires_it_and_one_that_does_not(asked: str) -> None:
    seen = {rule for param in rows() for rule in param.values[0].get(asked, [])}
    assert set(entered()) - seen == set()
