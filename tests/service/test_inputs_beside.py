"""Files of cases keep answers beside the note: a review leaves them out, and refuses a slip of the pen."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from deltoid.service.inputs.reading import Item, Reader
from deltoid.service.problems import ItemError

LINE = '{"id": "c1", "note": "Toradol 30 mg IM given.", "%s": {"supported_96372": true}}\n'


def read(tmp_path: Path, key: str) -> list[object]:
    file = tmp_path / "cases.jsonl"
    file.write_text(LINE % key, encoding="utf-8")
    return list(Reader(stdin=BytesIO(), limit=1000, format="auto", encoding="utf-8").items([str(file)]))


@pytest.mark.parametrize("key", ["expected", "entities", "rationale"])
def test_answers_are_left_out(tmp_path: Path, key: str) -> None:
    (item,) = read(tmp_path, key)
    assert isinstance(item, Item)
    assert item.note.id == "c1"


def test_any_other_key_is_refused_and_named(tmp_path: Path) -> None:
    (error,) = read(tmp_path, "contxt")
    assert isinstance(error, ItemError)
    assert "contxt" in error.message
