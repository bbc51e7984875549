"""Which draft line goes with which line that the note supports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deltoid.pipeline.lines.comparing import same_kind
from deltoid.pipeline.types import ClaimLine, DraftLine

Numbered = tuple[int, DraftLine]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Draft lines with their counterparts, those left without one, and lines that the draft lacks."""

    together: tuple[tuple[Numbered, ClaimLine], ...]
    alone: tuple[Numbered, ...]
    lacking: tuple[ClaimLine, ...]


def pair(drafts: Sequence[Numbered], lines: Sequence[ClaimLine]) -> Pairs:
    """Pair lines of one code: first those that agree in all, then in modifiers, then in order.

    Parameters
    ----------
    drafts : sequence
        Draft lines with their numbers.
    lines : sequence of ClaimLine
        What the note supports.

    Returns
    -------
    Pairs
    """
    together: list[tuple[Numbered, ClaimLine]] = []
    open_drafts, open_lines = list(drafts), list(lines)
    for alike in (_whole, _kinds, _any):
        for draft in list(open_drafts):
            line = next((line for line in open_lines if alike(draft[1], line)), None)
            if line is not None:
                together.append((draft, line))
                open_drafts.remove(draft)
                open_lines.remove(line)
    return Pairs(tuple(sorted(together, key=_number)), tuple(open_drafts), tuple(open_lines))


def _number(item: tuple[Numbered, ClaimLine]) -> int:
    return item[0][0]


def _whole(draft: DraftLine, line: ClaimLine) -> bool:
    return draft.units == line.units and _kinds(draft, line)


def _kinds(draft: DraftLine, line: ClaimLine) -> bool:
    return same_kind(draft.modifiers) == same_kind(line.modifiers)


def _any(draft: DraftLine, line: ClaimLine) -> bool:
    return draft.code == line.code


def total(drafts: Iterable[Numbered], lines: Iterable[ClaimLine]) -> bool:
    """Return whether draft and supported lines come to the same units."""
    return sum(draft.units for _, draft in drafts) == sum(line.units for line in lines)
