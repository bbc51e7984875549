"""The commands as they are installed: real processes with the shipped pipeline."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from deltoid.service.cli.exits import Exit
from deltoid.service.schemas.published import NAMES, json_schema

START = "import sys; from deltoid.service.cli import main; sys.argv[0] = 'deltoid'; main()"
CANARY = "Zyxtril"
NOTE = f"03/02/2026. Migraine. No {CANARY}. Toradol 60 mg IM given in the right deltoid by J. Lee, RN."


def run(*arguments: str, stdin: str = "", cwd: Path | None = None, **environment: str):
    command = [sys.executable, "-W", "error", "-c", START, *arguments]
    return subprocess.run(
        command,
        input=stdin,
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_note_through_all_of_it():
    done = run("review", "--json", "-", stdin=NOTE)
    assert done.returncode == Exit.OK
    review = json.loads(done.stdout)
    Draft202012Validator(json_schema("review")).validate(review)
    assert review["context"]["date_of_service"]["from"] == "note"
    (event,) = review["events"]
    assert (event["drug"]["name"], event["route"]["code"]) == ("ketorolac", "IM")
    assert CANARY not in done.stderr


def test_the_same_note_gives_the_same_bytes_in_another_process():
    first, second = (run("review", "--json", stdin=NOTE, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.stdout
    assert first.stdout == second.stdout


def test_the_readable_review_is_also_written_where_there_is_no_unicode_locale():
    done = run("review", "-", stdin=NOTE, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", NO_COLOR="1")
    assert done.returncode == Exit.OK
    assert "⟦1 drug: Toradol⟧" in done.stdout


def test_a_reader_that_goes_away_and_a_full_disk_have_their_status(tmp_path: Path):
    (tmp_path / "n.jsonl").write_text("\n".join(json.dumps({"id": str(n), "note": NOTE}) for n in range(50)))
    command = [sys.executable, "-c", START, "review", "--json", "n.jsonl"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr
        assert b"Traceback" not in process.stderr.read()
        assert process.wait() == Exit.CANNOT_WRITE
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == Exit.CANNOT_WRITE
    assert done.stderr == b"deltoid: -: cannot be written: No space left on device\n"


def test_a_run_that_is_told_to_end_leaves_nothing_half_written(tmp_path: Path):
    command = [sys.executable, "-c", START, "review", "--json", "-o", "out.jsonl", "-"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not list(tmp_path.iterdir()):
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == Exit.INTERRUPTED
    assert list(tmp_path.iterdir()) == []


def test_doctor_says_what_the_installation_is():
    done = run("doctor", "--json")
    assert done.returncode == Exit.OK
    found = json.loads(done.stdout)
    assert found["models"]["extraction"].startswith("second-look-")
    assert found["models"]["eligibility"] is None
    assert {"commercial", "medicare", "self_pay"} <= set(found["policies"])
    assert found["limits"]["max_note_chars"] == 1_000_000
    assert found["pipeline"]
    assert f"tables: {found['tables']}\n" in run("doctor").stdout


def test_doctor_says_which_setting_cannot_be_used():
    done = run("doctor", DELTOID_MAX_LIST="0")
    assert (done.returncode, done.stdout) == (Exit.CONFIG, "")
    assert "DELTOID_MAX_LIST: " in done.stderr


SITE = """extends = "medicare"
read = 2026-11-21

[[rule]]
id = "G-10"
message = "Acme asks who gave {what}."
source = ["NOR-DOC"]
confidence = "V1"
"""


def test_a_site_s_policy_decides_and_is_named(tmp_path: Path):
    (tmp_path / "acme.toml").write_text(SITE)
    unsigned = "03/02/2026. Migraine. Toradol 60 mg IM given in the right deltoid."
    by_setting = run("review", "--json", stdin=unsigned, cwd=tmp_path, DELTOID_POLICY="acme.toml")
    by_option = run("review", "--json", "--policy", "acme.toml", stdin=unsigned, cwd=tmp_path)
    assert by_setting.stdout == by_option.stdout
    review = json.loads(by_option.stdout)
    assert review["context"]["payer"] == {"value": "acme", "from": "default"}
    assert review["made_with"]["policy"].startswith("acme@2026-03-02 sha256:")
    asked = {finding["rule"]: finding["message"] for finding in review["decision"]["findings"]}
    assert asked["G-10"].startswith("Acme asks who gave ")
    named = run("review", "--json", "--policy", ".", "--payer", "commercial", stdin=unsigned, cwd=tmp_path)
    assert json.loads(named.stdout)["context"]["payer"]["value"] == "commercial"
    (tmp_path / "acme.toml").write_text(SITE.replace("G-10", "G-99"))
    refused = run("review", "--policy", "acme.toml", stdin=unsigned, cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (Exit.CONFIG, "")
    assert "acme.toml, line 5: rule G-99: no rule has this name" in refused.stderr


def test_schema_prints_both_or_one():
    both = json.loads(run("schema").stdout)
    assert both == {name: json_schema(name) for name in NAMES}
    assert json.loads(run("schema", "review").stdout) == both["review"]
    for schema in both.values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["review", "--help"],
        ["schema"],
        ["explain", "M-09"],
        ["explain", "25 or 59?"],
    ],
)
def test_what_needs_no_pipeline_does_not_load_it(arguments: list[str]):
    heavy = "print([name for name in ('spacy', 'fastapi', 'numpy') if name in sys.modules], file=sys.stderr)"
    code = f"import sys, atexit; atexit.register(lambda: {heavy}); {START}"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (Exit.OK, "[]\n")
    assert done.stdout
