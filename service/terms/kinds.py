"""The kinds of files that can be imported, as `kinds.toml` tells them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Layout:
    """What is kept of a file in one table: its columns, and those that tell one row from another."""

    columns: tuple[str, ...]
    key: tuple[str, ...]

    def key_of(self, row: Sequence[str]) -> tuple[str, ...]:
        """Return the cells that tell a row from others."""
        return tuple(row[self.columns.index(column)] for column in self.key)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    `months` is how long a version stays fresh; `encoding` are tried in turn on each line. `members` are
    patterns of the names inside an archive, `dates` those by which names and preambles tell their day; where
    they tell none, the newest file of the archive (`dated_by_archive`) or the rows (`dated_by_rows`) may.
    """

    name: str
    title: str
    rhythm: str
    months: int
    encoding: tuple[str, ...]
    members: tuple[str, ...]
    dates: tuple[str, ...]
    tables: Mapping[str, Layout]
    dated_by_archive: bool = False
    dated_by_rows: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What one import may cost, as `limits.toml` tells it."""

    members: int
    ratio: int
    total_bytes: int
    line_bytes: int
    rows: int
    preamble_lines: int
    examples: int


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by its name.

    Examples
    --------
    >>> kinds()["mue"].rhythm, kinds()["mue"].tables["units"].columns
    ('quarterly', ('code', 'units', 'indicator'))
    """
    told = _toml("kinds.toml")
    months = told.pop("rhythms")
    return {name: _kind(name, fields, months) for name, fields in told.items()}


@cache
def limits() -> Limits:
    """Return what one import may cost.

    Examples
    --------
    >>> limits().ratio
    250
    """
    return Limits(**_toml("limits.toml"))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("deltoid.service.terms") / name).read_text(encoding="utf-8"))


def _kind(name: str, fields: Mapping[str, object], months: Mapping[str, object]) -> Kind:
    lists = {key: tuple(value) for key, value in fields.items() if isinstance(value, list)}
    tables = fields["tables"]
    layouts = {table: _layout(rows) for table, rows in tables.items()} if isinstance(tables, dict) else {}
    known = {**fields, **lists, "tables": layouts, "name": name, "months": months[str(fields["rhythm"])]}
    return Kind(**known)  # type: ignore[arg-type]


def _layout(rows: Mapping[str, list[str]]) -> Layout:
    return Layout(tuple(rows["columns"]), tuple(rows["key"]))
