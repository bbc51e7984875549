"""The label lines of a sheet: ``#1 administered IM supported | drug Toradol | sticks=2`` and ``=> supported
…``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import cast, get_args

from deltoid.annotations.marked_events import EVENT_FACTS, Place
from deltoid.annotations.marked_spans import SLOTS
from deltoid.pipeline.types import Disposition, Outcome, RouteCode, Status

_HEAD = re.compile(
    r"#(?P<id>\d+) (?P<status>[a-z_]+)(?P<doubt>[?!]?) (?P<route>[A-Z_]+)(?:~(?P<implied>[A-Z_]+))?"
    r" (?P<disposition>[a-z_]+)(?::(?P<code>[0-9A-Z]{5}))?"
)
_PART = re.compile(r"(?<!\\)\|")
_FACT = re.compile(r"(?P<key>[a-z_]+)=(?P<value>.+)")
_LINE = re.compile(r"[0-9A-Z]{5}(?:-(?:[0-9A-Z]{2}))*x[1-9]\d*")
_DOUBTS = {"?": "unclear", "!": "conflict"}
_DECISION_PARTS = frozenset(("em", "missing", "jwjz"))
#: The words that may stand under ``missing``: those of the output.
MISSING = frozenset((
    "drug", "dose", "route", "site", "indication", "administered_by", "order", "date", "time",
    "administration", "supervision", "waste", "ndc", "lot", "drug_source", "number_of_injections",
    "payer_policy", "consent", "response",
))  # fmt: skip


@dataclass(slots=True)
class EventLabels:
    """One event line: quotes by slot in the order written, and facts."""

    id: int
    status: Status
    route: RouteCode | None
    quotes: list[tuple[str, str]]
    place: Place
    facts: dict[str, str] = field(default_factory=dict)


def read_event(line: str, place: Place) -> EventLabels:
    """Read one event line.

    Raises
    ------
    MarkError
        If a word is none of the scheme; the message names file and line and repeats no quote.

    Examples
    --------
    >>> labels = read_event("#2 ordered? UNKNOWN~IM query | drug B12 | sticks=2", Place("x.txt", 1))
    >>> labels.route, labels.quotes, labels.facts
    (None, [('drug', 'B12')], {'disposition': 'query', 'doubt': 'unclear', 'implied': 'IM', 'sticks': '2'})
    """
    first, *parts = (part.strip().replace(r"\|", "|") for part in _PART.split(line))
    head = _HEAD.fullmatch(first)
    if head is None:
        raise place.error("an event line begins '#1 status ROUTE disposition', then '| slot quote'")
    labels = _head(head, place)
    for part in parts:
        _part(part, labels)
    return labels


def _head(head: re.Match[str], place: Place) -> EventLabels:
    _known(head["status"], get_args(Status), "status", place)
    _known(head["route"], (*get_args(RouteCode), "UNKNOWN"), "route", place)
    _known(head["disposition"], get_args(Disposition), "disposition", place)
    facts = {"disposition": head["disposition"]}
    facts |= {"code": head["code"]} if head["code"] else {}
    facts |= {"doubt": _DOUBTS[head["doubt"]]} if head["doubt"] else {}
    facts |= {"implied": head["implied"]} if head["implied"] else {}
    if (head["disposition"] == "redirect") != bool(head["code"]):
        raise place.error("'redirect' names its code ('redirect:90471'), and nothing else does")
    route = None if head["route"] == "UNKNOWN" else cast("RouteCode", head["route"])
    return EventLabels(int(head["id"]), cast("Status", head["status"]), route, [], place, facts)


def _part(part: str, labels: EventLabels) -> None:
    slot, _, quote = part.partition(" ")
    if slot.rstrip("?") in SLOTS and quote.strip():
        labels.quotes.append((slot, quote.strip()))
    elif (fact := _FACT.fullmatch(part)) and fact["key"] in EVENT_FACTS:
        labels.facts[fact["key"]] = fact["value"]
    else:
        raise labels.place.error(f"part {slot!r} is no slot with words and no fact=value")


def read_decision(line: str, place: Place) -> dict[str, str]:
    """Read the ``=>`` line.

    Examples
    --------
    >>> read_decision("=> supported 96372x1 96372-59x1 | em none | missing site, order", Place("x.txt", 1))
    {'outcome': 'supported', 'lines': '96372x1 96372-59x1', 'em': 'none', 'missing': 'order, site'}
    """
    first, *parts = (part.strip() for part in line.removeprefix("=>").split("|"))
    outcome, *lines = first.split()
    _known(outcome, get_args(Outcome), "outcome", place)
    for one in lines:
        if not _LINE.fullmatch(one):
            raise place.error("a line of the claim is code, modifiers and units: '96372-59x1'")
    decision = {"outcome": outcome} | ({"lines": " ".join(lines)} if lines else {})
    for part in parts:
        key, _, value = part.partition(" ")
        _known(key, tuple(sorted(_DECISION_PARTS)), "part of the decision", place)
        decision |= (
            {key: _missing(value, place) if key == "missing" else value.strip()} if value.strip() else {}
        )
    return decision


def _missing(value: str, place: Place) -> str:
    words = sorted(set(value.replace(",", " ").split()))
    for word in words:
        _known(word, tuple(sorted(MISSING)), "element", place)
    return ", ".join(words)


def _known(word: str, known: tuple[str, ...], what: str, place: Place) -> None:
    if word not in known:
        raise place.error(f"{word!r} is no {what}; there are {', '.join(known)}")
