"""HCPCS level II: the alpha-numeric file in fixed width."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deltoid.service.terms.checks import Cells, is_cpt
from deltoid.service.terms.found import Found
from deltoid.service.terms.sources import Source

# columns as the record layout counts them, from 1, both ends included
_PLACES = {
    "code": (1, 5), "record": (11, 11), "text": (12, 91), "starts": (269, 276), "ends": (285, 292),
}  # fmt: skip
_WIDTH = 292
_FIRST, _FURTHER = {"3": "codes", "7": "modifiers"}, {"4", "8"}
_DENTAL = "D"
_MODIFIER = re.compile(r"[A-Z0-9]{2}")


def read(sources: Sequence[Source]) -> Found:
    """Return the codes with their long text and days, and the modifiers with their days.

    A record may go on over several lines, of which the first holds the days. Codes of the AMA and the dental
    codes, whose texts belong to others, are left out.

    Raises
    ------
    TableError
        If a line is too short, or of a kind, code or day that cannot be.
    """
    found = Found()
    for source in sources:
        for record in _records(source):
            _take(found, record)
    return found


def _records(source: Source) -> Iterator[list[Cells]]:
    lines: list[Cells] = []
    for number, line in source.lines():
        if not line.strip():
            continue
        cells = _cells(source, number, line)
        if cells["record"] in _FIRST:
            if lines:
                yield lines
            lines = [cells]
        elif cells["record"] in _FURTHER and lines and cells["code"] == lines[0]["code"]:
            lines.append(cells)
        else:
            raise cells.refuse("record", "is no first line, and goes on with no code above it")
    if lines:
        yield lines


def _cells(source: Source, number: int, line: str) -> Cells:
    cells = Cells(
        source, number, {name: line[start - 1 : end].strip() for name, (start, end) in _PLACES.items()}
    )
    if cells["record"] in _FIRST and len(line) < _WIDTH:
        raise source.refuse(number, f"{len(line)} characters where at least {_WIDTH} are")
    return cells


def _take(found: Found, record: list[Cells]) -> None:
    first = record[0]
    days = (first.iso("starts"), first.iso("ends"))
    if _FIRST[first["record"]] == "modifiers":
        if not _MODIFIER.fullmatch(first["code"]):
            raise first.refuse("code", "is no modifier")
        found.keep("modifiers", (first["code"], *days))
    elif is_cpt(first.code("code")) or first["code"].startswith(_DENTAL):
        found.drop("its text belongs to the AMA or the ADA")
    else:
        found.keep("codes", (first["code"], " ".join(line["text"] for line in record), *days))
