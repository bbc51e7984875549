"""Injections whose substance the note, or our tables, do not name: they must be asked about, never lost."""

from __future__ import annotations

import pytest

from deltoid.pipeline.reading import read_note
from deltoid.pipeline.unnamed import unnamed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pt was given a shot in the hip.", "a shot"),
        # a drug that no table knows, given with amount and route: money is lost if nobody asks
        ("Given Zyxtril 1 g IM right deltoid.", "IM"),
        ("Received Bloxamine 20 mg subcutaneously by RN Lee.", "subcutaneously"),
    ],
)
def test_it_is_found(text: str, words: str) -> None:
    assert [draft.anchor.text for draft in unnamed(read_note(text), [])] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Sclerae without injection.",
        "Injection site clean.",
        # ordered, and no word of giving
        "Zyxtril 1 g IM at the next visit.",
        # a layer of a wound, not a way in
        "The subcutaneous tissue was closed with 3-0 Vicryl after 10 cc were drained.",
    ],
)
def test_it_is_not(text: str) -> None:
    assert unnamed(read_note(text), []) == []
