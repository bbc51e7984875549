"""The split of the corpus by writers, frozen by digest: a changed note of a frozen part is noticed."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path

from deltoid.annotations.corpus import read_plan

PARTS = ("train", "dev", "test")
FROZEN = "splits.toml"


def split_digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each part's compiled notes, file by file in the order of their names.

    Parameters
    ----------
    folder : Path
        Of the corpus.
    """
    plan = read_plan(folder)
    digests = {part: hashlib.sha256() for part in PARTS}
    for path in sorted((folder / "notes").glob("*.txt")):
        digests[plan[path.stem.split("-")[0]]["split"]].update(path.read_bytes())
    return {part: digest.hexdigest() for part, digest in digests.items()}


def frozen_digests(folder: Path) -> dict[str, str]:
    """Return the digests that were written down, nothing for a corpus that was never frozen."""
    path = folder / FROZEN
    return tomllib.loads(path.read_text(encoding="utf-8"))["sha256"] if path.exists() else {}


def frozen_toml(digests: Mapping[str, str]) -> str:
    """Return the content of ``splits.toml``.

    Examples
    --------
    >>> print(frozen_toml({"test": "0a"}).splitlines()[-1])
    test = "0a"
    """
    lines = [f'{part} = "{digest}"' for part, digest in digests.items()]
    head = "# Which notes each part holds, by digest; written by `deltoid gold split --write`."
    return "\n".join([head, "[sha256]", *lines]) + "\n"
