"""The agreement table: a row per hundred notes, in Markdown, made by a command and never by hand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from deltoid.annotations.agreement import Agreement, Pair, agreement

_SLOTS = ("drug", "dose", "route", "site", "why", "giver", "time", "order", "response")
_KAPPAS = ("status", "route", "disposition", "outcome")


def agreement_table(pairs: Sequence[Pair], size: int = 100) -> str:
    """Return the table of agreement before adjudication.

    Parameters
    ----------
    pairs : sequence of tuple of MarkedText
        First and second reading of each note, in the order of the corpus.
    size : int, default=100
        Notes in a row.

    Returns
    -------
    str
        Markdown; the last row holds all notes.

    Examples
    --------
    >>> agreement_table([]).splitlines()[0][:40]
    '| notes | n | event F1 | drug | dose | r'
    """
    head = ["notes", "n", "event F1", *_SLOTS, *(f"κ {what}" for what in _KAPPAS)]
    lines = [_row(head), _row(["---", *["--:"] * (len(head) - 1)])]
    lines += [_row(cells) for cells in _cells(pairs, size)]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(pairs: Sequence[Pair], size: int) -> Iterator[list[str]]:
    for start in range(0, len(pairs), size):
        rows = pairs[start : start + size]
        yield _numbers(f"{rows[0][0].facts['id']} … {rows[-1][0].facts['id']}", agreement(rows))
    yield _numbers("all", agreement(pairs))


def _numbers(name: str, found: Agreement) -> list[str]:
    spans = [_told(found.span_f1(slot)) for slot in _SLOTS]
    return [
        name,
        str(found.notes),
        _told(found.event_f1()),
        *spans,
        *(_told(found.kappa(what)) for what in _KAPPAS),
    ]


def _told(number: float) -> str:
    return "" if math.isnan(number) else f"{number:.2f}"
