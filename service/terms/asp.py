"""The ASP NDC-HCPCS crosswalk: which package is billed under which code, and how many units it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deltoid.service.terms.checks import by_header
from deltoid.service.terms.found import Found
from deltoid.service.terms.sources import Source

_COLUMNS = {
    "code": r"_?\d{4}_CODE|HCPCS.*CODE.*", "text": r"SHORT DESCRIP.*", "labeler": r"LABELER NAME",
    "ndc": r"NDC2?", "name": r"DRUG NAME", "dosage": r"HCPCS DOSAGE", "size": r"PKG SIZE",
    "quantity": r"PKG QTY", "units": r"BILLUNITS", "units_package": r"BILLUNITSPKG",
}  # fmt: skip


def read(sources: Sequence[Source]) -> Found:
    """Return the packages with their code, product name, dosage and billing units.

    The short texts of the codes, some of them the AMA's, are left out.

    Raises
    ------
    TableError
        If the header or a row cannot be used.
    """
    found = Found()
    for source in sources:
        for row in by_header(source, _header, above=found.preamble):
            ndc = row.ndc("ndc")
            code = row.code("code")
            if ndc is None:
                found.drop("a device: its number has no form of a package code")
                continue
            amounts = [f"{row.number(column).normalize():f}" for column in ("units", "units_package")]
            found.keep("packages", (ndc, code, row["name"], row["dosage"], *amounts))
    return found


def _header(row: Sequence[str]) -> Sequence[str] | None:
    patterns = list(_COLUMNS.items())
    fits = len(row) == len(patterns) and all(
        re.fullmatch(pattern, " ".join(cell.split()).upper())
        for cell, (_, pattern) in zip(row, patterns, strict=True)
    )
    return tuple(_COLUMNS) if fits else None
