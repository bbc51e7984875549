"""Reading our tables: CSV, all strings, one fact a row, every row with its source."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
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

    def number(self, column: str) -> Decimal:
        """Return a cell as a number.

        Raises
        ------
        TableError
            If it is none; NaN and infinity are none.

        Examples
        --------
        >>> Row("units.csv", 2, {"factor": "0.001"}).number("factor")
        Decimal('0.001')
        """
        try:
            value = Decimal(self[column])
        except InvalidOperation:
            raise self.refuse(column, "is not a number") from None
        if not value.is_finite():
            raise self.refuse(column, "is not a number")
        return value

    def positive(self, column: str) -> Decimal:
        """Return a cell as a number above zero.

        Raises
        ------
        TableError
            If it is none.

        Examples
        --------
        >>> Row("units.csv", 2, {"factor": "0"}).positive("factor")
        Traceback (most recent call last):
        deltoid.pipeline.tabular.TableError: units.csv, line 2, column factor: '0' is not above zero
        """
        value = self.number(column)
        if value <= 0:
            raise self.refuse(column, "is not above zero")
        return value

    def whole(self, column: str) -> int:
        """Return a cell as a whole number from zero on.

        Raises
        ------
        TableError
            If it is none.

        Examples
        --------
        >>> Row("intervals.csv", 2, {"days": "28"}).whole("days")
        28
        """
        if not self[column].isdecimal():
            raise self.refuse(column, "is not a whole number")
        return int(self[column])


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
