from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from deltoid.pipeline import closed_sets, phrases, tabular
from deltoid.pipeline.tabular import TableError

PIPELINE = Path(phrases.__file__).parent
TABLES = {
    "phrases.csv": ("group,phrase,source", phrases._groups),
    "section_sets.csv": ("set,section,source", lambda: closed_sets._sets("section_sets.csv", "section")),
    "category_sets.csv": ("set,category,source", lambda: closed_sets._sets("category_sets.csv", "category")),
    "section_weights.csv": ("section,weight,source", closed_sets.section_weights),
}  # fmt: skip


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    def loaded(table: str, *rows: str) -> object:
        header, read = TABLES[table]
        (tmp_path / table).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        monkeypatch.setattr(tabular, "shipped", lambda name: tmp_path / name)
        caches = (phrases._groups, closed_sets._sets, closed_sets.section_weights)
        # past the caches: the shipped tables stay loaded for the other tests
        for cached in caches:
            monkeypatch.setattr(
                phrases if cached is phrases._groups else closed_sets, cached.__name__, cached.__wrapped__
            )
        return getattr(read, "__wrapped__", read)()

    return loaded


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("phrases.csv", "lot,,x", "phrase"),
        ("phrases.csv", "lot,a(b,x", "phrase"),
        ("phrases.csv", "lot,a(b),x", "phrase"),
        ("section_sets.csv", "history,yesteryear,x", "section"),
        ("category_sets.csv", "partner,spoon,x", "category"),
        ("section_weights.csv", "plan,much,x", "weight"),
        ("section_weights.csv", "yesteryear,1,x", "section"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(
    load: Callable[..., object], table: str, row: str, column: str
) -> None:
    with pytest.raises(TableError, match=rf"^{re.escape(table)}, line 2, column {column}: "):
        load(table, row)


def test_a_phrase_stands_in_its_group_once(load: Callable[..., object]) -> None:
    with pytest.raises(TableError, match=r"^phrases\.csv, line 3, column phrase: .*twice"):
        load("phrases.csv", "lot,lot,x", "lot,lot,x")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: phrases.regex("<<no_such_group>>"),
        lambda: closed_sets.section_set("no_such_set"),
        lambda: closed_sets.category_set("no_such_set"),
    ],
)
def test_what_the_table_lacks_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(TableError, match="no_such"):
        ask()


def test_capitals_and_small_letters_are_alike_and_the_order_is_the_tables() -> None:
    assert phrases.regex("<<lot>>").fullmatch("LOT")
    assert phrases.expand("<<lot>> #") == "(?:lot|batch) #"


def test_every_group_is_used_and_every_group_used_is_there() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in PIPELINE.rglob("*.py"))
    used = set(re.findall(r"<<(\w+)>>|\bphrases\(\"(\w+)\"\)", code))
    named = {name for pair in used for name in pair if name} - {"group"}
    assert named == set(phrases._groups())
