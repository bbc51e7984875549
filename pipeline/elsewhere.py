"""Whether an event happened here and now: given elsewhere, ordered for today or later, run in over time."""

from __future__ import annotations

from deltoid.pipeline.closed_sets import section_set
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading

_ELSEWHERE = r"\b(?:(?:in|at|by|from)\s+(?:the\s+|an?\s+)?<<other_place>>|<<other_giver>>)\b"
_EMERGENCY = r"\b(?:in|at|from)\s+(?:the\s+)?<<emergency_department>>\b"
_THIS_VISIT = r"\b<<this_visit>>\b"
_LATER_VISIT = r"\b<<later_visit>>\b"
_INFUSION = r"<<infusion>>"
# a quarter of an hour or more: what coders count as an infusion
_OVER_TIME = (
    r"^[^,;]{0,40}\bover\s+"
    r"(?:(?:1[5-9]|[2-9]\d|\d{3})\s*min|(?:<<small_number>>|\d+(?:\.\d+)?)\s*<<hours>>)"
)


def settle(reading: Reading, event: Draft) -> None:
    """Mark an event that was given elsewhere, an order in doubt, and what ran in over time, in place.

    Examples
    --------
    >>> from deltoid.pipeline.events import drafts_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Received Toradol 60 mg IM at urgent care.")
    >>> event = drafts_of(reading)[0]
    >>> settle(reading, event)
    >>> event.status, event.by_other_entity
    ('historical', True)
    """
    sentence = reading.sentence(event.anchor.start)
    words = reading.text[sentence.start : sentence.end]
    if event.status in ("administered", "historical") and _elsewhere(reading, event, words):
        event.by_other_entity = True
        event.status = "historical"
    if event.status == "ordered" and _for_now(words):
        event.doubt = "unclear"
    behind = words[max(0, event.anchor.end - sentence.start) :]
    event.infused = regex(_INFUSION).search(words) is not None
    event.over_time = regex(_OVER_TIME).search(behind) is not None


def _for_now(words: str) -> bool:
    """Return whether an order is for this visit, so that it may well have been carried out."""
    now = regex(_THIS_VISIT).search(words) is not None
    return now and not regex(_LATER_VISIT).search(words)


def _elsewhere(reading: Reading, event: Draft, words: str) -> bool:
    if regex(_ELSEWHERE).search(words):
        return True
    if event.status != "historical" or not regex(_EMERGENCY).search(words):
        return False
    # a note that is not the emergency department's own speaks of it as another place
    return section_set("own_emergency").isdisjoint(section.kind for section in reading.sections)
