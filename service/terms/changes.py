"""What an import would change: rows that are new, gone, ended or told differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from deltoid.service.terms.kinds import Kind, Layout, limits

_END = ("ends", "to")
Tables = Mapping[str, Iterable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Change:
    """What changes in one table; `examples` are the first rows of each sort in words."""

    table: str
    added: int
    gone: int
    ended: int
    changed: int
    examples: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return it in plain values."""
        counts = {"added": self.added, "gone": self.gone, "ended": self.ended, "changed": self.changed}
        return {"table": self.table, **counts, "examples": list(self.examples)}


def changes(kind: Kind, before: Tables, after: Tables) -> tuple[Change, ...]:
    """Return what changes from one version to another, table by table.

    Examples
    --------
    >>> from deltoid.service.terms.kinds import kinds
    >>> old, new = {"units": [("96372", "4", "3")]}, {"units": [("96372", "5", "3"), ("J1885", "8", "3")]}
    >>> [change] = changes(kinds()["mue"], old, new)
    >>> change.added, change.changed, change.examples
    (1, 1, ('new: J1885 (units 8, indicator 3)', 'changed: 96372 (units 4 → 5)'))
    """
    return tuple(
        _change(name, layout, before.get(name, ()), after.get(name, ()))
        for name, layout in kind.tables.items()
    )


def _change(
    name: str, layout: Layout, before: Iterable[Sequence[str]], after: Iterable[Sequence[str]]
) -> Change:
    old = {layout.key_of(row): row for row in before}
    new = {layout.key_of(row): row for row in after}
    added = [key for key in new if key not in old]
    gone = [key for key in old if key not in new]
    other = [key for key in new if key in old and tuple(new[key]) != tuple(old[key])]
    ended = [key for key in other if _ends(layout, old[key], new[key])]
    changed = [key for key in other if key not in set(ended)]
    words = [
        *(f"new: {_told(layout, new[key])}" for key in added[: limits().examples]),
        *(f"gone: {' '.join(key)}" for key in gone[: limits().examples]),
        *(
            f"ended: {' '.join(key)} ({_differs(layout, old[key], new[key])})"
            for key in ended[: limits().examples]
        ),
        *(
            f"changed: {' '.join(key)} ({_differs(layout, old[key], new[key])})"
            for key in changed[: limits().examples]
        ),
    ]
    return Change(name, len(added), len(gone), len(ended), len(changed), tuple(words))


def _ends(layout: Layout, old: Sequence[str], new: Sequence[str]) -> bool:
    places = [place for place, column in enumerate(layout.columns) if column in _END]
    return any(new[place] and not old[place] for place in places)


def _told(layout: Layout, row: Sequence[str]) -> str:
    rest = [
        f"{column} {cell}"
        for column, cell in zip(layout.columns, row, strict=True)
        if column not in layout.key and cell
    ]
    return f"{' '.join(layout.key_of(row))} ({', '.join(rest)})" if rest else " ".join(layout.key_of(row))


def _differs(layout: Layout, old: Sequence[str], new: Sequence[str]) -> str:
    cells = zip(layout.columns, old, new, strict=True)
    return ", ".join(
        f"{column} {was or 'open'} → {now or 'open'}" for column, was, now in cells if was != now
    )
