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
        Texts whose mentions are the same span, apart, or one within the other, with offsets into their text.

    Returns
    -------
    str
        The content of a file; ends with a line break.

    Raises
    ------
    ValueError
        If a text is empty, or two mentions cross: the format cannot say either.

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
    if text.context:
        yield "=> context" + _facts(text.context)
    yield from (_event(event) for event in text.events)
    if not text.events:
        yield "=> none"


def _outer_breaks(body: str) -> str:
    inner = body.strip("\n")
    lead = len(body) - len(body.lstrip("\n"))
    return r"\n" * lead + inner + r"\n" * (len(body) - len(inner) - lead if inner else 0)


def _body(text: MarkedText) -> Iterator[str]:
    labels = _labels(text)
    spans = sorted(labels, key=lambda span: (span[0], -span[1]))
    inside: list[tuple[int, int]] = []
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        while inside and inside[-1][1] <= start:
            at = _close(text.text, at, inside.pop()[1], pieces)
        if inside and end > inside[-1][1]:
            raise ValueError(f"the mentions at {inside[-1][0]} and at {start} cross, which marks cannot say")
        pieces += [escape(text.text[at:start]), f"[{labels[start, end]} "]
        inside.append((start, end))
        at = start
    while inside:
        at = _close(text.text, at, inside.pop()[1], pieces)
    return iter([*_joined_breaks(pieces), escape(text.text[at:])])


def _labels(text: MarkedText) -> dict[tuple[int, int], str]:
    spans: dict[tuple[int, int], dict[str, list[int]]] = defaultdict(dict)
    for event in text.events:
        for slot, mentions in event.slots.items():
            for mention in mentions:
                spans[mention.start, mention.end].setdefault(slot, []).append(event.id)
    return {
        span: "+".join(f"{slot}#{','.join(map(str, ids))}" for slot, ids in sorted(slots.items()))
        for span, slots in spans.items()
    }


def _close(text: str, at: int, end: int, pieces: list[str]) -> int:
    pieces.append(f"{escape(text[at:end])}]")
    return end


def _joined_breaks(pieces: list[str]) -> Iterator[str]:
    """Yield the pieces so that no mark begins with a bare line break, which an editor would take for
    layout.
    """
    for before, piece in zip(["", *pieces], pieces, strict=False):
        yield _first_break(piece) if before.startswith("[") else piece


def _first_break(words: str) -> str:
    return rf"\n{words[1:]}" if words.startswith("\n") else words


def _event(event: MarkedEvent) -> str:
    route = f" {event.route}" if event.route else ""
    return f"=> #{event.id} {event.status}{route}{_facts(event.facts)}"


def _facts(facts: Mapping[str, str]) -> str:
    return "".join(f" {key}={value}" for key, value in facts.items())
