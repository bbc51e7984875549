"""Each example of the README is run, and answers as it says there (`make readme` prints the answers anew)."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

EXAMPLE = re.compile(r"^```console\n\$ deltoid (?P<words>.+)\n(?P<answer>(?:.*\n)*?)```$", re.MULTILINE)


def answer(words: str, root: Path) -> str:
    """Run one command as the README shows it, at a width that fits a page."""
    environment = {**os.environ, "PYTHONPATH": str(root / ".imports"), "NO_COLOR": "1", "COLUMNS": "100"}
    command = [sys.executable, "-m", "deltoid.service.cli", *shlex.split(words)]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.strip("\n").splitlines())


def test_the_examples_answer_as_the_readme_says(root: Path) -> None:
    readme = root / "README.md"
    before = readme.read_text(encoding="utf-8")
    after = EXAMPLE.sub(
        lambda found: f"```console\n$ deltoid {found['words']}\n{answer(found['words'], root)}```", before
    )
    if os.environ.get("README") == "write":
        readme.write_text(after, encoding="utf-8")
    assert EXAMPLE.search(before)
    assert after == readme.read_text(encoding="utf-8")


def test_every_fenced_example_is_one_that_is_run(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^\$ deltoid ", text, re.MULTILINE)) == len(EXAMPLE.findall(text))


def test_the_python_of_the_readme_prints_what_its_comments_say(root: Path) -> None:
    blocks = re.findall(
        r"^```python\n(.*?)^```$", (root / "README.md").read_text(encoding="utf-8"), re.M | re.S
    )
    assert blocks
    for block in blocks:
        command = [sys.executable, "-W", "error", "-c", block]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines() == re.findall(r"  # (.+)$", block, re.MULTILINE)
