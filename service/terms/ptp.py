"""NCCI procedure-to-procedure edits: pairs of codes of which only one is paid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from deltoid.pipeline.lines.sheet import SHOT
from deltoid.pipeline.tabular import TableError
from deltoid.service.terms.checks import Cells
from deltoid.service.terms.found import Found
from deltoid.service.terms.kinds import limits
from deltoid.service.terms.sources import Source

_COLUMNS = ("first", "second", "before_1996", "starts", "ends", "indicator", "why")
_PART = re.compile(r"-f(?P<part>\d+)", re.IGNORECASE)
_OPEN = "*"
_INDICATORS = frozenset("019")


def read(sources: Sequence[Source]) -> Found:
    """Return the pairs with 96372, with their days and modifier indicator.

    The edits come in several files; those handed in must be whole from the first part on. Pairs of two other
    codes are dropped: no line of ours meets them.

    Raises
    ------
    TableError
        If a part is missing between others, or a row cannot be used.
    """
    found = Found()
    _refuse_gap([source.name for source in sources])
    for source in sources:
        for row in _rows(source, found):
            _take(found, row)
    if not any(row[0] == SHOT for row in found.tables.get("pairs", ())):
        found.warnings.append(f"no pair has {SHOT} in its first column: is every part of the edits here?")
    return found


def _refuse_gap(names: Sequence[str]) -> None:
    parts = sorted(int(match["part"]) for name in names if (match := _PART.search(name)))
    if parts and parts != list(range(1, len(parts) + 1)):
        listed = ", ".join(f"f{part}" for part in parts)
        raise TableError(f"the edits come in parts f1, f2 and so on; given are {listed}: name each part once")


def _rows(source: Source, found: Found) -> Iterator[Cells]:
    begun = False
    for number, line in source.lines():
        cells = [cell.strip() for cell in line.split("\t")]
        begun = begun or (len(cells) == len(_COLUMNS) and cells[3].isdigit())
        if not begun:
            found.preamble.append(line)
            if number > limits().preamble_lines:
                raise source.refuse(
                    number, "no pair of codes so far: is it the tab-delimited file of the edits?"
                )
        elif line.strip():
            if len(cells) != len(_COLUMNS):
                raise source.refuse(number, f"{len(cells)} cells where {len(_COLUMNS)} columns are")
            yield Cells(source, number, dict(zip(_COLUMNS, cells, strict=True)))


def _take(found: Found, row: Cells) -> None:
    pair = (row.code("first"), row.code("second"))
    starts = row.day("starts")
    ends = None if row["ends"] == _OPEN else row.day("ends")
    if row["indicator"] not in _INDICATORS:
        raise row.refuse("indicator", "is none of 0, 1, 9")
    if SHOT not in pair:
        found.drop(f"a pair without {SHOT}")
    elif row["indicator"] == "9" or (ends and starts and ends <= starts):
        found.drop("the edit never held")
    else:
        found.keep("pairs", (*pair, _iso(starts), _iso(ends), row["indicator"]))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
