"""What is wrong with labelled notes: marks that cannot be, decisions that do not follow, drugs that nobody
marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from deltoid.annotations.marked import MarkedEvent, MarkedText
from deltoid.annotations.pairing import own_words

_GIVABLE = ("supported", "supported_with_gaps")
_NEEDS_GIVEN = (*_GIVABLE, "coverage_excluded")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in which note, and with which event (None: the whole note); it repeats no words of the
    note.
    """

    note: str
    event: int | None
    kind: Literal["error", "look"]
    why: str


def lint(note: MarkedText) -> list[Problem]:
    """Return what is impossible (``error``) and what is seldom right and wants a look (``look``).

    Parameters
    ----------
    note : MarkedText
        With its decision in ``facts`` and its context.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> [note] = read_marked('''[drug#1 B12] [dose#1 1 mL] IM for [why#1 fatigue]
    ... => #1 ordered IM disposition=supported
    ... => note id=n1 outcome=supported lines=96372x1''')
    >>> [problem.why for problem in lint(note)]
    ['supported, though ordered']
    """
    told = note.facts.get("id", f"line {note.line}")
    problems = [
        Problem(told, event.id, "error", why)
        for event in note.events
        for check in _EVENT_CHECKS
        for why in check(event)
    ]
    problems += [Problem(told, None, "error", why) for check in _NOTE_CHECKS for why in check(note)]
    problems += [Problem(told, event.id, "look", why) for event in note.events for why in _looks(event)]
    return problems


def _named(event: MarkedEvent) -> Iterator[str]:
    if not own_words(event):
        yield "no words tell the injection: mark 'drug', or 'shot' where no substance is named"
    if "drug" in event.slots and "shot" in event.slots:
        yield "both 'drug' and 'shot' are marked; 'shot' is for an injection without its substance"


def _judged(event: MarkedEvent) -> Iterator[str]:
    disposition = event.facts.get("disposition", "")
    if disposition in _NEEDS_GIVEN and event.status != "administered":
        yield f"{disposition}, though {event.status}"
    if disposition in _GIVABLE and event.route not in ("IM", "SC"):
        yield f"{disposition}, though the route is {event.route or 'not told'}"
    if disposition in _GIVABLE and "doubt" in event.facts:
        yield f"{disposition}, though in doubt"
    if disposition in _GIVABLE and not ("drug" in event.slots and "dose" in event.slots):
        yield f"{disposition}, though drug or dose is not told"
    if disposition == "other_entity" and event.status not in ("administered", "historical"):
        yield f"other_entity, though {event.status}"


def _redirected(event: MarkedEvent) -> Iterator[str]:
    if (event.facts.get("disposition") == "redirect") != ("code" in event.facts):
        yield "a redirect names its code, and nothing else does"
    if event.facts.get("disposition") == "redirect" and event.status != "administered":
        yield f"redirect, though {event.status}"


def _implied(event: MarkedEvent) -> Iterator[str]:
    if event.route and "implied" in event.facts:
        yield "the route is told, so nothing is implied"
    if not event.route and "route" in event.slots:
        yield "words of the route are marked, and no route is said"


def _outcome(note: MarkedText) -> Iterator[str]:
    found = {event.facts.get("disposition") for event in note.events}
    want = "supported" if found & set(_GIVABLE) else "query" if "query" in found else "not_supported"
    if note.facts.get("outcome") != want:
        yield f"the events make it {want}, the decision says {note.facts.get('outcome', 'nothing')}"
    if ("96372" in note.facts.get("lines", "")) != (want == "supported"):
        yield f"{want}, but a 96372 line {'stands' if want != 'supported' else 'is missing'}"


def _visit(note: MarkedText) -> Iterator[str]:
    told, known = note.facts.get("em", "none"), note.context.get("em")
    if told != "none" and told.partition("-")[0] != known:
        yield "the visit of the decision is not that of the context"
    if "-25" in told and not note.facts.get("lines") and "procedures" not in note.context:
        yield "modifier 25, but nothing is billed beside the visit"


def _partners(note: MarkedText) -> Iterator[str]:
    mixed = {event.id: set(event.facts.get("mixed", "").split(",")) - {""} for event in note.events}
    diluents = {event.id for event in note.events if event.facts.get("disposition") == "not_supported"}
    for one, others in mixed.items():
        if one not in diluents and any(str(one) not in mixed[int(other)] for other in others):
            yield f"#{one} is mixed with an event that does not say so"


def _containers(note: MarkedText) -> Iterator[str]:
    numbers = {str(event.id) for event in note.events}
    for part in note.facts.get("jwjz", "").split(","):
        if part and part.partition("=")[0].strip() not in numbers:
            yield "jwjz names an event that is not there"


def _looks(event: MarkedEvent) -> Iterator[str]:
    disposition = event.facts.get("disposition")
    if event.status == "administered" and disposition == "not_supported" and event.route in ("IM", "SC"):
        yield "given by IM or SC, and not supported"
    if disposition == "supported" and "why" not in event.slots:
        yield "supported without a gap, though no reason is marked"
    if (
        disposition == "query"
        and event.status not in ("administered", "ordered")
        and "doubt" not in event.facts
    ):
        yield f"query, though {event.status} without a doubt"


_EVENT_CHECKS: tuple[Callable[[MarkedEvent], Iterator[str]], ...] = (_named, _judged, _redirected, _implied)
_NOTE_CHECKS: tuple[Callable[[MarkedText], Iterator[str]], ...] = (_outcome, _visit, _partners, _containers)
