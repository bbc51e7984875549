"""A sentence about a drug goes in by every way that ends in an error, and comes out nowhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deltoid.service.cli.exits import Exit
from deltoid.service.problems import kinds

START = "import sys; from deltoid.service.cli import main; sys.argv[0] = 'deltoid'; main()"
CANARY = "Zyxtril 60 mg IM for Mrs Quandrell"
PARTS = ("Zyxtril", "Quandrell", "60 mg")

LINES = [
    f'{{"note": "{CANARY}',
    f'{{"note": "{CANARY}", "context": {{"patient_age": NaN}}}}',
    f'{{"note": "{CANARY}", "note": "{CANARY}"}}',
    f'{{"note": "{CANARY}", "text": "{CANARY}"}}',
    f'{{"note": "{CANARY} \\ud800"}}',
    f'{{"note": "{CANARY} \\u0000"}}',
    f'{{"note": "{CANARY}", "{CANARY}": 1}}',
    f'{{"note": "{CANARY}", "context": {{"{CANARY}": 1}}}}',
    f'{{"note": "{CANARY}", "context": {{"payer": "{CANARY}"}}}}',
    f'{{"note": "{CANARY}", "context": {{"pos": "{CANARY}", "em_code": "{CANARY}", "state": "{CANARY}"}}}}',
    f'{{"note": "{CANARY}", "context": {{"date_of_service": "{CANARY}", "claim": "{CANARY}"}}}}',
    f'{{"note": "{CANARY}", "context": {{"claim_lines": [{{"code": "{CANARY}", "charge": "{CANARY}"}}]}}}}',
    f'{{"note": "{CANARY}", "context": {{"patient_age": {"9" * 5000}}}}}',
    f'{{"note": "{CANARY}", "context": {"[" * 20_000}',
    f'{{"note": ["{CANARY}"]}}',
    f'{{"id": ["{CANARY}"], "note": "{CANARY}"}}',
    f'["{CANARY}"]',
    f'"{CANARY}"',
    CANARY,
    json.dumps({"note": CANARY * 3000}),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lines.jsonl").write_text("\n".join(LINES), encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(CANARY.encode() + b"\0\x01")
    (tmp_path / "latin.txt").write_bytes(CANARY.encode() + b"\xe9")
    (tmp_path / "wide.txt").write_bytes(CANARY.encode("utf-16"))
    (tmp_path / "long.txt").write_text(CANARY * 3000)
    (tmp_path / "long.jsonl").write_bytes(b'{"note": "' + CANARY.encode() * 50_000)
    return tmp_path


@pytest.mark.parametrize(
    "arguments", [[], ["--json"], ["--json", "--errors", "errors.jsonl"], ["--fail-fast"]]
)
def test_nothing_of_a_note_that_fails_comes_out(folder: Path, arguments: list[str]):
    done = subprocess.run(
        [sys.executable, "-c", START, "review", ".", *arguments],
        cwd=folder,
        env={**os.environ, "DELTOID_MAX_NOTE_CHARS": "5000"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (Exit.TOO_MANY_FAILED if "--fail-fast" in arguments else Exit.SOME_FAILED)
    assert done.stdout == ""
    errors = folder / "errors.jsonl"
    told = done.stderr + (errors.read_text() if errors.exists() else "")
    assert [part for part in PARTS if part in told] == []
    failed = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    assert len(failed) == (1 if "--fail-fast" in arguments else len(LINES) + 5)
    assert {error["code"] for error in failed} <= set(kinds())
