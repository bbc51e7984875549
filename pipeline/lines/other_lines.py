"""Lines of administration that are not 96372: vaccines, allergy shots, joints, IV pushes and the like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from deltoid.pipeline.lines.components import further
from deltoid.pipeline.lines.families import Family, family
from deltoid.pipeline.lines.sheet import SHOT, Sheet
from deltoid.pipeline.lines.sides import SIDES
from deltoid.pipeline.lines.syringes import Syringe, syringes
from deltoid.pipeline.types import ClaimLine, Injection

_COUNSELLED, _COMPONENT = "90460", "90461"


def other_lines(sheet: Sheet) -> tuple[ClaimLine, ...]:
    """Return the administration lines of the events that belong to another family.

    Parameters
    ----------
    sheet : Sheet
        The case with its judgements.

    Returns
    -------
    tuple of ClaimLine
        One initial code a family where the family has one; sides told where the codes have sides.

    Notes
    -----
    Of several IV services the highest in the hierarchy is the initial one; the table is in that order.
    """
    kinds: dict[str, list[tuple[Family, str, Injection]]] = {}
    for event, code in sheet.elsewhere:
        kin = family(code)
        if kin and kin.count != "none":
            kinds.setdefault(kin.family, []).append((kin, code, event))
    lines = (line for found in kinds.values() for line in _family_lines(found))
    return (*lines, *_components(sheet))


def _components(sheet: Sheet) -> Iterator[ClaimLine]:
    added = {event.id: further(sheet.case, event) for event, code in sheet.elsewhere if code == _COUNSELLED}
    ids = tuple(event for event, count in added.items() if count)
    if ids:
        yield ClaimLine(_COMPONENT, sum(added.values()), (), ids)


def _family_lines(found: Sequence[tuple[Family, str, Injection]]) -> Iterator[ClaimLine]:
    counts = {kin.count for kin, _, _ in found}
    if "first" in counts:
        yield from _initial(sorted(found, key=lambda item: item[0].rank))
    elif "shots" in counts:
        yield _shots(found)
    else:
        ordered = sorted(found, key=lambda item: item[1])
        for code, same in groupby(ordered, key=lambda item: item[1]):
            listed = list(same)
            yield from _counted(listed[0][0], code, [event for _, _, event in listed])


def _initial(found: Sequence[tuple[Family, str, Injection]]) -> Iterator[ClaimLine]:
    rest: dict[str, list[str]] = {}
    for place, (kin, code, event) in enumerate(found):
        rest.setdefault(code if place == 0 or not kin.further else kin.further, []).append(event.id)
    for code, events in rest.items():
        yield ClaimLine(code, len(events), (), tuple(events))


def _shots(found: Sequence[tuple[Family, str, Injection]]) -> ClaimLine:
    kin, code, _ = found[0]
    events = [event for _, _, event in found]
    several = sum(syringe.sticks for syringe in syringes(events)) > 1
    return ClaimLine(kin.further if several else code, 1, (), tuple(event.id for event in events))


def _counted(kin: Family, code: str, events: Sequence[Injection]) -> Iterator[ClaimLine]:
    ids = tuple(event.id for event in events)
    if kin.count == "once":
        yield ClaimLine(code, 1, (), ids)
    elif kin.sided:
        yield from _sided(code, syringes(events))
    else:
        yield ClaimLine(code, sum(syringe.sticks for syringe in syringes(events)), (), ids)


def _sided(code: str, found: Iterable[Syringe]) -> Iterator[ClaimLine]:
    listed = list(found)
    places = sorted(frozenset().union(*(syringe.places for syringe in listed))) or [""]
    for place in places:
        ids = tuple(event.id for s in listed if place in s.places or not s.places for event in s.events)
        side = SIDES.get(place.split(" ")[0])
        yield ClaimLine(code, 1, (side,) if side else (), ids)


def beside(sheet: Sheet, lines: Iterable[ClaimLine]) -> tuple[str, ...]:
    """Return the codes of everything else on the claim: other administrations and the day's procedures."""
    own = [line.code for line in lines]
    return tuple(
        dict.fromkeys(code for code in (*own, *sheet.case.context.same_day_procedures) if code != SHOT)
    )
