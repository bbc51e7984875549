"""`deltoid gold`: a small corpus goes through every command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from deltoid.annotations.exchange.records import read_jsonl
from deltoid.annotations.marked import read_marked
from deltoid.service.cli import app
from deltoid.service.cli.exits import Exit, Failure

TEXT = "Toradol 60 mg IM R glut by RN Lee for migraine. Bicillin allergy."
FIRST = (
    "#1 administered IM supported | drug Toradol | dose 60 mg | route IM | why migraine | giver RN Lee\n"
    "=> supported 96372x1"
)
SECOND = FIRST.replace("administered IM supported", "ordered IM not_supported").replace(
    "=> supported 96372x1", "=> not_supported"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    for name in ("first", "second", "adjudicated"):
        (folder / name).mkdir(parents=True)
    (folder / "plan.csv").write_text("writer,split\nw01,train\nw02,test\n", encoding="utf-8")
    for writer in ("w01", "w02"):
        head = f"@@@ {writer}-001\n"
        (folder / "first" / f"{writer}-a.txt").write_text(
            f"{head}@@ setting=office payer=medicare\n{TEXT}\n@@ labels\n{FIRST}\n", encoding="utf-8"
        )
        (folder / "second" / f"{writer}-a.txt").write_text(f"{head}@@ labels\n{SECOND}\n", encoding="utf-8")
        (folder / "adjudicated" / f"{writer}-a.txt").write_text(
            f"{writer}-001 1=A 2=A 3=A 4=A\n", encoding="utf-8"
        )
    return folder


def run(corpus: Path, *words: str, status: int = 0) -> str:
    result: Result = CliRunner().invoke(app, ["gold", *words, "--gold", str(corpus)])
    assert result.exit_code == status, result.output
    return result.stdout


def test_from_readings_to_frozen_notes(corpus: Path, tmp_path: Path) -> None:
    assert run(corpus, "compile") == "2 notes\n"
    assert "| all | 2 | 1.00 |" in run(corpus, "agreement")
    assert run(corpus, "lint") == ""
    assert run(corpus, "unmarked").splitlines()[0].endswith("\tBicillin")
    assert "| events | 2 |" in run(corpus, "stats", "--html", str(tmp_path / "page.html"))
    assert "<h2>status</h2>" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "train: changed" in run(corpus, "split", status=Exit.SOME_FAILED)
    assert "test: as frozen" in run(corpus, "split", "--write")
    assert "1.00\tw01-001\tw02-001" in run(corpus, "duplicates")
    assert run(corpus, "leaks").startswith("dev: 0 shared")


def test_packets_for_readers_and_adjudicators(corpus: Path, tmp_path: Path) -> None:
    run(corpus, "packets", str(tmp_path / "out"), "--names", "w01-*")
    (packet,) = (tmp_path / "out").iterdir()
    assert packet.read_text(encoding="utf-8") == f"@@@ w01-001\n@@ payer=medicare\n{TEXT}\n"
    run(corpus, "packets", str(tmp_path / "out"), "--adjudicate")
    assert "1. A#1/B#1 status: A administered | B ordered" in packet.read_text(encoding="utf-8")


@pytest.mark.parametrize("shape", ["jsonl", "prodigy", "conll", "docbin", "brat", "marked"])
def test_what_goes_out_comes_back(corpus: Path, tmp_path: Path, shape: str) -> None:
    run(corpus, "compile")
    assert run(corpus, "export", str(tmp_path / "out"), "--format", shape, "--part", "train") == "1 notes\n"
    words = ["gold", "import", str(tmp_path / "out"), str(tmp_path / "back.txt"), "--format", shape]
    assert CliRunner().invoke(app, words).exit_code == 0
    (note,) = read_marked(tmp_path / "back.txt")
    assert (note.text, note.facts["id"], note.context["payer"]) == (TEXT, "w01-001", "medicare")
    assert note.events[0].slots["giver"][0].text == "RN Lee"


def test_the_scorers_files(corpus: Path, tmp_path: Path) -> None:
    run(corpus, "compile")
    for shape in ("scorer", "encounters"):
        run(corpus, "export", str(tmp_path / shape), "--format", shape)
    gold, note = (
        json.loads((tmp_path / shape).read_text().splitlines()[0]) for shape in ("scorer", "encounters")
    )
    assert gold["id"] == note["id"] == "w01-001"
    assert note["context"] == {"payer": "medicare"}
    words = ["gold", "import", str(tmp_path / "scorer"), str(tmp_path / "back"), "--format", "scorer"]
    assert isinstance(CliRunner().invoke(app, words).exception, Failure)


def test_more_notes_are_made_of_the_training_part_alone(corpus: Path, tmp_path: Path) -> None:
    run(corpus, "compile")
    assert run(corpus, "augment", str(tmp_path / "more"), "--times", "3") == "3 notes\n"
    ids = [note.facts["id"] for note in read_jsonl((tmp_path / "more").read_text(encoding="utf-8"))]
    assert ids == ["w01-001~1", "w01-001~2", "w01-001~3"]


def test_impossible_labels_end_with_a_status(corpus: Path) -> None:
    run(corpus, "compile")
    path = corpus / "notes" / "w01-a.txt"
    path.write_text(path.read_text().replace("#1 administered IM", "#1 ordered IM"))
    assert run(corpus, "lint", status=Exit.SOME_FAILED) == "w01-001 #1: supported, though ordered\n"


def test_what_cannot_be_read_is_named_without_its_words(corpus: Path, tmp_path: Path) -> None:
    path = corpus / "second" / "w01-a.txt"
    path.write_text(path.read_text().replace("drug Toradol", "drug Zyxtril"))
    failure = CliRunner().invoke(app, ["gold", "compile", "--gold", str(corpus)]).exception
    assert isinstance(failure, Failure)
    assert failure.status is Exit.CONFIG
    assert "second/w01-a.txt, line 3: the words under 'drug' of #1" in failure.message
    assert "Zyxtril" not in failure.message


def test_a_corpus_that_was_not_compiled_says_what_to_do(corpus: Path) -> None:
    failure = CliRunner().invoke(app, ["gold", "stats", "--gold", str(corpus)]).exception
    assert isinstance(failure, Failure)
    assert "deltoid gold compile" in failure.message


@pytest.mark.parametrize(
    ("content", "shape", "why"),
    [
        ("\n[", "jsonl", "line 2, column 2: no JSON"),
        ("[]", "prodigy", "line 1: no JSON object"),
        ('{"text": "Zyxtril"}', "jsonl", "'facts' is missing"),
        ("Zyxtril", "brat", "this is none"),
        ("", "jsonl", "holds no notes"),
        ("Zyxtril", "docbin", "cannot be read"),
    ],
)
def test_a_file_that_is_no_such_thing_is_named(tmp_path: Path, content: str, shape: str, why: str) -> None:
    (tmp_path / "given").write_text(content, encoding="utf-8")
    words = ["gold", "import", str(tmp_path / "given"), str(tmp_path / "out"), "--format", shape]
    failure = CliRunner().invoke(app, words).exception
    assert isinstance(failure, Failure)
    assert failure.message.startswith("given ")
    assert why in failure.message
    assert "Zyxtril" not in failure.message
