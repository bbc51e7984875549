"""The four folders know only what stands below them, and the import root is the only way in."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

FOLDERS = ["annotations", "models", "pipeline", "service"]
LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]


def lint(root: Path, config: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(root / ".imports")}
    command = [*LINT, "--config", str(config)]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_the_contract_holds(root: Path) -> None:
    answer = lint(root, root / "pyproject.toml")
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_contract_the_wrong_way_round_is_broken(root: Path, tmp_path: Path) -> None:
    config = tmp_path / "upside-down.toml"
    config.write_text(
        "[tool.importlinter]\nroot_packages = ['deltoid.pipeline', 'deltoid.service']\n"
        "[[tool.importlinter.contracts]]\nname = 'upside down'\ntype = 'layers'\n"
        "layers = ['deltoid.pipeline', 'deltoid.service']\n"
    )
    answer = lint(root, config)
    assert answer.returncode == 1
    assert "upside down BROKEN" in answer.stdout


def test_the_import_root_holds_four_links_and_nothing_else(root: Path, ours: list[Path]) -> None:
    links = sorted((root / ".imports/deltoid").iterdir())
    assert [link.name for link in links if link.name != "__pycache__"] == FOLDERS
    assert [link.resolve() for link in links if link.is_symlink()] == [root / name for name in FOLDERS]
    assert not (root / "__init__.py").exists()


def test_the_words_import_nothing_of_ours(root: Path) -> None:
    tree = ast.parse((root / "pipeline/types.py").read_text(encoding="utf-8"))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    assert imported
    assert [name for name in imported if name.startswith("deltoid")] == []
