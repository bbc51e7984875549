"""Modifiers explained: when, when not, and what the record has to hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from deltoid.pipeline.explain.tables import rows

COLUMNS = ("modifier", "words", "line", "when", "not_when", "proof", "rules", "asked", "source")


@dataclass(frozen=True, slots=True)
class ModifierCard:
    """A modifier; `line` is the line it stands on: visit, administration, drug or none."""

    modifier: str
    words: str
    line: str
    when: str
    not_when: str
    proof: str
    rules: tuple[str, ...]
    asked: str


@cache
def modifiers() -> dict[str, ModifierCard]:
    """Return all modifiers by their code.

    Examples
    --------
    >>> modifiers()["JZ"].line
    'drug'
    """
    return {
        row["modifier"]: ModifierCard(
            row["modifier"], row["words"], row["line"], row["when"], row["not_when"], row["proof"],
            tuple(row["rules"].split()), row["asked"],
        )
        for row in rows("modifiers.csv", COLUMNS)
    }  # fmt: skip
