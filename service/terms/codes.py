"""What the HCPCS file changes in the drug codes: codes that ended, and codes that are new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deltoid.pipeline import dated_codes
from deltoid.pipeline.tabular import Row, read
from deltoid.service.terms.dosage import Dosage, dosage

_FAMILIES = ("J", "Q")
_EQUIVALENT = "therapeutically equivalent"
_RESERVED = (_EQUIVALENT, "biosimilar")


@dataclass(frozen=True, slots=True)
class Text:
    """What the long text of a drug's code says: substance, brand and billing unit.

    `by_maker`: what stands for the brand may be a maker, whose code is its own.
    """

    name: str
    brand: str
    unit: Dosage
    by_maker: bool = False


@dataclass(slots=True)
class NewRows:
    """Rows to lay over the shipped tables; codes are whole for each name that they speak of."""

    substances: dict[str, Row] = field(default_factory=dict)
    surfaces: dict[str, Row] = field(default_factory=dict)
    codes: dict[str, list[Row]] = field(default_factory=dict)


def text_of(written: str) -> Text | None:
    """Return what a long text says, None where it is no injection measured in mass, volume or units.

    Examples
    --------
    >>> text_of("Injection, bortezomib (maia), not therapeutically equivalent to j9041, 0.1 mg").brand
    'maia'
    >>> text_of("Injection, ketorolac tromethamine, per 15 mg").name
    'ketorolac tromethamine'
    """
    parts = [part.strip() for part in written.lower().split(", ")]
    unit = dosage(parts[-1]) if len(parts) > 2 and parts[0] == "injection" else None
    if unit is None:
        return None
    makers = any(_EQUIVALENT in words for words in parts)
    brands = [part for words in parts[1:-1] if (part := _bracketed(words))]
    plain = [words for words in parts[1:-1] if not words.startswith("(")]
    if len(plain) > 1 and not any(word in words for words in plain[1:] for word in _RESERVED):
        return None
    name = plain[0].partition("(")[0].strip()
    return Text(name, brands[0] if brands else "", unit, makers) if name else None


def _bracketed(words: str) -> str:
    return words.partition("(")[2].partition(")")[0].strip()


def shipped_codes() -> dict[str, list[Row]]:
    """Return the rows of the shipped `codes.csv` by substance."""
    found: dict[str, list[Row]] = {}
    for row in read("codes.csv", dated_codes.COLUMNS):
        found.setdefault(row["name"], []).append(row)
    return found


def end(rows: NewRows, shipped: Mapping[str, Sequence[Row]], official: Iterable[Sequence[str]]) -> None:
    """Close every code that the file ends, for the substances of the shipped table."""
    ends = {code: last for code, _, _, last in official if last}
    for name, own in shipped.items():
        if any(_sooner(row, ends) for row in own):
            rows.codes[name] = [_closed(row, ends) if _sooner(row, ends) else row for row in own]


def _sooner(row: Row, ends: Mapping[str, str]) -> bool:
    last = ends.get(row["code"])
    return last is not None and last < (row["valid_to"] or "9999") and last >= row["valid_from"]


def _closed(row: Row, ends: Mapping[str, str]) -> Row:
    return Row(row.file, row.line, {**row.cells, "valid_to": ends[row["code"]]})


def add(
    rows: NewRows,
    shipped: Mapping[str, Sequence[Row]],
    official: Iterable[Sequence[str]],
    surfaces: Mapping[str, str],
    source: str,
) -> Iterator[Text]:
    """Add every drug code that the shipped table does not know, under the substance that its text names.

    Yields
    ------
    Text
        What the text says of each of these codes.
    """
    known = {row["code"] for own in shipped.values() for row in own}
    for line, (code, written, starts, ends) in enumerate(official, 2):
        said = text_of(written)
        if said is None or code in known or not code.startswith(_FAMILIES):
            continue
        row = code_row(
            surfaces.get(said.name, said.name), code, said.unit, starts, ends, said.brand, source, line
        )
        _beside(rows, shipped, row)
        yield said


def _beside(rows: NewRows, shipped: Mapping[str, Sequence[Row]], row: Row) -> None:
    """Add a code to those of a substance, unless another of the same maker is in force on one of its days."""
    name = row["name"]
    own = rows.codes.get(name, list(shipped.get(name, ())))
    if not any(_meet(row, other) for other in own if other["maker"] == row["maker"]):
        rows.codes[name] = [*own, row]


def _meet(one: Row, other: Row) -> bool:
    starts = max(one["valid_from"], other["valid_from"])
    return starts <= min(one["valid_to"] or "9999", other["valid_to"] or "9999")


def code_row(
    name: str, code: str, unit: Dosage, starts: str, ends: str, brand: str, source: str, line: int
) -> Row:
    """Return a row of `codes.csv`."""
    cells = {
        "name": name, "code": code, "unit_value": f"{unit.value:f}", "unit": unit.unit,
        "up_to": "Y" if unit.up_to else "N", "valid_from": starts, "valid_to": ends, "maker": brand.title(),
        "confidence": "V1", "note": "", "when": "", "source": source,
    }  # fmt: skip
    return Row(source, line, cells)
