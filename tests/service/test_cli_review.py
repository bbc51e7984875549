"""``deltoid review`` from its arguments to its exit status, with a small engine for the real one."""

from __future__ import annotations

import io
import json
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from deltoid.pipeline.tabular import TableError
from deltoid.service.cli import batch, main
from deltoid.service.cli.exits import Exit
from deltoid.service.engine import Engine
from deltoid.service.schemas.published import json_schema

CANARY = "Zyxtril"
NOTE = f"{CANARY} 60 mg IM given in the left deltoid."


@dataclass
class Ended:
    status: int
    out: str
    err: str

    @property
    def reviews(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def errors(self) -> list[dict]:
        return [json.loads(line) for line in self.err.splitlines() if line.startswith("{")]


class Stdin(io.TextIOWrapper):
    """Standard input that may say that it is a terminal."""


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch, capsys, engine: Engine, tmp_path: Path) -> Run:
    """Return a helper that runs the command line in an empty folder."""
    monkeypatch.setattr(batch, "build_engine", lambda _: engine)
    monkeypatch.chdir(tmp_path)
    before = signal.getsignal(signal.SIGTERM)

    def call(*arguments: str, stdin: bytes = b"", terminal: bool = False) -> Ended:
        monkeypatch.setattr(sys, "argv", ["deltoid", *arguments])
        monkeypatch.setattr(sys, "stdin", Stdin(io.BufferedReader(io.BytesIO(stdin))))
        monkeypatch.setattr(Stdin, "isatty", lambda _: terminal)
        with pytest.raises(SystemExit) as end:
            main()
        signal.signal(signal.SIGTERM, before)
        written = capsys.readouterr()
        assert CANARY not in written.err
        return Ended(int(end.value.code or 0), written.out, written.err)

    return call


