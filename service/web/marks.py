"""Which characters of a note are marked in the page, and where each piece of evidence is to be found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from deltoid.pipeline.types import Mention, Review
from deltoid.service.web.slots import fillers, mention
from deltoid.service.web.spans import Span
from deltoid.service.web.words import slots

_Place = tuple[int, int]
_Drafts = dict[tuple[int, int, str], "_Draft"]


@dataclass(slots=True)
class _Draft:
    id: str
    type: str
    hue: str
    words: str
    events: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chip:
    """Words of the note, and the place in the page where they stand marked."""

    quote: str
    href: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The marked spans of one review; `ids` finds a span by its offsets and type."""

    spans: tuple[Span, ...]
    ids: dict[tuple[int, int, str], str]

    def chip(self, words: Mention, kind: str) -> Chip:
        """Return the link to the span of `words` that was marked as `kind` (a tag).

        Examples
        --------
        >>> from deltoid.pipeline.types import Mention
        >>> Marks((), {(6, 8, "route"): "e1-route"}).chip(Mention("route", 6, 8, "IM"), "route")
        Chip(quote='IM', href='#e1-route')
        """
        return Chip(words.text, "#" + self.ids[words.start, words.end, kind])


def marks_of(review: Review) -> Marks:
    """Collect what is to be marked: every field of every event, and the evidence of every finding.

    One stretch that serves several events in the same role is one span with both numbers. Evidence that an
    event has marked already is not marked a second time.

    Parameters
    ----------
    review : Review

    Returns
    -------
    Marks

    Examples
    --------
    >>> from deltoid.pipeline.types import *
    >>> note = Note("n", "Toradol IM")
    >>> event = Injection("e1", "administered", route=Route("IM", Mention("route", 8, 10, "IM")))
    >>> marks_of(Review(note, (event,), EncounterFacts(), Decision("query"), ("coder", ""))).spans[0].tag
    '1 route'
    """
    drafts: _Drafts = {}
    for number, event, kind, hue, words in _told(review):
        place = words.start, words.end, kind
        draft = drafts.setdefault(place, _Draft(_free(f"{event}-{kind}", drafts), kind, hue, kind))
        draft.events.setdefault(event, number)
    ids = {place: draft.id for place, draft in drafts.items()}
    taken = {(start, end): draft.id for (start, end, _), draft in reversed(drafts.items())}
    for (start, end), draft in _reasons(review, taken):
        drafts[start, end, "evidence"] = draft
    ids |= {(start, end, "evidence"): found for (start, end), found in taken.items()}
    return Marks(tuple(_span(place, draft) for place, draft in drafts.items()), ids)


def _told(review: Review) -> Iterator[tuple[int, str, str, str, Mention]]:
    for number, event in enumerate(review.events, 1):
        for slot in slots():
            for filler in fillers(event, slot.name):
                words = mention(filler)
                if words is not None:
                    yield number, event.id, slot.tag, slot.hue, words


def _free(wanted: str, drafts: _Drafts) -> str:
    same = sum(draft.id == wanted or draft.id.startswith(f"{wanted}-") for draft in drafts.values())
    return f"{wanted}-{same + 1}" if same else wanted


def _reasons(review: Review, taken: dict[_Place, str]) -> Iterator[tuple[_Place, _Draft]]:
    """Yield the evidence that no event has marked, and enter its id in `taken`."""
    numbers = {event.id: n for n, event in enumerate(review.events, 1)}
    for finding in review.decision.findings:
        for words in finding.evidence:
            place = words.start, words.end
            if place not in taken:
                taken[place] = f"why-{len(taken) + 1}"
                events = {event: numbers[event] for event in finding.events if event in numbers}
                yield place, _Draft(taken[place], "evidence", "rule", finding.rule, events)


def _span(place: tuple[int, int, str], draft: _Draft) -> Span:
    numbers = "+".join(str(n) for n in draft.events.values())
    tag = draft.words if draft.type == "evidence" else f"{numbers} {draft.words}"
    return Span(draft.id, place[0], place[1], draft.type, draft.hue, tag, tuple(draft.events))
