"""Regular expressions whose words stand in phrases.csv: the code keeps the shape, the table the English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from deltoid.pipeline import tabular
from deltoid.pipeline.tabular import Row, TableError

_PLACEHOLDER = re.compile(r"<<(?P<group>\w+)>>")


@cache
def regex(template: str) -> re.Pattern[str]:
    r"""Return the pattern of a template, for capitals and small letters alike.

    Parameters
    ----------
    template : str
        A regular expression in which ``<<group>>`` stands for any one phrase of that group of phrases.csv.

    Raises
    ------
    TableError
        If phrases.csv has no such group.

    Examples
    --------
    >>> bool(regex(r"\b<<thrown_away>>\b").search("20 mg Wasted"))
    True
    """
    return re.compile(expand(template), re.IGNORECASE)


def expand(template: str) -> str:
    r"""Return a template with its groups written out, the phrases in the order of the table.

    Parameters
    ----------
    template : str
        As for `regex`.

    Raises
    ------
    TableError
        If phrases.csv has no such group.

    Examples
    --------
    >>> expand(r"\b<<lot>>")
    '\\b(?:lot|batch)'
    """
    return _PLACEHOLDER.sub(lambda found: f"(?:{'|'.join(phrases(found['group']))})", template)


def phrases(group: str) -> tuple[str, ...]:
    """Return the phrases of a group in the order of the table.

    Parameters
    ----------
    group : str

    Raises
    ------
    TableError
        If phrases.csv has no such group.

    Examples
    --------
    >>> phrases("lot")
    ('lot', 'batch')
    """
    if group not in _groups():
        raise TableError(f"phrases.csv: has no group {group!r}")
    return _groups()[group]


@cache
def _groups() -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for row in tabular.read("phrases.csv", ["group", "phrase", "source"]):
        known = groups.get(row["group"], ())
        groups[row["group"]] = (*known, _checked(row, known))
    return groups


def _checked(row: Row, known: tuple[str, ...]) -> str:
    phrase = row["phrase"]
    if not phrase or phrase in known:
        raise row.refuse("phrase", "is empty or stands in its group twice")
    try:
        if re.compile(phrase).groups:
            raise row.refuse("phrase", "captures: write (?:…) for a group within a phrase")
    except re.error:
        raise row.refuse("phrase", "is no regular expression") from None
    return phrase