def jsonl(*encounters: object) -> Path:
    lines = [each if isinstance(each, str) else json.dumps(each) for each in encounters]
    Path("notes.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return Path("notes.jsonl")


def test_json_is_one_review_a_line_and_nothing_else(run: Run):
    jsonl({"id": "a", "note": NOTE}, {"id": "b", "text": "IM \U0001f489"})
    ended = run("review", "--json", "notes.jsonl")
    assert ended.status == Exit.OK
    assert [review["note_id"] for review in ended.reviews] == ["a", "b"]
    for review in ended.reviews:
        Draft202012Validator(json_schema("review")).validate(review)
    assert ended.err.startswith("2 reviewed (not_supported 1, supported 1), ")


def test_the_bad_line_is_named_on_stderr_and_the_others_come_out(run: Run):
    jsonl(
        {"id": "1", "note": NOTE},
        {"id": "2", "note": NOTE},
        f'{{"note": "{CANARY}',
        {"id": "4", "note": NOTE},
    )
    ended = run("review", "--json", "notes.jsonl", "absent.txt")
    assert ended.status == Exit.SOME_FAILED
    assert [review["note_id"] for review in ended.reviews] == ["1", "2", "4"]
    assert [(error["code"], error["place"], error["id"]) for error in ended.errors] == [
        ("bad_json", {"file": "notes.jsonl", "line": 3}, None),
        ("missing_file", {"file": "absent.txt", "line": None}, None),
    ]
    assert "2 failed (bad_json 1, missing_file 1)" in ended.err


def test_an_unknown_payer_and_a_fault_inside_are_errors_of_their_items(run: Run):
    jsonl(
        {"id": "1", "note": NOTE, "context": {"payer": "acme"}},
        {"id": "2", "note": f"BREAK {NOTE}"},
        {"id": "3", "note": NOTE},
    )
    ended = run("review", "--json", "notes.jsonl")
    assert ended.status == Exit.SOME_FAILED
    unknown, inside = ended.errors
    assert unknown["message"] == "context.payer: must be one of commercial, medicare"
    assert (unknown["id"], unknown["place"]["line"]) == ("1", 1)
    assert (inside["code"], inside["id"]) == ("internal", "2")
    assert inside["message"].startswith("the review failed: KeyError at conftest.py:")
    assert [review["note_id"] for review in ended.reviews] == ["3"]


def test_errors_go_to_their_own_file(run: Run):
    jsonl("{", {"id": "2", "note": NOTE})
    ended = run("review", "--json", "--errors", "errors.jsonl", "--quiet", "notes.jsonl")
    assert (ended.status, ended.err) == (Exit.SOME_FAILED, "")
    assert json.loads(Path("errors.jsonl").read_text())["code"] == "bad_json"


def test_options_fill_what_an_item_does_not_say(run: Run):
    jsonl(
        {"id": "bare", "note": NOTE},
        {
            "id": "full",
            "note": NOTE,
            "context": {"payer": "commercial", "date_of_service": "2025-01-01", "pos": "22"},
        },
    )
    options = [
        "--payer",
        "medicare",
        "--pos",
        "11",
        "--date",
        "2026-03-02",
        "--em-code",
        "99213",
        "--claim",
        "facility",
    ]
    bare, full = (review["context"] for review in run("review", "--json", *options, "notes.jsonl").reviews)
    assert {name: each["value"] for name, each in bare.items()} == {
        "payer": "medicare",
        "date_of_service": "2026-03-02",
        "claim": "facility",
        "pos": "11",
        "em_code": "99213",
    }
    assert {each["from"] for each in bare.values()} == {"given"}
    assert (full["payer"]["value"], full["pos"]["value"], full["em_code"]["value"]) == (
        "commercial",
        "22",
        "99213",
    )
    assert full["date_of_service"] == {"value": "2025-01-01", "from": "given"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--payer", "acme"], "--payer must be one of"),
        (["--date", "03/02/2026"], "--date: a date is a string such as 2026-03-02"),
        (["--pos", "1"], "--pos: "),
        (["--em-code", "visit"], "--em-code: "),
        (["--claim", "mine"], "--claim: "),
        (["--format", "csv"], "--format"),
        (["--encoding", "ebcdic"], "--encoding"),
        (["--max-errors", "-1"], "--max-errors"),
        (["--nonsense"], "--nonsense"),
        (["-o", "same", "--errors", "same"], "--output and --errors"),
    ],
)
def test_a_wrong_option_ends_with_usage(run: Run, arguments: list[str], said: str):
    ended = run("review", "-", *arguments, stdin=NOTE.encode())
    assert (ended.status, ended.out) == (Exit.USAGE, "")
    assert said in ended.err


def test_without_a_command_or_with_an_unknown_one_it_ends_with_usage(run: Run):
    assert run().status == Exit.USAGE
    assert run("revue").status == Exit.USAGE


def test_without_inputs_standard_input_is_read(run: Run):
    assert run("review", "--json", stdin=NOTE.encode()).reviews[0]["note_id"] == "stdin"


def test_without_inputs_at_a_terminal_it_ends_with_usage(run: Run):
    ended = run("review", terminal=True)
    assert (ended.status, ended.err) == (
        Exit.USAGE,
        "deltoid: name a file or a folder, or - for standard input\n",
    )


@pytest.mark.parametrize("arguments", [["absent.txt"], ["*.txt", "also-absent"], ["@absent"]])
def test_nothing_to_review_has_its_own_status(run: Run, arguments: list[str]):
    assert run("review", *arguments).status == Exit.NOTHING_TO_DO


@pytest.mark.parametrize(
    ("arguments", "status", "done"),
    [
        (["--fail-fast"], Exit.TOO_MANY_FAILED, ["1"]),
        (["--max-errors", "0"], Exit.TOO_MANY_FAILED, ["1"]),
        (["--max-errors", "1"], Exit.TOO_MANY_FAILED, ["1", "3"]),
        (["--max-errors", "2"], Exit.SOME_FAILED, ["1", "3", "5"]),
    ],
)
def test_too_many_errors_end_the_run(run: Run, arguments: list[str], status: Exit, done: list[str]):
    jsonl({"id": "1", "note": NOTE}, "{", {"id": "3", "note": NOTE}, "{", {"id": "5", "note": NOTE})
    ended = run("review", "--json", "notes.jsonl", *arguments)
    assert (ended.status, [review["note_id"] for review in ended.reviews]) == (status, done)


