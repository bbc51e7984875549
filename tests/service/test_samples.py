"""The sample notes: every file has its context, nothing repeats, and each is a note of a natural length."""

from __future__ import annotations

from importlib import resources
from itertools import groupby

import pytest

from deltoid.pipeline.types import Note
from deltoid.service.samples import about, samples

FILES = resources.files("deltoid.service.samples")
EACH = [pytest.param(note, id=note.id) for note in samples()]


def test_every_file_is_a_sample_and_every_context_has_its_file() -> None:
    files = sorted(file.name for file in FILES.iterdir() if file.name.endswith(".txt"))
    assert [f"{number:02d}-{note.id}.txt" for number, note in enumerate(samples(), 1)] == files
    headings = [
        line for line in (FILES / "contexts.toml").read_text(encoding="utf-8").splitlines() if line[:1] == "["
    ]
    assert [line.strip("[]") for line in headings if not line.startswith("[[")] == [
        note.id for note in samples()
    ]


def test_the_samples_of_a_group_stand_together() -> None:
    groups = [name for name, _ in groupby(samples(), key=lambda note: note.id.partition("-")[0])]
    assert len(groups) == len(set(groups)) > 5


def test_no_sample_repeats_another() -> None:
    lines = [line for note in samples() for line in set(note.text.splitlines()) if len(line) > 40]
    assert len(lines) == len(set(lines))
    assert len({about(note.id) for note in samples()}) == len(samples())


@pytest.mark.parametrize("note", EACH)
def test_a_sample_is_a_note_with_a_context_and_a_purpose(note: Note) -> None:
    assert 60 <= len(note.text.split()) <= 350
    assert note.text.isprintable() or set(note.text) - {"\n"} == {c for c in note.text if c.isprintable()}
    assert note.context.origin == {
        "payer": "given",
        "claim": note.context.origin["claim"],
        "date_of_service": "given",
    }
    assert note.context.date_of_service is not None
    assert about(note.id).shows.endswith(".")


def test_the_samples_cover_payers_places_and_claims() -> None:
    contexts = [note.context for note in samples()]
    assert {"commercial", "medicare", "medicaid"} <= {context.payer for context in contexts}
    assert {"11", "23", "72", "12"} <= {context.pos for context in contexts}
    assert {context.claim for context in contexts} == {"professional", "facility"}
    assert sum(context.claim_lines is not None for context in contexts) >= 2


def test_an_unknown_sample_is_refused() -> None:
    with pytest.raises(KeyError):
        about("no-such-note")
