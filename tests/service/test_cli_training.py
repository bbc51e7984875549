"""Mistakes at ``deltoid train`` and ``deltoid evaluate`` are named, and nothing is overwritten."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest

from deltoid.models.current import ArtifactError, served
from deltoid.service.cli.exits import Exit, Failure
from deltoid.service.cli.training import evaluate_extraction, train_extraction


def failure(call: object, *given: object, **options: object) -> Failure:
    with pytest.raises(Failure) as raised:
        call(*given, **options)
    assert raised.value.status == Exit.CONFIG
    return raised.value


@pytest.fixture
def artifact(tmp_path: Path) -> Path:
    current = served()["extraction"]
    assert current is not None
    copy = tmp_path / current.name
    shutil.copytree(str(resources.files("deltoid.models.store") / current.name), copy)
    return copy


def test_a_folder_that_holds_something_is_not_trained_into(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("weights")
    told = failure(train_extraction, tmp_path, encoder="anything")
    assert "never overwritten" in told.message
    assert (tmp_path / "precious").read_text() == "weights"


def test_a_truncated_artifact_is_refused(artifact: Path) -> None:
    weights = artifact / "encoder.onnx"
    weights.write_bytes(weights.read_bytes()[:-1])
    with pytest.raises(ArtifactError, match=r"encoder\.onnx"):
        evaluate_extraction(artifact)


def test_notes_without_their_labels_are_not_passed_over(artifact: Path, tmp_path: Path) -> None:
    assert "--labels" in failure(evaluate_extraction, artifact, notes=tmp_path / "notes.jsonl").message


def test_a_torn_file_is_named_without_its_words(artifact: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.jsonl"
    notes.write_text('{"id": "n1", "note": "Toradol for Ms Secret')
    told = failure(evaluate_extraction, artifact, notes=notes, labels=notes)
    assert told.message == "notes.jsonl cannot be read: JSONDecodeError"
