"""A note for the terminal: its spans in brackets with their tags, coloured by slot, nothing hidden."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from rich.text import Text

from deltoid.service.web.spans import Span

STYLES = {
    "what": "bold cyan",
    "how": "bold green",
    "why": "bold yellow",
    "who": "bold magenta",
    "paper": "blue",
}
_TAG = "dim"


def visible(text: str) -> str:
    r"""Return `text` with each control and direction mark shown by its number, so that it cannot act.

    Line feeds stay, a carriage return before one is left out.

    Examples
    --------
    >>> visible("IM\x1b[2J\r\n\u202eleft")
    'IM<U+001B>[2J\n<U+202E>left'
    """
    return "".join(_shown(char) for char in text.replace("\r\n", "\n").replace("\t", "    "))


def _shown(char: str) -> str:
    unseen = char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")
    return f"<U+{ord(char):04X}>" if unseen else char


def marked(text: str, spans: Sequence[Span]) -> Text:
    """Return the note with each span in brackets after its tag, e.g. ``⟦1 route: IM⟧``.

    Parameters
    ----------
    text : str
        The note exactly as it came in.
    spans : sequence of Span
        In any order; they may lie in one another.

    Examples
    --------
    >>> marked("60 mg IM", [Span("e1-route", 6, 8, "route", "how", "1 route", ("e1",))]).plain
    '60 mg ⟦1 route: IM⟧'
    """
    told = Text()
    open_now: list[Span] = []
    cuts = sorted({0, len(text)}.union(*((span.start, span.end) for span in spans)))
    for here, there in zip(cuts, [*cuts[1:], len(text)], strict=True):
        _close(told, open_now, here)
        for span in sorted((s for s in spans if s.start == here), key=lambda s: -s.end):
            open_now.append(span)
            told.append("⟦", _TAG).append(f"{span.tag}: ", _TAG)
        told.append(visible(text[here:there]), STYLES.get(open_now[-1].hue, "") if open_now else "")
    return told


def _close(told: Text, open_now: list[Span], here: int) -> None:
    for span in [span for span in open_now if span.end <= here]:
        open_now.remove(span)
        told.append("⟧", _TAG)
