"""What was changed in adjudicated notes after a guideline was mended: one line a note, so that every change
leaves a trace.

::

    w01-018 #5.route=- #5.disposition=query outcome=query lines=-  # 1.1: a muscle tells no route

A key of an event is ``status``, ``route`` or one of its facts, ``drop`` takes the event away; another key
is of the decision. ``-`` takes a value away, ``_`` stands for a blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast, get_args

from deltoid.annotations.differences import DECISION_KEYS
from deltoid.annotations.marked import MarkedEvent, MarkedText
from deltoid.annotations.marked_events import EVENT_FACTS, Place
from deltoid.pipeline.types import RouteCode, Status

_CHANGE = re.compile(r"(?:#(?P<event>\d+)\.)?(?P<key>[a-z_]+)=(?P<value>\S+)")
_OWN_KEYS = frozenset(("status", "route", "drop"))
#: An event's number (None: the decision), what of it, and what it is from now on ("" for nothing).
Change = tuple[int | None, str, str]


def read_revisions(source: str, name: str) -> dict[str, list[Change]]:
    """Read revisions by note.

    Raises
    ------
    MarkError
        If a word is no change; it names file and line.

    Examples
    --------
    >>> read_revisions("w01-018 #5.route=- outcome=query  # why", "x.txt")
    {'w01-018': [(5, 'route', ''), (None, 'outcome', 'query')]}
    """
    found: dict[str, list[Change]] = {}
    for number, line in enumerate(source.splitlines(), 1):
        note, *words = line.partition("  #")[0].split() or [""]
        if note and not note.startswith("#"):
            found.setdefault(note, []).extend(_change(word, Place(name, number)) for word in words)
    return found


def _change(word: str, place: Place) -> Change:
    found = _CHANGE.fullmatch(word)
    if found is None:
        raise place.error(f"{word!r} is no change; write #1.status=ordered or outcome=query")
    event = int(found["event"]) if found["event"] else None
    key, value = found["key"], "" if found["value"] == "-" else found["value"].replace("_", " ")
    if key not in ((_OWN_KEYS | EVENT_FACTS) if event else {"outcome", *DECISION_KEYS}):
        raise place.error(f"{key!r} is nothing that can be revised there")
    if key in _WORDS and value and found["value"] not in _WORDS[key]:
        raise place.error(f"{found['value']!r} is no {key}")
    return event, key, found["value"] if key in _WORDS and value else value


_WORDS: Mapping[str, Sequence[str]] = {"status": get_args(Status), "route": get_args(RouteCode)}


def revise(note: MarkedText, changes: Iterable[Change]) -> MarkedText:
    r"""Return the note with its revisions; numbers of events are those before a drop.

    Raises
    ------
    KeyError
        If a change is of an event that the note does not have.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> [note] = read_marked("[drug#1 B12] L deltoid\n=> #1 administered IM")
    >>> revise(note, [(1, "route", ""), (1, "disposition", "query")]).events[0].facts
    {'disposition': 'query'}
    """
    events = {event.id: event for event in note.events}
    facts = dict(note.facts)
    for number, key, value in changes:
        if number is None:
            facts = _with(facts, key, value)
        elif key == "drop":
            del events[number]
        else:
            events[number] = _revised(events[number], key, value)
    return replace(note, events=tuple(events.values()), facts=facts)


def _revised(event: MarkedEvent, key: str, value: str) -> MarkedEvent:
    if key == "status":
        return replace(event, status=cast("Status", value))
    if key == "route":
        return replace(event, route=cast("RouteCode", value) if value else None)
    return replace(event, facts=_with(event.facts, key, value))


def _with(facts: Mapping[str, str], key: str, value: str) -> dict[str, str]:
    rest = {one: word for one, word in facts.items() if one != key}
    return rest | {key: value} if value else rest
