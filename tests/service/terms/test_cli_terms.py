"""`deltoid terms` as a user meets it, mistakes and all: real processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deltoid.service.cli.exits import Exit

START = "import sys; from deltoid.service.cli import main; sys.argv[0] = 'deltoid'; main()"


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", START, *map(str, arguments)]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DELTOID_")}
    return subprocess.run(
        command,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_the_life_of_a_table(files: Any, data: Path) -> None:
    path = files.mue()
    preview = run("terms", "import", "mue", path, "--data", data, "--dry-run")
    assert (preview.returncode, preview.stderr) == (Exit.OK, "")
    assert "would be put in force, effective 2026-10-01" in preview.stdout
    assert not data.exists()
    done = run("terms", "import", "mue", path, DELTOID_DATA=str(data))
    assert "in force, effective 2026-10-01\n  rows read 2, kept 2, dropped 0\n" in done.stdout
    again = run("terms", "import", "mue", path, "--data", data, "--json")
    assert json.loads(again.stdout)["in_force_already"] is True
    told = json.loads(run("terms", "status", "--data", data, "--json").stdout)["terms"]
    assert {state["kind"]: state["state"] == "missing" for state in told}["ptp"]
    assert "2026-10-01" in run("terms", "status", "--data", data).stdout
    doctor = json.loads(run("doctor", "--json", DELTOID_DATA=str(data)).stdout)
    assert doctor["imported"]["mue"].startswith("2026-10-01-")
    assert doctor["tables"] != json.loads(run("doctor", "--json").stdout)["tables"]
    back = run("terms", "rollback", "mue", "--data", data)
    assert (back.returncode, back.stdout) == (Exit.OK, "mue: nothing is in force any more\n")


def test_a_warning_goes_to_standard_error(files: Any, data: Path) -> None:
    path = files.ptp(("20610", "96372", "", "20100101", "*", "1", "why"))
    done = run("terms", "import", "ptp", path, "--data", data, "--json")
    assert done.returncode == Exit.OK
    assert json.loads(done.stdout)["warnings"]
    assert done.stderr.startswith("deltoid: warning: no pair has 96372")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["import", "mue", "{file}"], Exit.USAGE, "name the data folder with --data, or set DELTOID_DATA"),
        (
            ["import", "mui", "{file}", "--data", "{data}"],
            Exit.USAGE,
            "'mui' is no kind of file; known are hcpcs",
        ),
        (
            ["import", "mue", "nowhere.csv", "--data", "{data}"],
            Exit.NOTHING_TO_DO,
            "nowhere.csv: there is no such",
        ),
        (["import", "mue", "{folder}", "--data", "{data}"], Exit.NOTHING_TO_DO, "there is no such file"),
        (["import", "ptp", "{file}", "--data", "{data}"], Exit.CONFIG, "is it the right file?"),
        (["import", "mue", "{file}", "--data", "{file}"], Exit.USAGE, "is not a folder"),
        (
            ["import", "mue", "{file}", "--data", "{data}", "--effective", "10/01/2026"],
            Exit.USAGE,
            "--effective: '10/01/2026' is no date; write YYYY-MM-DD",
        ),
        (["import", "mue", "--data", "{data}"], Exit.USAGE, "Missing argument 'FILE...'"),
        (["rollback", "mue", "--data", "{data}"], Exit.CONFIG, "mue: no version is in force"),
        (["rollback", "mue", "2020", "--data", "{data}"], Exit.CONFIG, "mue: no version is in force"),
        (["import", "mue", "{file}", "--data", "/proc/nowhere"], Exit.CANNOT_WRITE, "cannot be written"),
    ],
)
def test_a_mistake_is_told_in_one_line_and_changes_nothing(
    arguments: list[str], status: Exit, words: str, files: Any, data: Path
) -> None:
    known = {"file": files.mue(), "folder": files.folder, "data": data}
    done = run("terms", *(argument.format(**known) for argument in arguments))
    assert (done.returncode, done.stdout) == (status, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (data / "terms" / "CURRENT.toml").exists()


def test_a_review_ends_where_a_table_was_tampered_with(files: Any, data: Path) -> None:
    run("terms", "import", "mue", files.mue(), "--data", data)
    [table] = data.rglob("units.csv")
    table.write_text("code,units,indicator\n96372,99,3\n")
    done = run("review", files.text("note.txt", "Toradol 60 mg IM"), DELTOID_DATA=str(data))
    assert (done.returncode, done.stdout) == (Exit.CONFIG, "")
    assert "units.csv is not what was imported: import the file again, or roll back" in done.stderr


def test_help_tells_every_command() -> None:
    done = run("terms", "--help")
    assert done.returncode == Exit.OK
    assert all(word in done.stdout for word in ("import", "status", "rollback"))
