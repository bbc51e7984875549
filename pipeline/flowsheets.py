"""Flow sheets: a drug in the heading, a dated row for each visit; only the row of the day is today's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from deltoid.pipeline import cues
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.moments import dates
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.slots import fill
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Mention

_LINE = re.compile(r"[^\n]+")
_LEAD = 4  # characters before the date: a bullet, a bar
_FEWEST = 2  # rows that make a flow sheet
_SLOTS = ("dose", "volume", "route", "site", "time", "lot")


@dataclass(frozen=True, slots=True)
class Row:
    """A line that begins with a whole date."""

    line: Stretch
    written: Mention
    day: date


def by_row(reading: Reading, drafts: Sequence[Draft], day: date | None) -> list[Draft]:
    r"""Return the drafts, those of a flow sheet with what the row of `day` tells.

    Examples
    --------
    >>> from datetime import date
    >>> from deltoid.pipeline.events import events_of
    >>> from deltoid.pipeline.reading import read_note
    >>> note = "Depo-Testosterone IM\n4/1/26 200 mg R glut\n4/15/26 100 mg L glut\n4/29/26 not given, fever"
    >>> reading = read_note(note)
    >>> [draft.status for draft in by_row(reading, events_of(reading), date(2026, 4, 29))]
    ['declined']
    """
    rows = list(_rows(reading.text))
    today = next((row for row in rows if row.day == day), None)
    if len(rows) < _FEWEST or today is None:
        return list(drafts)
    return [_of_today(reading, draft, rows, today) for draft in drafts]


def _rows(text: str) -> Iterator[Row]:
    for found in _LINE.finditer(text):
        first = next(dates(found.group()), None)
        if first and first[1] and first[0].start <= _LEAD:
            mention = replace(
                first[0], start=first[0].start + found.start(), end=first[0].end + found.start()
            )
            yield Row(Stretch(found.start(), found.end()), mention, first[1])


def _of_today(reading: Reading, draft: Draft, rows: Sequence[Row], today: Row) -> Draft:
    spots = [draft.anchor, *draft.also]
    here = any(today.line.holds(spot.start) for spot in spots)
    past = any(row.line.holds(spot.start) for row in rows for spot in spots)
    if not here and (past or not _heads(reading.text, draft, rows[0])):
        return replace(draft, status="historical") if past and draft.status == "administered" else draft
    return _refilled(reading, draft, today)


def _heads(text: str, draft: Draft, first: Row) -> bool:
    """Return whether the drug stands in the heading: above the first row, with no empty line between."""
    between = text[draft.anchor.end : first.line.start]
    return draft.anchor.end <= first.line.start and "\n\n" not in between and between.count("\n") <= 2


def _refilled(reading: Reading, draft: Draft, today: Row) -> Draft:
    shadow = Draft(
        draft.mention, draft.substance, replace(draft.anchor, start=today.line.start, end=today.line.start)
    )
    fill(reading, today.line, [shadow])
    told = {slot: getattr(shadow, slot) for slot in _SLOTS if getattr(shadow, slot) is not None}
    refused = [m for m in reading.within("status", today.line) if _refuses(m)]
    made = replace(draft, **told, sites=list(shadow.sites), date=today.written)
    if refused:
        return replace(made, status="declined", evidence=refused)
    return made if made.status == "declined" else replace(made, status="administered")


def _refuses(words: Mention) -> bool:
    return any(cue.status == "declined" for cue in cues.status_cues()[words.norm])
