"""When it was given: clock times and dates, as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from deltoid.pipeline.phrases import phrases, regex
from deltoid.pipeline.types import Mention

_CLOCK = (
    r"(?<![\d:/.])(?:"
    r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?\s?(?:[ap]\.?\s?m\.?|[ap]\b)?"
    r"|(?:1[0-2]|0?[1-9])\s?(?:[ap]\.m\.|[ap]m\b)"
    r"|(?<=at\s)(?:[01]\d|2[0-3])[0-5]\d\b"
    r"|(?<![#$])(?:[01]\d|2[0-3])[0-5]\d(?=\s*(?:hrs?|hours|h)\b)"
    r"|\b<<named_hour>>\b)"
)
_BARE_CLOCK = re.compile(r"(?<![\w#$./:-])(?:0[6-9]|1\d|2[0-3])[0-5]\d(?![\w/:-]|\.\d)")
_MONTH_NUMBER, _DAY_NUMBER = r"1[0-2]|0?[1-9]", r"3[01]|[12]\d|0?[1-9]"
_DATE = (
    r"(?<![\w/.-])(?:"
    rf"(?P<month>{_MONTH_NUMBER})[/-](?P<day>{_DAY_NUMBER})[/-](?P<year>(?:19|20)?\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)"
    rf"|(?P<day2>{_DAY_NUMBER})[\s-]?(?P<name><<month_written>>)\.?[\s,-]*(?P<year2>(?:19|20)?\d\d)"
    rf"|(?P<name3><<month_written>>)\.?\s+(?P<day3>{_DAY_NUMBER})(?:st|nd|rd|th)?"
    r"(?:,?\s+(?P<year3>(?:19|20)\d\d))?)(?![\w/])"
)
_PIVOT = 50  # two digits below it are a year of this century, others of the last: 93 is 1993


def clock_times(text: str) -> Iterator[Mention]:
    """Return the clock times.

    Parameters
    ----------
    text : str

    Yields
    ------
    Mention

    Examples
    --------
    >>> [m.text for m in clock_times("given at 8 p.m., repeated 10:15 AM and 1430 hrs")]
    ['8 p.m.', '10:15 AM', '1430']
    """
    for found in regex(_CLOCK).finditer(text):
        words = found.group().rstrip()
        yield Mention("time", found.start(), found.start() + len(words), words, "moments", "clock")


def bare_clock_times(text: str) -> Iterator[Mention]:
    """Return four digits that may be a clock time; only a neighbour that is one makes it so.

    Parameters
    ----------
    text : str

    Yields
    ------
    Mention

    Examples
    --------
    >>> [m.text for m in bare_clock_times("1430 Toradol, lot 14301, room 2790")]
    ['1430']
    """
    for found in _BARE_CLOCK.finditer(text):
        yield Mention("time", found.start(), found.end(), found.group(), "moments", "clock")


def dates(text: str) -> Iterator[tuple[Mention, date | None]]:
    """Return the dates as written, with their value where it is whole.

    Parameters
    ----------
    text : str

    Yields
    ------
    tuple of Mention and date or None

    Examples
    --------
    >>> [(m.text, str(d)) for m, d in dates("9APR93, 11/26/2025 and March 14, 2005")]
    [('9APR93', '1993-04-09'), ('11/26/2025', '2025-11-26'), ('March 14, 2005', '2005-03-14')]
    """
    for found in regex(_DATE).finditer(text):
        yield Mention("time", found.start(), found.end(), found.group(), "moments", "date"), _value(found)


def _value(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    try:
        if parts["iso"]:
            return date.fromisoformat(parts["iso"])
        name = parts["name"] or parts["name3"]
        month = _month(name) if name else int(parts["month"])
        day = int(parts["day"] or parts["day2"] or parts["day3"])
        year = parts["year"] or parts["year2"] or parts["year3"]
        return date(_year(year), month, day) if year else None
    except ValueError:
        return None


def _month(name: str) -> int:
    return [month[:3] for month in phrases("month_written")].index(name[:3].lower()) + 1


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < _PIVOT else 1900)
