"""Procedure codes in our own short words, never in those of the code's owner, and what sets them apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from deltoid.pipeline.explain.tables import rows, toml

COLUMNS = ("first", "last", "group", "words", "apart", "mistaken", "rules", "source")


@dataclass(frozen=True, slots=True)
class Related:
    """A code beside 96372: what it is, what sets it apart, what it is mistaken for, and the rules on it."""

    code: str
    group: str
    words: str
    apart: str
    mistaken: str
    rules: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that holds for a code, and the rules that say more."""

    says: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeCard:
    """A code explained; `related` is the comparison with the codes around 96372."""

    code: str
    words: str
    group: str
    included: tuple[Statement, ...]
    apart: tuple[Statement, ...]
    when: tuple[Statement, ...]
    when_not: tuple[Statement, ...]
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    related: tuple[Related, ...]


@cache
def _table() -> dict[tuple[str, str], Related]:
    found = {}
    for row in rows("codes.csv", COLUMNS):
        first, last = row["first"], row["last"]
        if (first, last) in found:
            raise row.refuse("first", "stands in the table twice")
        code = first if first == last else f"{first}-{last}"
        told = (row["group"], row["words"], row["apart"], row["mistaken"])
        found[first, last] = Related(code, *told, *(tuple(row[name].split()) for name in ("rules", "source")))
    return found


def related() -> tuple[Related, ...]:
    """Return the codes around 96372, in the order of the table."""
    return tuple(_table().values())


def related_to(code: str) -> Related | None:
    """Return the row of one code: its own, else the one of the range that it lies in."""
    if exact := _table().get((code, code)):
        return exact
    within = (
        row for (first, last), row in _table().items() if _same_kind(code, first) and first <= code <= last
    )
    return next(within, None)


def _same_kind(code: str, other: str) -> bool:
    return len(code) == len(other) and code[:1].isdigit() == other[:1].isdigit()


def code_words(code: str | None) -> str:
    """Return our short words for a code; nothing where the table has none.

    Examples
    --------
    >>> code_words("96372"), code_words("20611"), code_words("J1885")
    ('injection under the skin or into muscle', 'large joint or bursa, with ultrasound', '')
    """
    row = related_to(code or "")
    return row.words if row else ""


def code_card(code: str) -> CodeCard | None:
    """Return what there is to say of a procedure code.

    Parameters
    ----------
    code : str
        As written on a claim, such as ``96372``.

    Returns
    -------
    CodeCard or None
        None for a code that is not in the table.

    Examples
    --------
    >>> code_card("96372").when_not[0]
    Statement(says='vaccines and toxoids', rules=('R-01', 'R-02', 'R-03'))
    >>> [row.code for row in code_card("96374").related][:2]
    ['96372', '96360']
    """
    row = related_to(code)
    if row is None:
        return None
    told = toml("cards.toml").get(code, {})
    parts = {name: _statements(told.get(name, ())) for name in ("included", "apart", "when", "when_not")}
    if not told and row.apart:
        parts["when"] = (Statement(row.apart, row.rules),)
    return CodeCard(
        code,
        row.words,
        row.group,
        **parts,
        related=_compared(code, row),
        rules=row.rules,
        sources=row.sources,
    )


def _statements(told: list[dict[str, object]]) -> tuple[Statement, ...]:
    return tuple(Statement(str(each["says"]), tuple(each["rules"])) for each in told)  # type: ignore[arg-type]


def _compared(code: str, row: Related) -> tuple[Related, ...]:
    """Return all codes beside 96372 itself; beside another, 96372 and the others of its own group."""
    others = tuple(each for each in related() if each.code != row.code)
    if code == "96372":
        return others
    return tuple(each for each in others if each.code == "96372" or each.group == row.group)
