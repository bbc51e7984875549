"""A note's text as HTML with its spans marked: code points in, elements out, not a character lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup

from deltoid.service.web.glyphs import shown

_OPEN = Markup(
    '<mark tabindex="-1"{id} data-span="{span}" data-ev="{events}" data-type="{type}" data-hue="{hue}"{tag}>'
)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of the note to be marked, half-open in code points.

    Parameters
    ----------
    id : str
        The element's id, to which evidence chips link.
    start, end : int
        ``note[start:end]``.
    type, hue : str
        What it is (``route``) and its family of colours (``how``).
    tag : str
        The small text that stands before it, e.g. ``1 route``.
    events : tuple of str
        The ids of the events to which it belongs.
    """

    id: str
    start: int
    end: int
    type: str
    hue: str
    tag: str
    events: tuple[str, ...] = ()


def render(text: str, spans: Iterable[Span]) -> Markup:
    """Return the note as HTML with a ``<mark>`` about each span.

    Spans that lie in one another become nested elements; of two that cross, the one that ends later is split
    where the other ends. Only a span's first piece carries its id and its tag. Spans that are empty or reach
    outside the text are left out.

    Parameters
    ----------
    text : str
        The note exactly as it came in.
    spans : iterable of Span
        In any order.

    Returns
    -------
    Markup
        Escaped; its text content is `text`.

    Examples
    --------
    >>> print(render("60 mg IM", [Span("e1-route", 6, 8, "route", "how", "1 route", ("e1",))]))
    60 mg <mark tabindex="-1" id="e1-route" data-span="e1-route" data-ev="e1" data-type="route" \
data-hue="how" data-tag="1 route">IM</mark>
    """
    usable = sorted(
        (s for s in spans if 0 <= s.start < s.end <= len(text)), key=lambda s: (s.start, -s.end, s.id)
    )
    starting = {at: list(group) for at, group in groupby(usable, key=lambda s: s.start)}
    cuts = sorted({0, len(text)}.union(*((s.start, s.end) for s in usable)))
    pieces: list[Markup] = []
    open_now: list[Span] = []
    for here, there in pairwise(cuts):
        pieces += _change(open_now, starting.get(here, []), here)
        pieces.append(shown(text[here:there]))
    return Markup("").join([*pieces, Markup("</mark>") * len(open_now)])


def _change(open_now: list[Span], starting: list[Span], here: int) -> list[Markup]:
    """Close what ends at `here`, open what starts, and open again what had to be closed on the way."""
    ended = next((n for n, span in enumerate(open_now) if span.end <= here), len(open_now))
    closed = open_now[ended:]
    del open_now[ended:]
    entering = sorted([s for s in closed if s.end > here] + starting, key=lambda s: -s.end)
    open_now += entering
    return [Markup("</mark>")] * len(closed) + [_opening(span, here) for span in entering]


def _opening(span: Span, here: int) -> Markup:
    first = span.start == here
    return _OPEN.format(
        id=Markup(' id="{}"').format(span.id) if first else "",
        span=span.id,
        events=" ".join(span.events),
        type=span.type,
        hue=span.hue,
        tag=Markup(' data-tag="{}"').format(span.tag) if first else "",
    )
