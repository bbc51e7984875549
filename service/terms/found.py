"""What a reader makes of the files: tables in our form, and how many rows were read, kept and dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

Rows = dict[str, list[tuple[str, ...]]]


@dataclass(slots=True)
class Found:
    """The tables of one import by name, with what happened to the rows of the files.

    Every row that is read is either kept or dropped for a reason; `preamble` are the words above the header,
    `latest` is the newest day that the rows tell, `warnings` say what a person should look at.
    """

    tables: Rows = field(default_factory=dict)
    read: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    preamble: list[str] = field(default_factory=list)
    latest: date | None = None
    warnings: list[str] = field(default_factory=list)

    def keep(self, table: str, row: Sequence[str]) -> None:
        """Keep a row that was read."""
        self.read += 1
        self.kept += 1
        self.tables.setdefault(table, []).append(tuple(row))

    def drop(self, why: str) -> None:
        """Leave out a row that was read."""
        self.read += 1
        self.dropped[why] += 1

    def seen(self, days: Iterable[date | None]) -> None:
        """Remember the newest of some days."""
        self.latest = max((day for day in (*days, self.latest) if day), default=None)

    def counts(self) -> dict[str, object]:
        """Return the counts in plain values.

        Examples
        --------
        >>> found = Found()
        >>> found.keep("codes", ("J1885", "", "", ""))
        >>> found.drop("no drug")
        >>> found.counts()
        {'read': 2, 'kept': 1, 'dropped': {'no drug': 1}}
        """
        return {"read": self.read, "kept": self.kept, "dropped": dict(sorted(self.dropped.items()))}
