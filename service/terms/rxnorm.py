"""RxNorm: the names of what is sold for injection, and the packages it comes in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deltoid.pipeline.tabular import TableError
from deltoid.service.terms.checks import Cells
from deltoid.service.terms.found import Found
from deltoid.service.terms.sources import Source

_CONCEPT = (
    "RXCUI", "LAT", "TS", "LUI", "STT", "SUI", "ISPREF", "RXAUI", "SAUI", "SCUI", "SDUI", "SAB", "TTY",
    "CODE", "STR", "SRL", "SUPPRESS", "CVF",
)  # fmt: skip
_ATTRIBUTE = (
    "RXCUI", "LUI", "SUI", "RXAUI", "STYPE", "CODE", "ATUI", "SATUI", "ATN", "SAB", "ATV", "SUPPRESS", "CVF",
)  # fmt: skip
_FORM = re.compile(
    r"^(?P<name>.+?) (?:Injection|Injectable (?:Solution|Suspension|Product|Foam)|Prefilled Syringe|"
    r"Pen Injector|Auto-Injector|Cartridge|Jet Injector)(?: \[(?P<brand>.+)\])?$"
)
_NAMED = frozenset({"SCDF", "SBDF"})
_PACKED = frozenset({"SCD", "SBD"})


def read(sources: Sequence[Source]) -> Found:
    """Return ingredients and brands of injectable forms, and the package codes of injectable drugs.

    Raises
    ------
    TableError
        If RXNCONSO is missing, or a row has the wrong number of fields.
    """
    found = Found()
    concepts = [source for source in sources if "CONSO" in source.name.upper()]
    if not concepts:
        raise TableError("RxNorm needs its RXNCONSO.RRF: name the archive or the file")
    drugs = {key for source in concepts for key in _concepts(source, found)}
    for source in sources:
        if "RXNSAT" in source.name.upper():
            _packages(source, drugs, found)
    return found


def _rows(source: Source, columns: Sequence[str]) -> Iterator[Cells]:
    for number, line in source.lines():
        cells = line.split("|")
        if len(cells) != len(columns) + 1 or cells[-1]:
            raise source.refuse(number, f"{len(cells) - 1} fields where {len(columns)} are, each ended by |")
        yield Cells(source, number, dict(zip(columns, cells, strict=False)))


def _concepts(source: Source, found: Found) -> Iterator[str]:
    for row in _rows(source, _CONCEPT):
        form = _FORM.match(row["STR"])
        own = row["SAB"] == "RXNORM" and row["SUPPRESS"] != "Y"
        if not own or form is None or row["TTY"] not in _NAMED | _PACKED:
            found.drop("no name of an injectable form")
        elif row["TTY"] in _PACKED:
            found.drop("a strength: only its packages are kept")
            yield row["RXCUI"]
        else:
            found.keep("names", (form["name"].lower(), (form["brand"] or "").lower()))


def _packages(source: Source, drugs: set[str], found: Found) -> None:
    seen: set[str] = set()
    for row in _rows(source, _ATTRIBUTE):
        ndc = row.ndc("ATV") if row["ATN"] == "NDC" and row["RXCUI"] in drugs else None
        if ndc is None or ndc in seen or row["SUPPRESS"] == "Y":
            found.drop("no package of an injectable drug")
        else:
            seen.add(ndc)
            found.keep("packages", (ndc, row["RXCUI"]))
