"""The day of the encounter, as the note tells it."""

from __future__ import annotations

from datetime import date

from deltoid.pipeline.moments import dates
from deltoid.pipeline.phrases import regex

_OTHER_DAY = r"<<other_day>>\b[^.;\n]{0,22}$"
_OTHER_DAY_WIDTH = 40
_VISIT_DATE = r"<<visit_date>>\s*:?\s*$"
_VISIT_DATE_WIDTH = 25


def visit_day(text: str) -> date | None:
    """Return the day of the encounter: a labelled date, else the latest that is not said to be another's.

    Examples
    --------
    >>> str(visit_day("DOB 1/2/1960. Seen 3/2/2026, next due 4/2/2026"))
    '2026-03-02'
    """
    days = [(mention.start, day) for mention, day in dates(text) if day is not None]
    for start, day in days:
        if regex(_VISIT_DATE).search(text, max(0, start - _VISIT_DATE_WIDTH), start):
            return day
    own = [
        day
        for start, day in days
        if not regex(_OTHER_DAY).search(text, max(0, start - _OTHER_DAY_WIDTH), start)
    ]
    return max(own, default=None)
