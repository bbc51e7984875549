"""Doses repeated in one breath: "0.3 mg IM at 1315 and again at 1322", "10 mg at 10:00, 10 mg at 16:00"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.marking import moved
from deltoid.pipeline.moments import bare_clock_times, clock_times
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Mention

_AGAIN = r"\b<<once_more>>\b|\band\s+(?:at\s+)?$|&\s*$"


def repeated(reading: Reading, events: Sequence[Draft]) -> list[Draft]:
    """Return the events with one more for each later clock time that says "again".

    Examples
    --------
    >>> from deltoid.pipeline.events import events_of
    >>> from deltoid.pipeline.reading import read_note
    >>> note = "Epinephrine 0.3 mg IM given at 13:15 and again at 13:22."
    >>> [event.time.text for event in events_of(read_note(note))]
    ['13:15', '13:22']
    """
    told = [e for event in events for e in (event, *_more(reading, event, events))]
    return sorted(told, key=lambda draft: draft.anchor.start)


def _more(reading: Reading, event: Draft, events: Sequence[Draft]) -> list[Draft]:
    if event.status != "administered" or event.time is None:
        return []
    sentence = reading.sentence(event.anchor.start)
    if any(sentence.holds(e.anchor.start) and e.anchor.start > event.anchor.start for e in events):
        return []
    taken = {e.time for e in events}
    later = _times(reading.text, Stretch(event.time.end, sentence.end))
    said = regex(_AGAIN)
    return [
        _copy(event, time)
        for time in later
        if time not in taken and said.search(reading.text[event.time.end : time.start])
    ]


def _times(text: str, stretch: Stretch) -> list[Mention]:
    piece = text[stretch.start : stretch.end]
    found = {m.start: m for m in (*bare_clock_times(piece), *clock_times(piece))}
    return moved((m for _, m in sorted(found.items())), stretch.start)


def _copy(event: Draft, time: Mention) -> Draft:
    return replace(
        event, time=time, also=[], sites=list(event.sites), evidence=list(event.evidence), partners=[]
    )
