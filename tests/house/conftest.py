from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def ours() -> list[Path]:
    """Return every file that is or would be committed, relative to the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    return sorted({Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()})


@pytest.fixture(scope="session")
def texts(ours: list[Path]) -> dict[Path, str]:
    """Return what those files say, without what is no text or was written by others."""
    found = {}
    for path in ours:
        raw = (ROOT / path).read_bytes()
        if b"\0" not in raw and not path.name.endswith(".min.js"):
            found[path] = raw.decode(errors="replace")
    return found
