"""The FDA's names of routes in our codes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def _codes() -> Mapping[str, str]:
    return tomllib.loads(
        (resources.files("deltoid.service.terms") / "routes.toml").read_text(encoding="utf-8")
    )


def ways(written: str) -> tuple[str, ...]:
    """Return the routes of one cell.

    Examples
    --------
    >>> ways("INTRAMUSCULAR; INTRAVENOUS")
    ('INTRAMUSCULAR', 'INTRAVENOUS')
    """
    return tuple(way.strip().upper() for way in written.split(";") if way.strip())


def by_needle(way: str) -> str | None:
    """Return our code of a route by needle, None for any other.

    Examples
    --------
    >>> by_needle("SUBCUTANEOUS"), by_needle("ORAL")
    ('SC', None)
    """
    return _codes().get(way)
