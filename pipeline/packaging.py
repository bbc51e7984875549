"""What the vial and the label say: lot, NDC, expiry and waste."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deltoid.pipeline.phrases import regex
from deltoid.pipeline.types import Mention, Quantity

_LOT = (
    r"\b<<lot>>\b\s*(?:(?:<<number_word>>|num|[#:])\s*)?(?::\s*)?(?:#\s*)?"
    r"(?P<value>(?=[\w-]*\d)[A-Z0-9][\w-]{0,14}|1)(?![\w])"
)
_NDC = (
    r"(?:\bNDC\b\s*(?:(?:<<number_word>>|[#:])\s*)?(?::\s*)?"
    r"(?P<value>N?4?\d{4,5}-\d{3,4}-\d{1,2}|\d{10,11}))"
    r"|(?<![\d-])(?P<bare>\d{4,5}-\d{3,4}-\d{2})(?![\d-])"
)
_EXPIRY = (
    r"\b<<expiry>>\s*(?::\s*)?"
    r"(?P<value>\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\d{1,2}[/-]\d{2,4}|\d{4}-\d{2}(?:-\d{2})?"
    r"|[A-Za-z]{3,9}\.?\s+\d{4}|\d{1,2}[A-Za-z]{3}\d{2,4})"
)
_WASTED = r"\b<<thrown_away>>\b"
_WASTED_WIDTH = 14  # characters beside an amount in which "wasted" stands


def lots(text: str) -> Iterator[Mention]:
    """Return the lot numbers.

    Parameters
    ----------
    text : str

    Yields
    ------
    Mention

    Examples
    --------
    >>> [m.text for m in lots("lot# RH4471, Lot: 22K; a lot of pain")]
    ['RH4471', '22K']
    """
    yield from _values(_LOT, "lot", text)


def ndcs(text: str) -> Iterator[Mention]:
    """Return the national drug codes, labelled or of the shape of one.

    Parameters
    ----------
    text : str

    Yields
    ------
    Mention

    Examples
    --------
    >>> [m.text for m in ndcs("NDC: 0409379601; also 60793-0702-10, phone 555-0100")]
    ['0409379601', '60793-0702-10']
    """
    yield from _values(_NDC, "ndc", text)


def expiries(text: str) -> Iterator[Mention]:
    """Return the expiry dates, without the word.

    Parameters
    ----------
    text : str

    Yields
    ------
    Mention

    Examples
    --------
    >>> [m.text for m in expiries("exp 06/2027, Expiration date: 2027-06-30")]
    ['06/2027', '2027-06-30']
    """
    yield from _values(_EXPIRY, "expiration", text)


def wasted(text: str, quantity: Quantity) -> bool:
    """Return whether an amount is one that was thrown away: "wasted 20 mg", "20 mg discarded".

    Parameters
    ----------
    text : str
        The note.
    quantity : Quantity
        An amount in it.

    Examples
    --------
    >>> from deltoid.pipeline.quantities import find_amounts
    >>> note = "gave 40 mg, wasted 20 mg"
    >>> [wasted(note, q) for q in find_amounts(note).quantities]
    [False, True]
    """
    start, end = quantity.mention.start, quantity.mention.end
    before = re.split(r"[,;.]", text[max(0, start - _WASTED_WIDTH) : start])[-1]
    behind = re.split(r"[,;.]", text[end : end + _WASTED_WIDTH])[0]
    return any(regex(_WASTED).search(words) for words in (before, behind))


def _values(template: str, label: str, text: str) -> Iterator[Mention]:
    for found in regex(template).finditer(text):
        group = "value" if found["value"] else "bare"
        yield Mention(label, found.start(group), found.end(group), found[group], "packaging")
