"""A rule's message as a general statement: the places that a finding fills are filled with plain words."""

from __future__ import annotations

from functools import cache

from deltoid.pipeline.explain.tables import rows

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


class _General(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ELLIPSIS


@cache
def _words() -> _General:
    table = rows("placeholders.csv", ("name", "words", "source"))
    return _General({row["name"]: row["words"] for row in table})


def general(message: str) -> str:
    """Return a message of the policy without the places that a finding fills.

    Examples
    --------
    >>> general("{what} was declined on {day}; {reading}.")
    'The drug was declined on the day of service; ….'
    """
    told = message.format_map(_words())
    return told[:1].upper() + told[1:]
