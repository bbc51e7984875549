"""What the title of a procedure says once for the drugs used in it: "Trigger point injections"."""

from __future__ import annotations

from collections.abc import Sequence

from deltoid.pipeline import lexicon
from deltoid.pipeline.closed_sets import category_set, section_set
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.routing import route_of
from deltoid.pipeline.types import Mention

# routes and targets that only a procedure aims at
_PLACED = frozenset({"INTRA_ARTICULAR", "EPIDURAL", "BLOCK", "INTRALESIONAL", "INTRAVITREAL"})
_AIMED_AT = frozenset({"joint", "bursa", "tendon", "nerve", "eye"})
_SKIN_NUMBING = r"<<skin_numbing>>"
_TITLE_LENGTH = 160  # characters
_LINES = 10  # sentences before a drug among which the line that names its procedure may stand


def name_routes(reading: Reading, events: Sequence[Draft]) -> None:
    r"""Give the route of the procedure's title to the drugs that its description uses without one, in place.

    Examples
    --------
    >>> from deltoid.pipeline.events import events_of
    >>> from deltoid.pipeline.reading import read_note
    >>> note = "PROCEDURE: Lumbar epidural steroid injection.\nKenalog 40 mg was given."
    >>> [event.route.norm for event in events_of(read_note(note)) if event.route]
    ['EPIDURAL']
    """
    title = _title(reading)
    for event in events:
        if event.status == "administered" and _lacks(reading, event):
            above = title if title and event.anchor.start > title.start else None
            event.route = above or _lead(reading, event)


def _title(reading: Reading) -> Mention | None:
    titles = section_set("procedure_title")
    for section in reading.sections:
        if section.kind in titles or section.start == 0:
            head = min(section.end, section.body + _TITLE_LENGTH)
            for route in reading.between("route", section.start, head):
                if route.norm in _PLACED:
                    return route
    return None


def _lead(reading: Reading, event: Draft) -> Mention | None:
    """Return the route that a line before a drug names for what follows: "Trigger point injections"."""
    here = reading.sentence_index(event.anchor.start)
    for sentence in reversed(reading.sentences[max(0, here - _LINES) : here]):
        if sentence.end - sentence.start <= _TITLE_LENGTH // 2 and not reading.within("drug", sentence):
            found = next((r for r in reading.within("route", sentence) if r.norm in _PLACED), None)
            if found is not None:
                return found
    return None


def _lacks(reading: Reading, event: Draft) -> bool:
    """Return whether a drug of procedures has no route and no place that tells one, and numbs no skin."""
    if event.substance is None or event.substance.category not in category_set("in_procedures"):
        return False
    if route_of(event) is not None:
        return False
    if event.site is not None and lexicon.sites()[event.site.mention.norm].target in _AIMED_AT:
        return False
    sentence = reading.sentence(event.anchor.start)
    return not regex(_SKIN_NUMBING).search(reading.text, sentence.start, sentence.end)
