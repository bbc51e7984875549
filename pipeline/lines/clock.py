"""Clock times as notes write them, in minutes after midnight."""

from __future__ import annotations

import re

_CLOCK = re.compile(
    r"(?<![\d/.-])(?P<hour>\d{1,2})(?::?(?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?\s*m?\b"
    r"|(?<![\d/.-])(?P<hour24>[01]?\d|2[0-3]):?(?P<minute24>[0-5]\d)(?![\d/-])",
    re.IGNORECASE,
)


def minutes(words: str) -> int | None:
    """Return the clock time that some words tell.

    Parameters
    ----------
    words : str
        Such as ``14:05``, ``1402``, ``2:15 PM``, ``3pm`` or ``1:15p``.

    Returns
    -------
    int or None
        Minutes after midnight; None where the words tell no time of day.

    Examples
    --------
    >>> [minutes(words) for words in ("14:05", "0841", "2:15 PM", "3pm", "12:10 am", "today", "8/5/25")]
    [845, 521, 855, 900, 10, None, None]
    """
    found = _CLOCK.search(words)
    if found is None:
        return None
    if found["half"] is None:
        return int(found["hour24"]) * 60 + int(found["minute24"])
    hour = int(found["hour"]) % 12 + (12 if found["half"].lower() == "p" else 0)
    return hour * 60 + int(found["minute"] or 0) if int(found["hour"]) <= 12 else None
