"""The ``=>`` lines behind a marked text: the status, route and facts of each event, and facts of the note."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast, get_args

from deltoid.pipeline.types import RouteCode, Status

#: What may be said of an event besides its status and route.
EVENT_FACTS = frozenset((
    "doubt", "by_other", "side", "sticks", "mixed", "name", "device", "target", "purpose", "implied",
    "disposition", "code",
))  # fmt: skip
#: What may be said of a whole note: what it is, and the coding decision.
NOTE_FACTS = frozenset((
    "id", "setting", "procedures", "style", "writer", "source", "role", "form", "noise", "family",
    "outcome", "lines", "em", "missing", "jwjz",
))  # fmt: skip
#: What may be known beside the note; the names are those of the input (docs/api.md).
CONTEXT_FACTS = frozenset((
    "payer", "claim", "pos", "date", "em", "procedures", "age", "new", "global_period", "pregnant", "state",
    "supervision", "counselling",
))  # fmt: skip
_EVENT = re.compile(r"=> #(?P<id>\d+) (?P<status>[a-z_]+)(?: (?P<route>[A-Z_]+))?(?P<facts>(?: [a-z_]+=.*)?)")
_NOTE = re.compile(r"=> note(?P<facts> [a-z_]+=.*)")
_CONTEXT = re.compile(r"=> context(?P<facts> [a-z_]+=.*)")
_FACT = re.compile(r" ([a-z_]+)=")


class MarkError(ValueError):
    """Marks that cannot be read; the message names file and line and repeats nothing of the text."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, counted from 1."""

    file: str
    line: int

    def down(self, lines: int) -> Place:
        """Return the place so many lines further down."""
        return Place(self.file, self.line + lines)

    def error(self, why: str) -> MarkError:
        """Return the error for this place; the caller raises it."""
        return MarkError(f"{self.file}, line {self.line}: {why}")


@dataclass(frozen=True, slots=True)
class EventLine:
    """What an ``=> #n`` line says."""

    status: Status
    route: RouteCode | None
    facts: Mapping[str, str]


@dataclass(slots=True)
class FactLines:
    """All ``=>`` lines of one text: events by number, facts of the note and of its context."""

    events: dict[int, EventLine] = field(default_factory=dict)
    note: dict[str, str] = field(default_factory=dict)
    context: dict[str, str] = field(default_factory=dict)


def read_facts(lines: list[str], place: Place) -> FactLines:
    """Read the ``=>`` lines of one text.

    Parameters
    ----------
    lines : list of str
        From the first such line to the end of the text's part.
    place : Place
        Where the first one stands.

    Returns
    -------
    FactLines
        The events by number, the facts of the note and those of its context.

    Raises
    ------
    MarkError
        If a line says something else, or ``none`` beside events.

    Examples
    --------
    >>> told = read_facts(["=> #1 ordered IM side=right", "=> note setting=ED"], Place("x.txt", 3))
    >>> told.events[1].route, told.events[1].facts, told.note
    ('IM', {'side': 'right'}, {'setting': 'ED'})
    """
    told = FactLines()
    for number, line in enumerate(lines):
        if line.strip() and line != "=> none":
            _read_line(line, place.down(number), told)
    if bool(told.events) == ("=> none" in lines):
        raise place.error("say either '=> none' or the events, and one of the two")
    _check_mixed(told.events, place)
    return told


def _read_line(line: str, place: Place, told: FactLines) -> None:
    if about_note := _NOTE.fullmatch(line):
        told.note |= split_facts(about_note["facts"], NOTE_FACTS, place)
    elif context := _CONTEXT.fullmatch(line):
        told.context |= split_facts(context["facts"], CONTEXT_FACTS, place)
    elif event := _EVENT.fullmatch(line):
        _read_event(event, place, told.events)
    else:
        raise place.error(
            "after the text only '=> #1 status ROUTE fact=value', '=> note fact=value', "
            "'=> context fact=value', '=> none'"
        )


def _read_event(event: re.Match[str], place: Place, events: dict[int, EventLine]) -> None:
    number, status, route = int(event["id"]), event["status"], event["route"]
    if number in events:
        raise place.error(f"event #{number} is told twice")
    if status not in get_args(Status):
        raise place.error(f"{status!r} is no status; there are {', '.join(get_args(Status))}")
    if route is not None and route not in get_args(RouteCode):
        raise place.error(f"{route!r} is no route; there are {', '.join(get_args(RouteCode))}")
    facts = split_facts(event["facts"], EVENT_FACTS, place)
    events[number] = EventLine(cast(Status, status), cast("RouteCode | None", route), facts)


def split_facts(text: str, known: frozenset[str], place: Place) -> dict[str, str]:
    """Return ``key=value`` pairs, each with a blank before it; a value runs to the next key.

    Raises
    ------
    MarkError
        If a key is not of those known, or says nothing.

    Examples
    --------
    >>> split_facts(" side=right name=vitamin B12", frozenset(("side", "name")), Place("x.txt", 1))
    {'side': 'right', 'name': 'vitamin B12'}
    """
    _, *parts = _FACT.split(text)
    facts = dict(zip(parts[::2], (value.strip() for value in parts[1::2]), strict=True))
    for key, value in facts.items():
        if key not in known:
            raise place.error(f"{key!r} is no fact; there are {', '.join(sorted(known))}")
        if not value:
            raise place.error(f"{key!r} says nothing; leave it out")
    return facts


def _check_mixed(events: Mapping[int, EventLine], place: Place) -> None:
    for line in events.values():
        for other in line.facts.get("mixed", "").split(","):
            if other and (not other.isdecimal() or int(other) not in events):
                raise place.error("'mixed' names an event that is not told")
