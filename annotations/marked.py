r"""The mark format: notes with their injection events written into the text, for people to write and read.

::

    # why this text matters
    [drug#1 Depo-Medrol] [dose#1 80 mg] [route#1 IM] [site#1 right gluteus] for [why#1 sciatica].
    => #1 administered IM side=right name=methylprednisolone acetate
    ---
    B12 level is low.
    => none

A mark is ``[slot#event words]``; words shared by events or slots are ``[route#1,2 IM]`` or
``[giver#1+order#1 I]``; ``[why?#1 pain]`` is a reading that is accepted but not the best. Comments stand
before the text, ``=>`` lines after it: a status, a route's code where the note tells the route, then facts.
``=> note setting=ED`` is about the whole note, ``=> context payer=medicare`` about what is known beside it.
Escapes: see :mod:`deltoid.annotations.escapes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deltoid.annotations.marked_events import EventLine, MarkError, Place, read_facts
from deltoid.annotations.marked_spans import Mark, read_spans
from deltoid.pipeline.types import Mention, RouteCode, Status

__all__ = ["MarkError", "MarkedEvent", "MarkedText", "read_marked"]


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """One injection as a person marked it.

    Parameters
    ----------
    id : int
        Its number within the text.
    status : Status
        What became of it.
    route : RouteCode or None
        The code of the route; None where the note does not tell it.
    slots : mapping of str to tuple of Mention
        The marked words by slot in the order of the text; ``why?`` holds accepted, second-best ones.
    facts : mapping of str to str
        What is not a span: ``doubt``, ``side``, ``sticks``, ``mixed``, ``name`` and so on.

    Examples
    --------
    >>> MarkedEvent(1, "ordered").slots
    {}
    """

    id: int
    status: Status
    route: RouteCode | None = None
    slots: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text without its marks, and the events that the marks told; offsets lead into `text`.

    `line` is where it begins in its file, counted from 1; `facts` are of the whole note (``setting``, the
    decision), `context` is what is known beside it (``payer``).
    """

    text: str
    events: tuple[MarkedEvent, ...] = ()
    line: int = field(default=1, compare=False)
    comment: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)


def read_marked(source: Path | str, *, name: str = "text") -> tuple[MarkedText, ...]:
    r"""Read every marked text of a file, or of a string.

    Parameters
    ----------
    source : Path or str
        A UTF-8 file, or the marked text itself.
    name : str, default="text"
        What to call a string in errors; a file is called by its name.

    Returns
    -------
    tuple of MarkedText
        In the order of the file; parts that hold only comments are left out.

    Raises
    ------
    MarkError
        If the marks cannot be read; it names file and line and repeats nothing of the text.

    Examples
    --------
    >>> text, = read_marked("[drug#1 Toradol] [dose#1 30 mg] given.\n=> #1 administered")
    >>> text.text, text.events[0].slots["dose"][0].start
    ('Toradol 30 mg given.', 8)
    """
    if isinstance(source, Path):
        name, source = source.name, source.read_bytes().decode("utf-8")
    return tuple(_texts(source.split("\n"), name))


def _texts(lines: list[str], name: str) -> Iterator[MarkedText]:
    start = 0
    for number, line in enumerate([*lines, "---"]):
        if line == "---":
            if any(_holds_text(part) for part in lines[start:number]):
                yield _text(lines[start:number], Place(name, start + 1))
            start = number + 1


def _holds_text(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _text(lines: list[str], place: Place) -> MarkedText:
    body = next(number for number, line in enumerate(lines) if _holds_text(line))
    end = next((number for number, line in enumerate(lines) if line.startswith("=>")), None)
    if end is None:
        raise place.error("no line '=> …' says which events there are; write '=> none' if there are none")
    words, marks = read_spans("\n".join(lines[body:end]).rstrip("\n"), place.down(body))
    told = read_facts(lines[end:], place.down(end))
    comment = "\n".join(line.removeprefix("#").strip() for line in lines[:body] if line.startswith("#"))
    events = _events(told.events, marks, words)
    return MarkedText(words, events, place.line + body, comment, told.note, told.context)


def _events(lines: Mapping[int, EventLine], marks: list[Mark], words: str) -> tuple[MarkedEvent, ...]:
    slots: dict[int, dict[str, list[Mention]]] = {number: {} for number in lines}
    for mark in marks:
        for slot, number in mark.labels:
            if number not in slots:
                raise mark.place.error(
                    f"event #{number} is marked, but no line '=> #{number} …' tells its status"
                )
            mention = Mention(slot.rstrip("?"), mark.start, mark.end, words[mark.start : mark.end], "marked")
            slots[number].setdefault(slot, []).append(mention)
    return tuple(
        MarkedEvent(
            number, line.status, line.route, {s: tuple(m) for s, m in slots[number].items()}, line.facts
        )
        for number, line in sorted(lines.items())
    )
