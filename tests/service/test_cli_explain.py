"""``deltoid explain`` and ``deltoid rules`` as a coder calls them, mistakes and all."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deltoid.service.cli import main
from deltoid.service.cli.exits import Exit

SITE = """extends = "medicare"
read = 2026-11-21

[[rule]]
id = "D-06"
severity = "block"
message = "Acme wants the place of {what}."
source = ["ACME"]
confidence = "V1"

[[parameter]]
name = "split_dose_units"
value = "one"
source = ["ACME"]
confidence = "V1"
starts = 2999-01-01

[source.ACME]
tier = "P"
title = "Acme contract"
where = "folder"
read = 2020-01-01
"""


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str

    def json(self) -> Any:
        assert self.status == Exit.OK, self.err
        value = json.loads(self.out)
        assert value["schema_version"] == "1"
        return value


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Return a helper that runs the command line in an empty folder, on a wide terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.delenv("DELTOID_POLICY", raising=False)

    def call(*arguments: str, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["deltoid", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            main()
        captured = capsys.readouterr()
        return Ended(int(end.value.code or 0), captured.out, captured.err)

    return call


@pytest.fixture
def site(tmp_path: Path) -> str:
    (tmp_path / "acme.toml").write_text(SITE, encoding="utf-8")
    return "acme.toml"


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("96372", "96372  injection under the skin or into muscle"),
        ("J1010", "before it: J1020, J1030, J1040"),
        ("M-09", "Uncertain: the edit table of code pairs"),
        ("D-06", "NGS-CERT: NGS, CERT errors"),
        ("N-14", "CARC 4, 16, 97, 181"),
        ("25", "When not: on 96372 or a drug"),
        ("D-03", "No rule of its own: asked as G-07"),
        ("N-25", "Not foreseen here"),
        ("X-26", "Set by the parameter site_required"),
        ("toradol", "ketorolac  nsaid"),
        ("split_dose_units", "One of: each, one"),
        ("NGS-CERT", "official; ngsmedicare.com"),
    ],
)
def test_a_name_is_explained_on_standard_output_alone(run: Run, what: str, told: str) -> None:
    ended = run("explain", what)
    assert (ended.status, ended.err) == (Exit.OK, "")
    assert told in ended.out
    assert max(map(len, ended.out.splitlines())) <= 130
    assert run("explain", what, "--json").json()["cards"][0]["kind"]


def test_a_question_is_answered_in_full_with_the_next_best_by_title(run: Run) -> None:
    quoted, bare = run("explain", "must the site be documented?"), run("explain", "25", "or", "59?")
    assert quoted.out.startswith("X-26  Must the site of the injection be documented?")
    assert "\nSee also\n  D-06  place and side of the injection\n" in quoted.out
    assert bare.out.startswith("X-07  25 or 59")
    answers = run("explain", "must the site be documented?", "--json").json()["answers"]
    assert [each["id"] for each in answers[:2]] == ["X-26", "D-06"]
    assert answers[0]["score"] >= answers[1]["score"] > 0


def test_a_rule_is_told_for_one_payer_on_one_day(run: Run) -> None:
    card = run("explain", "G-12c", "--payer", "medicare", "--on", "2025-06-30", "--json").json()["cards"][0]
    assert [stand["payers"] for stand in card["stands"]] == [["medicare"]]
    assert card["stands"][0]["rule"]["ends"] == "2025-12-31"
    assert "not in force on 2019-01-01" in run("explain", "G-12c", "--on", "2019-01-01").out


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        ([], Exit.USAGE, "say what to explain"),
        (["96372", "--review", "x.json"], Exit.USAGE, "say what to explain"),
        (["G-08", "--payer", "acme"], Exit.USAGE, "--payer must be one of commercial, medicaid"),
        (["G-08", "--on", "tomorrow"], Exit.USAGE, "--on: write a day as 2026-01-31"),
        (["Toradoll"], Exit.NOTHING_TO_DO, "did you mean toradol"),
        (["J9998"], Exit.NOTHING_TO_DO, "ask in other words"),
        (["how do I cook rice"], Exit.NOTHING_TO_DO, "nothing is known of this"),
        ([""], Exit.NOTHING_TO_DO, "nothing is known of this"),
        (["--review", "none.json"], Exit.NOTHING_TO_DO, "none.json cannot be read"),
        (["--review", "."], Exit.NOTHING_TO_DO, ". cannot be read"),
        (["G-08", "--policy", "none.toml"], Exit.CONFIG, "none.toml: there is no such policy"),
    ],
)
def test_mistakes_have_their_status_and_print_no_data(
    run: Run, arguments: list[str], status: Exit, told: str
) -> None:
    ended = run("explain", *arguments)
    assert (ended.status, ended.out) == (status, "")
    assert told in ended.err
    assert "rice" not in ended.err


def reviewed(payer: str = "commercial") -> bytes:
    context = {"payer": {"value": payer}, "date_of_service": {"value": "2026-03-02"}}
    line = {"code": "96372", "units": 1, "modifiers": [], "events": []}
    return json.dumps(
        {"note_id": "n", "context": context, "events": [], "decision": {"lines": [line]}}
    ).encode()


def test_a_review_is_put_in_plain_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_bytes(reviewed())
    ended = run("explain", "--review", "r.json")
    assert ended.out.startswith("n, 2026-03-02\n  96372: You got a shot of a drug with a needle.")
    assert run("explain", "--review", "-", stdin=reviewed()).out == ended.out
    assert run("explain", "--review", "r.json", "--json").json()["reviews"][0]["lines"][0]["price"] is None


def test_a_review_of_a_site_needs_the_site_s_policy(run: Run, site: str) -> None:
    without = run("explain", "--review", "-", stdin=reviewed("acme"))
    assert (without.status, without.out) == (Exit.CONFIG, "")
    assert "give its --policy" in without.err
    assert run("explain", "--review", "-", "--policy", site, stdin=reviewed("acme")).status == Exit.OK


def test_what_is_no_review_ends_with_its_line(run: Run) -> None:
    ended = run("explain", "--review", "-", stdin=reviewed() + b"\n{}\n")
    assert (ended.status, ended.out) == (Exit.TOO_MANY_FAILED, "")
    assert "-, line 2: " in ended.err


def test_the_rules_in_force_are_listed(run: Run) -> None:
    ended = run("rules", "--payer", "medicare", "--on", "2024-03-31")
    assert "\nG-08      Ask first route not documented\n" in ended.out
    assert "of medicare on 2024-03-31" in ended.err
    told = run("rules", "--payer", "medicare", "--on", "2024-03-31", "--json").json()
    assert len(told["rules"]) == len(ended.out.splitlines())
    assert (told["payer"], told["day"]) == ("medicare", "2024-03-31")


def test_two_days_and_two_payers_are_compared(run: Run) -> None:
    days = run("rules", "--payer", "medicare", "--on", "2024-04-01", "--against", "2023-12-31").out
    assert days.startswith("medicare 2023-12-31 → medicare 2024-04-01\n  New\n    M-08  G2211")
    assert "Drug codes ended: " in days
    assert "J1040" in days
    payers = run("rules", "--payer", "medicare", "--against-payer", "commercial").out
    assert "    jwjz_required: no → yes\n" in payers
    assert "nothing differs" in run("rules", "--on", "2026-03-02", "--against", "2026-03-02").out
    told = run("rules", "--against-payer", "medicare", "--on", "2026-03-02", "--json").json()["difference"]
    assert told["before"] == ["medicare", "2026-03-02"]


def test_the_sources_are_listed_with_a_reminder(run: Run, site: str) -> None:
    everything, old = (
        run("rules", "sources", "--json").json(),
        run("rules", "sources", "--older-than", "2000"),
    )
    assert {"id", "tier", "title", "where", "read", "days", "cited_by"} == set(everything["sources"][0])
    assert old.out == ""
    own = run("rules", "sources", "--older-than", "2000", "--policy", site)
    assert own.out.startswith("ACME  Acme contract\n    payer; folder; read 2020-01-01, ")
    assert "1 of " in own.err
    assert "read them again" in own.err


def test_the_register_is_listed(run: Run) -> None:
    ended = run("rules", "register")
    assert ended.out.startswith("Gates\n  G-01a     ordered or planned, not given (in the policy)\n")
    assert "  X-12      what Medicare pays (no price is built in" in ended.out
    ids = run("rules", "register", "--json").json()["ids"]
    assert len({each["id"] for each in ids}) == len(ids) > 240


def test_a_sound_file_of_a_site_says_what_it_changes(run: Run, site: str) -> None:
    ended = run("rules", "check", site)
    assert ended.status == Exit.OK
    assert "      severity: query → block\n" in ended.out
    assert "acme 2999-01-01\n" in ended.out
    assert "    split_dose_units: each → one\n" in ended.out
    assert ended.err == "acme.toml: sound; use it with --policy or DELTOID_POLICY\n"
    assert len(run("rules", "check", site, "--json").json()["changes"]) == 2


def test_a_faulty_file_of_a_site_is_told_line_by_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(SITE.replace("severity", "severty").replace('"one"', '"two"'))
    ended = run("rules", "check", "bad.toml")
    assert (ended.status, ended.out) == (Exit.CONFIG, "")
    assert "bad.toml, line 6: rule D-06: unknown key 'severty'; did you mean severity?\n" in ended.err
    assert (
        "bad.toml, line 13: parameter split_dose_units: value is 'two'; allowed are each, one\n" in ended.err
    )
    as_json = run("rules", "check", "bad.toml", "--json")
    assert as_json.status == Exit.CONFIG
    assert [each["line"] for each in json.loads(as_json.out)["problems"]] == [6, 13]
    refused = run("rules", "--policy", "bad.toml")
    assert (refused.status, refused.out) == (Exit.CONFIG, "")
    assert "bad.toml, line 6" in refused.err


def test_a_site_s_policy_is_in_force_by_option_and_by_setting(
    run: Run, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert " of acme on " in run("rules", "--policy", site).err
    assert "acme: Stop" in run("explain", "D-06", "--policy", ".").out
    monkeypatch.setenv("DELTOID_POLICY", site)
    assert " of acme on " in run("rules").err
    assert "Acme wants the place of the drug." in run("explain", "D-06", "--payer", "acme").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--payer", "acme"], "--payer must be one of"),
        (["--against-payer", "acme"], "--payer must be one of"),
        (["--on", "2026-13-01"], "--on: write a day"),
        (["--against", "x"], "--against: write a day"),
        (["--payer", "medicare", "sources"], "write the options behind sources"),
    ],
)
def test_mistaken_options_of_rules_end_with_usage(run: Run, arguments: list[str], told: str) -> None:
    ended = run("rules", *arguments)
    assert (ended.status, ended.out) == (Exit.USAGE, "")
    assert told in ended.err
