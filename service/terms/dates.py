"""The day from which a file holds, as its name, its preamble, its archive or its rows tell it."""

from __future__ import annotations

import re
from calendar import month_abbr
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from deltoid.pipeline.tabular import TableError
from deltoid.service.terms.found import Found
from deltoid.service.terms.kinds import Kind
from deltoid.service.terms.sources import Source

_NCCI_BEGAN = 1994
_OCTOBER = 10
_CENTURY = 2000


def effective(kind: Kind, names: Sequence[str], sources: Sequence[Source], found: Found) -> date:
    """Return the day from which some files hold.

    Parameters
    ----------
    kind : Kind
    names : sequence of str
        Of the files as handed in.
    sources : sequence of Source
        What was read of them.
    found : Found
        What the reader made of them.

    Returns
    -------
    datetime.date

    Raises
    ------
    TableError
        If nothing tells it, or two names tell two days.
    """
    told = {day for name in (*names, *(s.name for s in sources)) if (day := recognised(kind, [name]))}
    if len(told) > 1:
        days = " and ".join(str(day) for day in sorted(told))
        raise TableError(f"{', '.join(names)}: the names tell {days}: import one release at a time")
    day = next(iter(told), None) or recognised(kind, found.preamble)
    if day is None and kind.dated_by_archive:
        day = max((s.stamp for s in sources if s.stamp), default=None)
    if day is None and kind.dated_by_rows:
        day = found.latest
    if day is None:
        raise TableError(
            f"{', '.join(names)}: neither name nor text tells its day: say --effective YYYY-MM-DD"
        )
    return day


def recognised(kind: Kind, texts: Iterable[str]) -> date | None:
    """Return the day that the first text tells which matches a pattern of the kind.

    Examples
    --------
    >>> from deltoid.service.terms.kinds import kinds
    >>> recognised(kinds()["ptp"], ["medicare-ncci-2026q4-practitioner-ptp-edits-ccipra-v323r0-f1.zip"])
    datetime.date(2026, 10, 1)
    >>> recognised(kinds()["icd10cm"], ["icd10cm-order-2027.txt"])
    datetime.date(2026, 10, 1)
    """
    for text in texts:
        for pattern in kind.dates:
            if match := re.search(pattern, text, re.IGNORECASE):
                return _day({key: value for key, value in match.groupdict().items() if value}, text)
    return None


def _day(told: Mapping[str, str], text: str) -> date:
    if "fiscal" in told:
        return date(int(told["fiscal"]) - 1, _OCTOBER, 1)
    year = int(told["year"]) if "year" in told else _NCCI_BEGAN + int(told["version"])
    month = 3 * int(told["quarter"]) + 1 if "version" in told else _month(told)
    try:
        return date(year if year > 99 else year + _CENTURY, month, int(told.get("day", 1)))
    except ValueError:
        raise TableError(f"{text!r} tells a day that does not exist: say --effective YYYY-MM-DD") from None


def _month(told: Mapping[str, str]) -> int:
    if "quarter" in told:
        return 3 * int(told["quarter"]) - 2
    month = told["month"]
    known = [name.lower() for name in month_abbr]
    return (
        int(month) if month.isdigit() else known.index(month[:3].lower()) if month[:3].lower() in known else 0
    )


def fresh_until(day: date, months: int) -> date:
    """Return the last day on which a version of `day` is fresh, if the next follows after some months.

    Examples
    --------
    >>> fresh_until(date(2026, 10, 1), 3), fresh_until(date(2026, 11, 30), 3)
    (datetime.date(2026, 12, 31), datetime.date(2027, 2, 27))
    """
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, min(day.day, 28)) - timedelta(days=1)
