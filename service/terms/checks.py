"""What a cell of an official file must look like; what does not is refused by file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from deltoid.pipeline.lines.ndc import normal
from deltoid.pipeline.tabular import TableError
from deltoid.service.terms.kinds import limits
from deltoid.service.terms.sources import Source

_CODE = re.compile(r"[A-Z]\d{4}|\d{4}[0-9A-Z]")
_SHOWN = 40
_DAYS = (
    re.compile(r"(?P<year>\d{4})(?P<sign>[-/]?)(?P<month>\d{2})(?P=sign)(?P<day>\d{2})"),
    re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})"),
)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one line by the name of their column."""

    source: Source
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def refuse(self, column: str, why: str) -> TableError:
        """Return the error that names this cell; the caller raises it."""
        return self.source.refuse(self.line, f"column {column}: {self.cells[column][:_SHOWN]!r} {why}")

    def code(self, column: str) -> str:
        """Return a HCPCS or CPT code."""
        if not _CODE.fullmatch(self[column]):
            raise self.refuse(column, "is no HCPCS or CPT code")
        return self[column]

    def day(self, column: str) -> date | None:
        """Return a day in one of the ways that official files write it, None where the cell is empty."""
        if not self[column]:
            return None
        for form in _DAYS:
            if match := form.fullmatch(self[column]):
                try:
                    return date(int(match["year"]), int(match["month"]), int(match["day"]))
                except ValueError:
                    break
        raise self.refuse(column, "is no date")

    def iso(self, column: str) -> str:
        """Return a day as YYYY-MM-DD, empty where the cell is."""
        day = self.day(column)
        return day.isoformat() if day else ""

    def number(self, column: str) -> Decimal:
        """Return a number that is not negative; thousands may be set off by commas, money by its sign."""
        try:
            found = Decimal(self[column].replace(",", "").removeprefix("$"))
        except InvalidOperation:
            raise self.refuse(column, "is not a number") from None
        if not (found.is_finite() and found >= 0):
            raise self.refuse(column, "is not a number from zero on")
        return found

    def ndc(self, column: str) -> str | None:
        """Return a package code in eleven digits, None where it is none of the known forms."""
        return normal(self[column])


def is_cpt(code: str) -> bool:
    """Return whether a code is one of the AMA, whose descriptors are never kept.

    Examples
    --------
    >>> is_cpt("96372"), is_cpt("0591T"), is_cpt("J1885")
    (True, True, False)
    """
    return code[:1].isdigit()


def under_header(
    source: Source, columns: Sequence[str], *, delimiter: str = ",", above: list[str] | None = None
) -> Iterator[Cells]:
    """Yield the rows under a header that is told exactly.

    Raises
    ------
    TableError
        If the header is another one, or a row has more or fewer cells.
    """
    header = tuple(columns)
    yield from by_header(source, lambda row: header if tuple(row) == header else None, delimiter, above)


def by_header(
    source: Source,
    recognise: Callable[[Sequence[str]], Sequence[str] | None],
    delimiter: str = ",",
    above: list[str] | None = None,
) -> Iterator[Cells]:
    """Yield the rows under the first row that is recognised as the header.

    Parameters
    ----------
    source : Source
    recognise : callable
        Returns our names of the columns for a header, None for any other row.
    delimiter : str
        What stands between cells.
    above : list of str, optional
        Takes the words above the header.

    Yields
    ------
    Cells

    Raises
    ------
    TableError
        If there is no header near the top, or a row has more or fewer cells than the header.
    """
    names: Sequence[str] | None = None
    for line, row in source.cells(delimiter):
        if names is not None:
            if any(row):
                yield _row(source, line, names, row)
            continue
        names = recognise(row)
        if names is None:
            if above is not None:
                above.append(" ".join(cell for cell in row if cell))
            if line > limits().preamble_lines:
                break
    if names is None:
        raise source.refuse(1, "has no header of this kind of file near its top: is it the right file?")


def _row(source: Source, line: int, names: Sequence[str], row: Sequence[str]) -> Cells:
    if len(row) != len(names):
        raise source.refuse(line, f"{len(row)} cells where {len(names)} columns are")
    return Cells(source, line, dict(zip(names, row, strict=True)))
