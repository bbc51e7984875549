"""Where a reader's quotes stand in the note: exact words to offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
_COUNTED = re.compile(r"(?P<words>.*?)\^(?P<count>[1-9]\d*)", re.DOTALL)


def find_quote(text: str, quote: str, anchor: Span | None = None) -> Span | None:
    """Return where the quoted words stand.

    Parameters
    ----------
    text : str
        The note.
    quote : str
        Words of the note; a run of blanks means any run of blanks or line breaks. ``words^3`` is the third
        place.
    anchor : tuple of int, optional
        The event's own words; of several places the nearest to it is meant, else the first.

    Returns
    -------
    tuple of int or None
        Half-open offsets; None where the note does not hold the words (or not that often).

    Examples
    --------
    >>> find_quote("5 mg, then 25 mg", "5 mg"), find_quote("IM or IM", "IM", (7, 8)), find_quote("a", "b")
    ((0, 4), (6, 8), None)
    >>> find_quote("B12 and B12", "B12^2")
    (8, 11)
    """
    counted = _COUNTED.fullmatch(quote)
    if counted and (places := list(_places(text, counted["words"]))):
        number = int(counted["count"])
        if number <= len(places):
            return places[number - 1]
    places = list(_places(text, quote))
    if not places:
        return None
    return min(places, key=lambda place: _distance(place, anchor)) if anchor else places[0]


def quote_of(text: str, span: Span, anchor: Span | None = None) -> str:
    """Return the quote that leads to a span: its words, counted where the bare words would lead elsewhere.

    Raises
    ------
    ValueError
        If no quote leads there, since the same words stand as whole words elsewhere.

    Examples
    --------
    >>> quote_of("B12 and B12", (8, 11)), quote_of("B12 and B12", (0, 3))
    ('B12^2', 'B12')
    """
    words = text[slice(*span)]
    counted = (f"{words}^{number}" for number in range(1, len(list(_places(text, words))) + 1))
    for quote in (words, *counted):
        if find_quote(text, quote, anchor) == span:
            return quote
    raise ValueError(f"no quote leads to {span}")


def _places(text: str, quote: str) -> Iterator[Span]:
    """Yield the places as whole words; only where there is none, also those within run-together words."""
    words = r"\s+".join(re.escape(word) for word in quote.split())
    if not words:
        return
    before = r"(?<![^\W_])" if quote.strip()[0].isalnum() else ""
    behind = r"(?![^\W_])" if quote.strip()[-1].isalnum() else ""
    for pattern in (f"{before}{words}{behind}", words):
        found = [match.span() for match in re.finditer(pattern, text)]
        if found:
            yield from found
            return


def _distance(place: Span, anchor: Span) -> tuple[int, int]:
    """Return how far apart two spans are; what stands behind the anchor wins a tie."""
    if place[0] >= anchor[1]:
        return place[0] - anchor[1], 0
    if place[1] <= anchor[0]:
        return anchor[0] - place[1], 1
    return 0, 0
