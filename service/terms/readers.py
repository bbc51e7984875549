"""Which reader reads which kind, and the reading itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deltoid.pipeline.tabular import TableError
from deltoid.service.terms import asp, asp_prices, cvx, fda, fees, hcpcs, icd10cm, mue, own, ptp, rxnorm
from deltoid.service.terms.dates import effective
from deltoid.service.terms.found import Found
from deltoid.service.terms.kinds import Kind, Layout
from deltoid.service.terms.sources import Source, sources

READERS: Mapping[str, Callable[[Sequence[Source]], Found]] = {
    "hcpcs": hcpcs.read,
    "asp-ndc": asp.read,
    "asp-prices": asp_prices.read,
    "ndc": fda.read,
    "ptp": ptp.read,
    "ptp-hospital": ptp.read,
    "mue": mue.read,
    "mue-hospital": mue.read,
    "fees": fees.read,
    "rxnorm": rxnorm.read,
    "icd10cm": icd10cm.read,
    "cvx": cvx.read,
    "sad": own.read_sad,
    "site-fees": own.read_fees,
}


@dataclass(frozen=True, slots=True)
class Read:
    """The tables of some files and the day from which they hold."""

    kind: Kind
    effective: date
    found: Found


def read(kind: Kind, paths: Sequence[Path], day: date | None = None) -> Read:
    """Return what some files hold.

    Parameters
    ----------
    kind : Kind
    paths : sequence of Path
    day : datetime.date, optional
        From when on they hold; recognised from names, text or rows if not given.

    Returns
    -------
    Read

    Raises
    ------
    TableError
        If anything of them cannot be used, if nothing of them is kept, or if their day is not told.
    OSError
        If a file cannot be read.
    """
    texts = sources(paths, kind)
    found = READERS[kind.name](texts)
    if not found.kept:
        raise TableError(f"{', '.join(path.name for path in paths)}: no row of use: is it the right file?")
    for name, layout in kind.tables.items():
        found.tables[name] = _once(kind, name, found.tables.get(name, []), layout)
    return Read(kind, day or effective(kind, [path.name for path in paths], texts, found), found)


def _once(kind: Kind, table: str, rows: Sequence[tuple[str, ...]], layout: Layout) -> list[tuple[str, ...]]:
    """Return the rows without those that repeat another to the letter, in the order of their keys."""
    seen: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in rows:
        key = layout.key_of(row)
        if seen.setdefault(key, row) != row:
            raise TableError(f"{kind.name}, {table}: {', '.join(key)} stands there twice, told differently")
    return [seen[key] for key in sorted(seen)]
