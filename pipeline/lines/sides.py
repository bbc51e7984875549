"""The side of the body on a line: how it is written, and whether a draft tells another than the record."""

from __future__ import annotations

from deltoid.pipeline.rulebook import Case
from deltoid.pipeline.types import ClaimLine, DraftLine, Injection

SIDES = {"left": "LT", "right": "RT"}


def contrary(case: Case, draft: DraftLine, line: ClaimLine) -> bool:
    """Return whether a draft line tells a side that the record of its events does not have.

    Parameters
    ----------
    case : Case
    draft : DraftLine
    line : ClaimLine
        What the note supports.

    Returns
    -------
    bool
        False where draft or record tell no side: sides are information, unless they are wrong.
    """
    told = {side for event in case.events if event.id in line.events for side in _sides(event)}
    return bool(told) and not set(draft.modifiers) & set(SIDES.values()) <= told


def _sides(event: Injection) -> set[str]:
    places = (place.laterality for place in (event.site, *event.sites) if place)
    return {
        SIDES[side]
        for written in places
        for side in (SIDES if written == "bilateral" else (written,))
        if side in SIDES
    }
