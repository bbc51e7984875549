"""Sheets: a plain note with its labels below it as quotes, the way writers and second readers hand them in.

The format is told in ``annotations/guidelines.md``, section 1. A sheet without a text
(a second reader's) is read against the texts of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deltoid.annotations.marked import MarkedEvent, MarkedText
from deltoid.annotations.marked_events import CONTEXT_FACTS, NOTE_FACTS, MarkError, Place, split_facts
from deltoid.annotations.sheet_labels import EventLabels, read_decision, read_event
from deltoid.annotations.sheet_quotes import find_quote
from deltoid.pipeline.types import Mention

_OPENER = re.compile(r"@@@ (?P<id>\S+)")
_LABELS = "@@ labels"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One block of a sheet file, before its quotes are looked up."""

    id: str
    header: Mapping[str, str]
    text: str
    labels: tuple[str, ...]
    place: Place
    labels_at: int


def split_sheets(source: str, name: str) -> Iterator[Sheet]:
    r"""Yield the blocks of a file.

    Raises
    ------
    MarkError
        If words stand before the first ``@@@ id`` line.

    Examples
    --------
    >>> [sheet] = split_sheets("@@@ n1\n@@ payer=medicare\nNo shot.\n@@ labels\n=> not_supported\n", "x.txt")
    >>> sheet.id, sheet.header, sheet.text, sheet.labels
    ('n1', {'payer': 'medicare'}, 'No shot.', ('=> not_supported',))
    """
    lines = source.split("\n")
    starts = [number for number, line in enumerate(lines) if _OPENER.fullmatch(line.rstrip())]
    if any(line.strip() for line in lines[: starts[0] if starts else len(lines)]):
        raise Place(name, 1).error("a file of sheets begins with a line '@@@ id'")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _sheet(lines[start:end], Place(name, start + 1))


def _sheet(lines: list[str], place: Place) -> Sheet:
    body = next(
        (n for n, line in enumerate(lines[1:], 1) if not line.startswith("@@ ") or line == _LABELS),
        len(lines),
    )
    header: dict[str, str] = {}
    for number, line in enumerate(lines[1:body], 1):
        header |= split_facts(line.removeprefix("@@"), NOTE_FACTS | CONTEXT_FACTS, place.down(number))
    end = next((n for n, line in enumerate(lines) if line.rstrip() == _LABELS), len(lines))
    text = "\n".join(lines[body:end]).strip("\n")
    labels = "\n".join(lines[end + 1 :]).rstrip("\n")
    return Sheet(
        lines[0].split()[1], header, text, tuple(labels.split("\n")) if labels else (), place, end + 1
    )


def read_sheets(
    source: Path | str, *, name: str = "sheet", texts: Mapping[str, str] | None = None
) -> tuple[MarkedText, ...]:
    r"""Read labelled sheets to texts with events.

    Parameters
    ----------
    source : Path or str
        A UTF-8 file, or its content.
    name : str, default="sheet"
        What to call a string in errors.
    texts : mapping of str to str, optional
        The notes by id, for sheets that hold labels alone.

    Returns
    -------
    tuple of MarkedText
        With facts of the note and of its context; events in the order of the sheet.

    Raises
    ------
    MarkError
        If a line cannot be read or a quote does not stand in the note; it repeats no words of the note.

    Examples
    --------
    >>> labels = "#1 ordered IM not_supported | drug B12\n=> not_supported"
    >>> [note] = read_sheets(f"@@@ n1\nB12 IM\n@@ labels\n{labels}\n")
    >>> note.events[0].slots["drug"][0].text, note.facts["outcome"]
    ('B12', 'not_supported')
    """
    if isinstance(source, Path):
        name, source = source.name, source.read_bytes().decode("utf-8")
    return tuple(_read(sheet, texts or {}) for sheet in split_sheets(source, name))


def _read(sheet: Sheet, texts: Mapping[str, str]) -> MarkedText:
    text = texts.get(sheet.id, "") if not sheet.text else sheet.text
    if not text:
        raise sheet.place.error(f"no text is known for {sheet.id!r}")
    decision: dict[str, str] | None = None
    events: list[MarkedEvent] = []
    for number, line in enumerate(sheet.labels):
        place = sheet.place.down(sheet.labels_at + number)
        if line.startswith("=>"):
            decision = read_decision(line, place)
        elif line.strip():
            events.append(_event(read_event(line.strip(), place), text))
    if decision is None:
        raise sheet.place.error("no line '=> outcome …' says what follows")
    if len({event.id for event in events}) < len(events):
        raise sheet.place.error("two events have one number")
    facts = {"id": sheet.id} | {key: value for key, value in sheet.header.items() if key not in CONTEXT_FACTS}
    context = {key: value for key, value in sheet.header.items() if key in CONTEXT_FACTS}
    return MarkedText(text, tuple(events), sheet.place.line, "", facts | decision, context)


def _event(labels: EventLabels, text: str) -> MarkedEvent:
    own = next((quote for slot, quote in labels.quotes if slot in ("drug", "shot")), None)
    if own is None:
        raise labels.place.error(f"event #{labels.id} has neither 'drug' nor 'shot'")
    anchor = find_quote(text, own)
    slots: dict[str, list[Mention]] = {}
    for slot, quote in labels.quotes:
        place = find_quote(text, quote, None if quote == own else anchor)
        if place is None:
            raise labels.place.error(f"the words under {slot!r} of #{labels.id} do not stand in the note")
        slots.setdefault(slot, []).append(
            Mention(slot.rstrip("?"), *place, text[place[0] : place[1]], "marked")
        )
    return MarkedEvent(
        labels.id, labels.status, labels.route, {s: tuple(m) for s, m in slots.items()}, labels.facts
    )


__all__ = ["MarkError", "Sheet", "read_sheets", "split_sheets"]
