"""Changes to a labelled text: pieces replaced, every mark moved to where its words are now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from deltoid.annotations.marked import MarkedEvent, MarkedText
from deltoid.pipeline.types import Mention


class Edit(NamedTuple):
    """Words to replace: half-open offsets into the old text, and what stands there then."""

    start: int
    end: int
    words: str


def apply_edits(note: MarkedText, edits: Iterable[Edit]) -> MarkedText:
    r"""Return the note with its words replaced and its marks moved.

    Parameters
    ----------
    note : MarkedText
        A labelled note.
    edits : iterable of Edit
        In any order. Of edits that overlap the first in the text stands; an edit of which a mark covers
        only a part, and one that leaves a mark without words, is left out.

    Returns
    -------
    MarkedText
        With the same events, statuses and facts.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> [note] = read_marked("Got [drug#1 B12] [dose#1 1 mL]\n=> #1 historical")
    >>> new = apply_edits(note, [Edit(4, 7, "Toradol"), Edit(0, 3, "Had")])
    >>> new.text, new.events[0].slots["dose"][0].start
    ('Had Toradol 1 mL', 12)
    """
    spans = {(m.start, m.end) for event in note.events for mentions in event.slots.values() for m in mentions}
    kept = _apart([edit for edit in sorted(edits) if _leaves_marks(edit, spans)])
    moved = _Moved(note.text, kept)
    events = tuple(_event(event, moved) for event in note.events)
    return replace(note, text=moved.text, events=events)


def _leaves_marks(edit: Edit, spans: set[tuple[int, int]]) -> bool:
    """Return whether every mark holds the edit whole, lies within it with words left, or is apart from it."""
    for start, end in spans:
        inside = start <= edit.start and edit.end <= end
        apart = end <= edit.start or edit.end <= start
        if not (apart or inside) or (inside and (start, end) == edit[:2] and not edit.words.strip()):
            return False
    return edit.start < edit.end or bool(edit.words)


def _apart(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= max(kept[-1].end, kept[-1].start + 1):
            kept.append(edit)
    return kept


class _Moved:
    """The new text, and where each old place is now."""

    def __init__(self, text: str, edits: list[Edit]) -> None:
        self._edits = edits
        self._starts = [edit.start for edit in edits]
        self._shifts = [0]
        pieces, at = [], 0
        for edit in edits:
            pieces += [text[at : edit.start], edit.words]
            at = edit.end
            self._shifts.append(self._shifts[-1] + len(edit.words) - (edit.end - edit.start))
        self.text = "".join([*pieces, text[at:]])

    def now(self, place: int) -> int:
        """Return where a mark that began or ended here does so now: behind every edit that began before."""
        return place + self._shifts[bisect_right(self._starts, place - 1)]


def _event(event: MarkedEvent, moved: _Moved) -> MarkedEvent:
    slots = {slot: tuple(_mention(m, moved) for m in mentions) for slot, mentions in event.slots.items()}
    return replace(event, slots=slots)


def _mention(mention: Mention, moved: _Moved) -> Mention:
    start, end = moved.now(mention.start), moved.now(mention.end)
    return replace(mention, start=start, end=end, text=moved.text[start:end])
