"""Reading the tables that stand beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib import resources
from typing import Any

from deltoid.pipeline.tabular import Row, read


def rows(name: str, columns: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows of a table of explanations.

    Raises
    ------
    TableError
        If it cannot be used; the message names file, line and column.

    Examples
    --------
    >>> rows("placeholders.csv", ("name", "words", "source"))[0]["words"]
    'the drug'
    """
    return tuple(read(name, columns, source=resources.files("deltoid.pipeline.explain") / name))


def toml(name: str) -> dict[str, Any]:
    """Return what a TOML table of explanations holds.

    Examples
    --------
    >>> "96372" in toml("cards.toml")
    True
    """
    return tomllib.loads((resources.files("deltoid.pipeline.explain") / name).read_text(encoding="utf-8"))
