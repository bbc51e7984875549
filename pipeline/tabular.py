"""Reading our tables: CSV, all strings, one fact a row, every row with its source."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from io import StringIO


class TableError(ValueError):
    """A table cannot be used as it stands; the message names file, line and column."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, with the place it came from."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def refuse(self, column: str, why: str) -> TableError:
        """Return the error that names this row; the caller raises it."""
        return TableError(f"{self.file}, line {self.line}, column {column}: {self.cells[column]!r} {why}")


def shipped(name: str) -> Traversable:
    """Return the table `name` that is shipped with the package."""
    return resources.files("deltoid.pipeline.tables") / name


def read(name: str, columns: Sequence[str], *, source: Traversable | None = None) -> Iterator[Row]:
    """Read a table row by row.

    Parameters
    ----------
    name : str
        The file's name, as it will be told in errors.
    columns : sequence of str
        The header that is expected, in order.
    source : Traversable, optional
        Where to read from; the shipped table of that name if not given.

    Yields
    ------
    Row

    Raises
    ------
    TableError
        If the header differs, a row has too few or too many cells, or a cell has space around it.

    Examples
    --------
    >>> next(read("sides.csv", ["surface", "side", "source"]))["side"]
    'left'
    """
    text = (source or shipped(name)).read_text(encoding="utf-8")
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    header = next(rows, [])
    if header != list(columns):
        raise TableError(f"{name}, line 1: the columns are {header}, not {list(columns)}")
    for cells in rows:
        yield _checked(Row(name, rows.line_num, dict(zip(columns, cells, strict=False))), cells, columns)


def _checked(row: Row, cells: Sequence[str], columns: Sequence[str]) -> Row:
    if len(cells) != len(columns):
        raise TableError(f"{row.file}, line {row.line}: {len(cells)} cells where {len(columns)} columns are")
    for column in columns:
        if row[column] != row[column].strip():
            raise row.refuse(column, "has space around it")
    if "source" in columns and not row["source"]:
        raise row.refuse("source", "is empty: every row says where it comes from")
    return row
