"""The documents say what is there: commands, make targets, files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from deltoid.service.cli import app

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def pages(texts: dict[Path, str]) -> dict[Path, str]:
    return {path: text for path, text in texts.items() if path.suffix == ".md" and path.parts[0] != "tests"}


def anchors(text: str) -> set[str]:
    """Return the anchors that a page's headings get where it is shown."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def leads_nowhere(target: str, page: Path) -> bool:
    file, _, anchor = target.partition("#")
    there = page.parent / file if file else page
    return not there.exists() or bool(anchor and anchor not in anchors(there.read_text(encoding="utf-8")))


def broken(pages: dict[Path, str], root: Path) -> Iterator[str]:
    for path, text in pages.items():
        for target in LINK.findall(FENCE.sub("", text)):
            if not target.startswith(("http:", "https:")) and leads_nowhere(target, root / path):
                yield f"{path}: {target}"


def test_every_link_leads_somewhere(pages: dict[Path, str], root: Path) -> None:
    assert list(broken(pages, root)) == []


def test_a_broken_link_would_be_found(tmp_path: Path) -> None:
    page = "# In a word\n[a](#in-a-word) [b](#there) [c](here.md) [d](nowhere.md) [e](here.md#in-a-word)\n"
    (tmp_path / "here.md").write_text(page)
    assert list(broken({Path("here.md"): page}, tmp_path)) == ["here.md: #there", "here.md: nowhere.md"]


def test_every_page_is_reached_from_the_readme(pages: dict[Path, str]) -> None:
    named = {target.partition("#")[0] for target in LINK.findall(pages[Path("README.md")])}
    assert {path.as_posix() for path in pages if path.parts[0] == "docs"} - named == set()


def test_every_command_of_the_program_is_explained(pages: dict[Path, str]) -> None:
    commands = sorted(get_command(app).commands)
    assert commands
    assert [name for name in commands if f"deltoid {name}" not in pages[Path("docs/cli.md")]] == []


def test_every_table_is_explained(pages: dict[Path, str], ours: list[Path]) -> None:
    tables = [path.name for path in ours if path.match("pipeline/tables/*.csv")]
    assert tables
    assert [name for name in tables if f"`{name}`" not in pages[Path("docs/extraction.md")]] == []


def test_every_make_target_that_is_named_exists(pages: dict[Path, str], root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    named = {name for text in pages.values() for name in re.findall(r"`(?:\$ )?make ([a-z][a-z-]*)", text)}
    assert {"demo", "test"} <= named <= targets
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == targets


def test_the_readme_opens_with_the_two_commands(pages: dict[Path, str]) -> None:
    first = FENCE.search(pages[Path("README.md")])
    assert first
    assert re.findall(r"^(make \w+)", first[0], re.MULTILINE) == ["make demo", "make test"]


def test_the_version_stands_at_the_head_of_the_changelog(root: Path) -> None:
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"$', project, re.MULTILINE)
    newest = re.search(r"^## \[(.+?)\]", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert version
    assert newest
    assert newest[1] == version[1]
