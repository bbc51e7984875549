"""What users get: the wheel, in an environment with what it asks for, and nothing of this checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from shutil import copy2

import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.wheel

FOLDERS = {"annotations", "models", "pipeline", "service"}
NOTE = "03/02/2026. Migraine since this morning. Toradol 60 mg IM given in the right deltoid by J. Lee, RN.\n"
REVIEW = ["review", "--json", "--date", "2026-03-02", "note.txt"]
WHERE = "import deltoid.{0} as package; print(package.__file__)"

# Nothing of this session may show the way into the checkout.
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "DELTOID", "COV"))}


def run(command: list[str | Path], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in `folder`, which holds nothing of the project."""
    return subprocess.run(
        command, cwd=folder, env={**CLEAN, **environment}, capture_output=True, text=True, check=False
    )


def checked(command: list[str | Path], folder: Path, **environment: str) -> str:
    answer = run(command, folder, **environment)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def copy_of_the_sources(root: Path, ours: list[Path], to: Path) -> Path:
    """Copy what is or would be committed, links as links, to build there: it leaves files behind."""
    links = [link.relative_to(root) for link in (root / ".imports/deltoid").iterdir() if link.is_symlink()]
    for path in {*ours, *links}:
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        copy2(root / path, to / path, follow_symlinks=False)
    return to


def asked_for(name: str, seen: set[str]) -> Iterator[metadata.Distribution]:
    """Yield what a distribution requires here, and what that requires, and so on."""
    for line in metadata.requires(name) or ():
        wanted = Requirement(line)
        key = re.sub(r"[-_.]+", "-", wanted.name).lower()
        if key not in seen and (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
            seen.add(key)
            yield metadata.distribution(key)
            yield from asked_for(key, seen)


def lend_what_it_asks_for(to: Path) -> None:
    """Link just the declared requirements, out of this environment: one that is not declared is not there."""
    to.mkdir()
    for distribution in asked_for("deltoid", {"deltoid"}):
        for top in {
            file.parts[0] for file in distribution.files or () if file.parts[0] not in ("..", "__pycache__")
        }:
            if not (to / top).exists():
                (to / top).symlink_to(str(distribution.locate_file(top)))


@pytest.fixture(scope="module")
def wheel(root: Path, ours: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel out of that."""
    sources = copy_of_the_sources(root, ours, tmp_path_factory.mktemp("sources"))
    checked([sys.executable, "-m", "build", "--no-isolation", sources], sources)
    return next((sources / "dist").glob("*.whl"))


def install(wheel: Path, into: Path) -> Path:
    """Make an environment with the wheel alone in it, and return its Python."""
    checked([sys.executable, "-m", "venv", "--without-pip", into / "env"], into)
    python = into / "env/bin/python"
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python, "-qq", "install", "--no-index"]
    checked([*pip, "--no-deps", wheel], into)
    lend_what_it_asks_for(into / "lent")
    site = next((into / "env/lib").glob("python*/site-packages"))
    (site / "lent.pth").write_text(f"{into / 'lent'}\n")
    (into / "note.txt").write_text(NOTE, encoding="utf-8")
    return python


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(wheel, tmp_path_factory.mktemp("installed"))


def test_the_wheel_holds_deltoid_and_nothing_else(wheel: Path, installed: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names} == {
        "deltoid",
        f"{wheel.name.partition('-py3')[0]}.dist-info",
    }
    assert {name.split("/")[1] for name in names if name.startswith("deltoid/")} == FOLDERS
    for folder in FOLDERS:
        assert run([installed, "-c", f"import {folder}"], installed.parent).returncode != 0


def test_every_file_of_the_four_folders_is_in_the_wheel(wheel: Path, ours: list[Path]) -> None:
    wanted = {
        f"deltoid/{path.as_posix()}" for path in ours if path.parts[0] in FOLDERS and path.suffix != ".md"
    }
    assert wanted - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_nothing_of_this_checkout_leaks_in(installed: Path, root: Path) -> None:
    for folder in sorted(FOLDERS):
        found = checked([installed, "-c", WHERE.format(folder)], installed.parent).strip()
        assert Path(found).is_relative_to(installed.parents[1])
    assert str(root / ".imports") not in checked(
        [installed, "-c", "import sys; print(sys.path)"], installed.parent
    )


def test_a_review_is_the_same_as_here(installed: Path, root: Path) -> None:
    folder = installed.parents[2]
    theirs = json.loads(checked([installed.with_name("deltoid"), *REVIEW], folder))
    imports = str(root / ".imports")
    here = json.loads(
        checked([sys.executable, "-m", "deltoid.service.cli", *REVIEW], folder, PYTHONPATH=imports)
    )
    assert [event["drug"]["name"] for event in theirs["events"]] == ["ketorolac"]
    assert theirs == here


def test_without_a_table_it_fails(wheel: Path, tmp_path: Path) -> None:
    torn = tmp_path / wheel.name
    with zipfile.ZipFile(wheel) as whole, zipfile.ZipFile(torn, "w") as less:
        for item in whole.infolist():
            if item.filename != "deltoid/pipeline/tables/drugs.csv":
                less.writestr(item, whole.read(item))
    python = install(torn, tmp_path)
    answer = run([python.with_name("deltoid"), *REVIEW], tmp_path)
    assert answer.returncode != 0
    assert "drugs.csv" in answer.stderr
    assert "Toradol" not in answer.stdout + answer.stderr
