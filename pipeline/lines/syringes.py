"""Events as syringes and doses: what went in together, where, when, and through how many needle entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deltoid.pipeline.lines.clock import minutes
from deltoid.pipeline.types import Injection, Site


@dataclass(frozen=True, slots=True)
class Syringe:
    """The events of one syringe, or of one dose that the note tells as one event."""

    events: tuple[Injection, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The events' ids."""
        return tuple(event.id for event in self.events)

    @property
    def drugs(self) -> tuple[str, ...]:
        """The names of the substances; an unnamed one stands for itself."""
        return tuple(sorted(event.drug.name if event.drug else f"?{event.id}" for event in self.events))

    @property
    def minute(self) -> int | None:
        """When it was given, in minutes after midnight."""
        times = (
            minutes(event.time.text) for event in self.events if event.time and event.time.norm != "date"
        )
        return next((time for time in times if time is not None), None)

    @property
    def places(self) -> frozenset[str]:
        """The places named, both sides of a bilateral one told apart."""
        return frozenset(place for event in self.events for site in _sites(event) for place in _place(site))

    @property
    def sticks(self) -> int:
        """Needle entries: as told, else one for each place named, and at least one."""
        told = [event.sticks for event in self.events if event.sticks]
        return max(told) if told else max(1, len(self.places))


@dataclass(frozen=True, slots=True)
class Dose:
    """One ordered dose: the syringes of the same substances that were given together.

    `again` where the same was given earlier that day as a dose of its own.
    """

    syringes: tuple[Syringe, ...]
    again: bool = False

    @property
    def events(self) -> tuple[Injection, ...]:
        """All events of the dose."""
        return tuple(event for syringe in self.syringes for event in syringe.events)

    @property
    def ids(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(event.id for event in self.events)

    @property
    def drugs(self) -> tuple[str, ...]:
        """The names of the substances."""
        return self.syringes[0].drugs

    @property
    def sticks(self) -> int:
        """Needle entries in all."""
        return sum(syringe.sticks for syringe in self.syringes)

    @property
    def places(self) -> frozenset[str]:
        """The places named."""
        return frozenset().union(*(syringe.places for syringe in self.syringes))

    @property
    def minute(self) -> int | None:
        """When it was given."""
        return self.syringes[0].minute


def _sites(event: Injection) -> tuple[Site, ...]:
    return (*((event.site,) if event.site else ()), *event.sites)


def _place(site: Site) -> Iterator[str]:
    words = site.mention.norm or site.mention.text.lower()
    sides = ("left", "right") if site.laterality == "bilateral" else (site.laterality or "",)
    return (f"{side} {words}".strip() for side in sides)


def syringes(events: Sequence[Injection]) -> tuple[Syringe, ...]:
    """Group events by syringe.

    Parameters
    ----------
    events : sequence of Injection
        Of one encounter; `mixed_with` may point either way, and at events that are not among them.

    Returns
    -------
    tuple of Syringe
        In the order of the first event of each.

    Examples
    --------
    >>> first = Injection("e1", "administered", mixed_with=("e2",))
    >>> [s.ids for s in syringes([first, Injection("e2", "administered"), Injection("e3", "administered")])]
    [('e1', 'e2'), ('e3',)]
    """
    groups: list[list[Injection]] = []
    for event in events:
        joined = [group for group in groups if any(_mixed(event, other) for other in group)]
        merged = [*(other for group in joined for other in group), event]
        groups = [group for group in groups if group not in joined]
        groups.append(merged)
    groups.sort(key=lambda group: events.index(group[0]))
    return tuple(Syringe(tuple(group)) for group in groups)


def _mixed(one: Injection, other: Injection) -> bool:
    return other.id in one.mixed_with or one.id in other.mixed_with


def doses(events: Sequence[Injection], apart: int) -> tuple[Dose, ...]:
    """Group events by ordered dose.

    Parameters
    ----------
    events : sequence of Injection
        Of one encounter.
    apart : int
        From how many minutes on the same substance is a second dose and not the rest of the first.

    Returns
    -------
    tuple of Dose
        Same substances without times of their own count as one dose.
    """
    found: list[list[Syringe]] = []
    for syringe in syringes(events):
        group = next((g for g in reversed(found) if _together(g[0], syringe, apart)), None)
        if group is None:
            found.append([syringe])
        else:
            group.append(syringe)
    earlier = [[before[0].drugs for before in found[:place]] for place in range(len(found))]
    return tuple(
        Dose(tuple(group), again=group[0].drugs in drugs) for group, drugs in zip(found, earlier, strict=True)
    )


def _together(one: Syringe, other: Syringe, apart: int) -> bool:
    if one.drugs != other.drugs:
        return False
    return one.minute is None or other.minute is None or abs(other.minute - one.minute) < apart
