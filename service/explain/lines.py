"""Lines of text with their indents, wrapped where they are shown."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from textwrap import fill
from typing import Any

DASH = "\N{EN DASH}"
Line = tuple[int, str]
"""How far it is indented, and what it says; an empty text is an empty line."""


def wrapped(lines: Iterable[Line], width: int) -> str:
    """Return lines as one text, none longer than `width` where its words allow it.

    Examples
    --------
    >>> print(wrapped([(0, "A"), (2, "one two three")], 9))
    A
      one two
        three
    """
    return "\n".join(_wrap(indent, text, width) for indent, text in lines)


def _wrap(indent: int, text: str, width: int) -> str:
    first, later = " " * indent, " " * (indent + 2)
    return fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = (resources.files("deltoid.service.explain") / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def said(kind: str, value: str) -> str:
    """Return our words for a short value, the value itself where there are none.

    Examples
    --------
    >>> said("tier", "O"), said("tier", "X")
    ('official', 'X')
    """
    return _table()[kind].get(value, value)


def plain(value: object) -> Any:
    """Return a value of the explanations as JSON knows it: days and amounts as text.

    Examples
    --------
    >>> plain({"day": date(2026, 3, 2), "units": (Decimal("15"),)})
    {'day': '2026-03-02', 'units': ['15']}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
