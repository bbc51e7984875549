"""A site's own policies reach the reviews."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from deltoid.pipeline.policyfile import PolicyError
from deltoid.pipeline.types import Context, Note
from deltoid.service.engine import Engine
from deltoid.service.problems import ItemError
from deltoid.service.review import review
from deltoid.service.sitepolicy import site_book, site_files

DAY = date(2026, 11, 21)
ENTRY = """
[[parameter]]
name = "site_required"
value = true
source = ["NOR-DOC"]
confidence = "V1"
read = 2026-11-21
"""


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_holds_many_profiles_that_may_build_on_each_other(tmp_path: Path) -> None:
    book = site_book(write(tmp_path, acme=f'extends = "medicare"\n{ENTRY}', north='extends = "acme"\n'))
    assert {"acme", "north"} <= set(book.payers())
    assert book.policy("north", DAY).flag("site_required")
    assert book.policy("north", DAY) is book.policy("north", DAY)
    assert not book.policy("medicare", DAY).flag("site_required")
    assert book.default_payer() == "commercial"


def test_without_files_there_are_the_shipped_profiles() -> None:
    assert site_book(None).own == ()
    assert site_book(None).default_payer() == "commercial"


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({}, "holds no .toml file"),
        (
            {"a": 'extends = "base"\npayer = "x"', "b": 'extends = "base"\npayer = "x"'},
            "more than one file .* x",
        ),
        ({"a": 'extends = "b"', "b": "x = ["}, "b.toml, line 1: this is not TOML"),
    ],
)
def test_a_folder_that_cannot_be_used_is_refused(
    tmp_path: Path, files: dict[str, str], complaint: str
) -> None:
    with pytest.raises(PolicyError, match=complaint):
        site_book(write(tmp_path, **files))


def test_every_fault_of_every_file_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path, a="extends = 1\n", b='extends = "nobody"\n')
    with pytest.raises(PolicyError, match=r"a\.toml, line 1: extends is not text\nb\.toml, line 1: extends"):
        site_book(folder)
    assert [file.file for file in site_files(folder)] == ["a.toml", "b.toml"]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"extends = \xff")
    with pytest.raises(PolicyError, match=r"a\.toml: it is not UTF-8"):
        site_book(tmp_path / "a.toml")


@pytest.fixture
def at_a_site(engine: Engine) -> Engine:
    return replace(engine, payers=("acme", "commercial"), default_payer="acme")


def test_a_note_without_a_payer_is_reviewed_by_the_site_s_only_profile(at_a_site: Engine) -> None:
    done = review(Note("n", "Toradol 60 mg IM"), engine=at_a_site, today=DAY)
    assert (done.note.context.payer, done.note.context.origin["payer"]) == ("acme", "default")
    assert str(done.made_with["policy"]).startswith("acme@2026-11-21 sha256:")


def test_a_note_that_names_its_payer_keeps_it(at_a_site: Engine) -> None:
    given = Context(payer="commercial", origin={"payer": "given"})
    done = review(Note("n", "Toradol 60 mg IM", given), engine=at_a_site, today=DAY)
    assert done.note.context.payer == "commercial"
    with pytest.raises(ItemError, match="must be one of acme, commercial"):
        review(Note("n", "", Context(payer="zeta")), engine=at_a_site, today=DAY)