def test_an_output_file_is_written_whole_for_its_owner_and_never_over_another(run: Run):
    jsonl({"id": "1", "note": NOTE})
    assert run("review", "--json", "-o", "out.jsonl", "notes.jsonl").out == ""
    assert json.loads(Path("out.jsonl").read_text())["note_id"] == "1"
    assert Path("out.jsonl").stat().st_mode & 0o077 == 0
    Path("out.jsonl").write_text("kept")
    ended = run("review", "--json", "-o", "out.jsonl", "notes.jsonl")
    assert (ended.status, ended.err) == (
        Exit.CANNOT_CREATE,
        "deltoid: out.jsonl exists: use --force to replace it\n",
    )
    assert Path("out.jsonl").read_text() == "kept"
    assert run("review", "--json", "--force", "-o", "out.jsonl", "notes.jsonl").status == Exit.OK
    assert sorted(path.name for path in Path().iterdir()) == ["notes.jsonl", "out.jsonl"]


def test_an_output_file_that_cannot_be_made(run: Run):
    ended = run("review", "-o", "no/such/folder/out", "-", stdin=NOTE.encode())
    assert ended.status == Exit.CANNOT_CREATE
    assert "cannot be made: No such file or directory" in ended.err


def test_a_full_disk_has_its_own_status(run: Run):
    ended = run("review", "--json", "-o", "/dev/full", "-", stdin=NOTE.encode())
    assert (ended.status, ended.err) == (
        Exit.CANNOT_WRITE,
        "deltoid: /dev/full: cannot be written: No space left on device\n",
    )


def test_a_device_is_written_to_and_not_replaced(run: Run):
    assert run("review", "--json", "-o", "/dev/null", "-", stdin=NOTE.encode()).status == Exit.OK
    assert Path("/dev/null").is_char_device()


def test_an_interrupted_run_leaves_nothing_half_written(run: Run, engine: Engine, monkeypatch):
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    jsonl({"id": "1", "note": NOTE})
    monkeypatch.setattr(batch, "review", interrupt)
    assert run("review", "--json", "-o", "out.jsonl", "notes.jsonl").status == Exit.INTERRUPTED
    assert [path.name for path in Path().iterdir()] == ["notes.jsonl"]


@pytest.mark.parametrize(
    "error",
    [TableError("drugs.csv, line 3: no"), FileNotFoundError(2, "No such file", "somewhere/drugs.csv")],
)
@pytest.mark.parametrize("when", ["build_engine", "review"])
def test_a_table_that_cannot_be_used_ends_the_run(run: Run, monkeypatch, error: Exception, when: str):
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(batch, when, fail)
    ended = run("review", "-", stdin=NOTE.encode())
    assert ended.status == Exit.CONFIG
    assert "drugs.csv" in ended.err


def test_a_setting_that_cannot_be_used_ends_the_run(run: Run, monkeypatch):
    monkeypatch.setenv("DELTOID_MAX_NOTE_CHARS", "many")
    ended = run("review", "-", stdin=NOTE.encode())
    assert ended.status == Exit.CONFIG
    assert "DELTOID_MAX_NOTE_CHARS: " in ended.err
    assert "many" not in ended.err


def test_a_fault_of_our_own_is_told_by_its_place(run: Run, monkeypatch):
    def fail(*_: object) -> None:
        raise ValueError(NOTE)

    monkeypatch.setattr(batch, "_writer", fail)
    ended = run("review", "-", stdin=NOTE.encode())
    assert ended.status == Exit.INTERNAL
    assert ended.err.startswith("deltoid: a fault of Deltoid itself: ValueError at test_cli_review.py:")


def test_the_limit_of_the_settings_holds(run: Run, monkeypatch):
    monkeypatch.setenv("DELTOID_MAX_NOTE_CHARS", "10")
    assert run("review", "-", stdin=NOTE.encode()).errors[0]["code"] == "too_large"
