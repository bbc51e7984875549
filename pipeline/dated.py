"""Dates that make a giving past: "Tdap 08/2019", "in 2022: Librium IM", "q8wk, last 9/2"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from deltoid.pipeline.moments import dates
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.types import Mention

_BEHIND, _BEFORE = 70, 40  # characters between a drug and a date of its own
_SLACK = timedelta(days=3)  # clocks go over midnight, and a note is written when there is time
_STAY = timedelta(days=45)  # a stay in hospital is one encounter
_PART = (
    r"(?<![\d/.-])(?:(?P<month>0?[1-9]|1[0-2])/|(?:<<month_written>>)\.?,?\s+(?:of\s+)?|(?:in|since|from|during)\s+)"
    r"(?P<year>(?:19|20)\d\d)\b(?![/-]\d)"
)
_ALONE = re.compile(r"(?:^|[\s(,:|-])(?P<year>(?:19[3-9]|20[0-4])\d)(?=\s*(?:[:;,.)|]|$|\n))", re.MULTILINE)
_LAST = r"\blast\s+(?:\w+\s+){0,2}?(?:was\s+|on\s+|in\s+|about\s+)*(?:\d{1,2}/\d{1,2}\b|<<month_written>>\b)"
_OF_SOMETHING_ELSE = r"\b<<no_day_of_giving>>\b[^;,\n]{0,15}$"
_END = re.compile(r";|\n\s*\n|\.\s")


def is_past(reading: Reading, anchor: Mention) -> bool:
    """Return whether a date in the drug's own clause tells that it was given before the day of the note.

    Parameters
    ----------
    reading : Reading
    anchor : Mention
        The drug. Where the note does not tell its own day only months and years count.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("MMR on 6/6/95; Toradol 60 mg IM 3/2/2026. RA on Enbrel, last 2/23")
    >>> [is_past(reading, drug) for drug in reading.words["drug"]]
    [True, False, True]
    """
    behind, before = _stretches(reading, anchor)
    if any(reading.between("same_visit", *stretch) for stretch in (behind, before)):
        return False
    if regex(_LAST).search(reading.text, *behind):
        return True
    told = list(_told(reading.text, *behind)) or list(_told(reading.text, *before))
    inpatient = any(setting.norm == "inpatient" for setting in reading.words.get("setting", ()))
    slack = _STAY if inpatient else _SLACK
    return bool(told) and all(_earlier(last, whole, reading.day, slack) for last, whole in told)


def _stretches(reading: Reading, anchor: Mention) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the characters behind and before a drug that are its own, up to the next drug or clause."""
    sentence = reading.sentence(anchor.start)
    others = [m for m in reading.within("drug", sentence) if m.start != anchor.start]
    end = min([sentence.end, anchor.end + _BEHIND, *(m.start for m in others if m.start >= anchor.end)])
    start = max([sentence.start, anchor.start - _BEFORE, *(m.end for m in others if m.end <= anchor.start)])
    if stop := _END.search(reading.text, anchor.end, end):
        end = stop.start() + 1
    for stop in _END.finditer(reading.text, start, anchor.start):
        start = stop.end()
    return (anchor.end, end), (start, anchor.start)


def _told(text: str, start: int, end: int) -> Iterator[tuple[date, bool]]:
    """Yield the last day that each date of a stretch can mean, and whether it is a whole date."""
    stretch = text[start:end]
    told = [(mention.start, day, True) for mention, day in dates(stretch) if day is not None]
    for found in regex(_PART).finditer(stretch):
        told.append((found.start(), _last_day(int(found["year"]), int(found["month"] or 12)), False))
    told += [(found.start(), date(int(found["year"]), 12, 31), False) for found in _ALONE.finditer(stretch)]
    for place, day, whole in told:
        if not regex(_OF_SOMETHING_ELSE).search(text, start, start + place):
            yield day, whole


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _earlier(told: date, whole: bool, day: date | None, slack: timedelta) -> bool:
    return not whole if day is None else told < day - slack
