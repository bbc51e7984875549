"""Writing marked texts: the other half of :mod:`deltoid.annotations.marked`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from deltoid.annotations.escapes import escape, escape_lines
from deltoid.annotations.marked import MarkedEvent, MarkedText


def write_marked(texts: Iterable[MarkedText]) -> str:
    r"""Write texts with their marks, so that the reader gives them back equal.

    Parameters
    ----------
    texts : iterable of MarkedText
        Texts whose mentions are either the same span or apart, with offsets into their text.

    Returns
    -------
    str
        The content of a file; ends with a line break.

    Raises
    ------
    ValueError
        If a text is empty, or two mentions overlap without being the same span: the format cannot say either.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> print(write_marked(read_marked("Given [drug#1 B12].\n=> #1 administered")), end="")
    Given [drug#1 B12].
    => #1 administered
    """
    return "---\n".join("".join(f"{line}\n" for line in _lines(text)) for text in texts)


def _lines(text: MarkedText) -> Iterator[str]:
    if not text.text:
        raise ValueError("an empty text cannot be written; leave it out")
    if text.comment:
        yield from (f"# {line}" for line in text.comment.split("\n"))
    yield escape_lines(_outer_breaks("".join(_body(text))))
    if text.facts:
        yield "=> note" + _facts(text.facts)
    yield from (_event(event) for event in text.events)
    if not text.events:
        yield "=> none"


def _outer_breaks(body: str) -> str:
    inner = body.strip("\n")
    lead = len(body) - len(body.lstrip("\n"))
    return r"\n" * lead + inner + r"\n" * (len(body) - len(inner) - lead if inner else 0)


def _body(text: MarkedText) -> Iterator[str]:
    labels: dict[tuple[int, int], dict[str, list[int]]] = defaultdict(dict)
    for event in text.events:
        for slot, mentions in event.slots.items():
            for mention in mentions:
                labels[mention.start, mention.end].setdefault(slot, []).append(event.id)
    at = 0
    for (start, end), slots in sorted(labels.items()):
        if start < at:
            raise ValueError(f"the mentions before {at} and at {start} overlap, which marks cannot say")
        names = "+".join(f"{slot}#{','.join(map(str, ids))}" for slot, ids in slots.items())
        yield f"{escape(text.text[at:start])}[{names} {_first_break(escape(text.text[start:end]))}]"
        at = end
    yield escape(text.text[at:])


def _first_break(words: str) -> str:
    return rf"\n{words[1:]}" if words.startswith("\n") else words


def _event(event: MarkedEvent) -> str:
    route = f" {event.route}" if event.route else ""
    return f"=> #{event.id} {event.status}{route}{_facts(event.facts)}"


def _facts(facts: Mapping[str, str]) -> str:
    return "".join(f" {key}={value}" for key, value in facts.items())
