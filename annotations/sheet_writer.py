"""Writing sheets: labels as quotes under a note, and packets for second readers and adjudicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from deltoid.annotations.adjudication import sides
from deltoid.annotations.differences import DECISION_KEYS, Difference, differences, judged
from deltoid.annotations.marked import MarkedEvent, MarkedText
from deltoid.annotations.sheet_quotes import quote_of

_DOUBTS = {"unclear": "?", "conflict": "!"}
_IN_HEAD = frozenset(("disposition", "code", "doubt", "implied"))


def label_lines(note: MarkedText) -> Iterator[str]:
    r"""Yield the label lines of a note, as :func:`deltoid.annotations.sheets.read_sheets` reads them.

    Examples
    --------
    >>> from deltoid.annotations.sheets import read_sheets
    >>> lines = ["#1 ordered? IM query | drug B12 | sticks=2", "=> query | missing administration"]
    >>> [note] = read_sheets("\n".join(["@@@ n1", "B12 IM now", "@@ labels", *lines]))
    >>> list(label_lines(note)) == lines
    True
    """
    yield from (_event(event, note.text) for event in note.events)
    decision = [f"=> {note.facts['outcome']} {note.facts.get('lines', '')}".rstrip()]
    decision += [f"{key} {note.facts[key]}" for key in DECISION_KEYS if key != "lines" and key in note.facts]
    yield " | ".join(decision)


def _event(event: MarkedEvent, text: str) -> str:
    doubt = _DOUBTS.get(event.facts.get("doubt", ""), "")
    implied = f"~{event.facts['implied']}" if "implied" in event.facts else ""
    head = f"#{event.id} {event.status}{doubt} {event.route or 'UNKNOWN'}{implied} {judged(event)}"
    facts = [f"{key}={value}" for key, value in event.facts.items() if key not in _IN_HEAD]
    return " | ".join([head, *_quotes(event, text), *facts])


def _quotes(event: MarkedEvent, text: str) -> Iterator[str]:
    own = next((event.slots[slot][0] for slot in ("drug", "shot") if slot in event.slots), None)
    for slot, mentions in event.slots.items():
        for mention in mentions:
            anchor = None if own is None or mention == own else (own.start, own.end)
            quote = quote_of(text, (mention.start, mention.end), anchor)
            yield f"{slot} {' '.join(quote.split())}".replace("|", r"\|")


def reading_packet(notes: Iterable[MarkedText]) -> str:
    """Return notes with their context and without any label, for a second reader.

    Examples
    --------
    >>> note = MarkedText("No shot.", facts={"id": "n1"}, context={"payer": "medicare"})
    >>> print(reading_packet([note]), end="")
    @@@ n1
    @@ payer=medicare
    No shot.
    """
    return "".join(f"@@@ {note.facts['id']}\n{_context(note)}{note.text}\n" for note in notes)


def _context(note: MarkedText) -> str:
    told = " ".join(f"{key}={value}" for key, value in note.context.items())
    return f"@@ {told}\n" if told else ""


def adjudication_packet(pairs: Iterable[tuple[MarkedText, MarkedText]]) -> str:
    """Return the notes on which two readers part, both readings, and the numbered differences.

    Parameters
    ----------
    pairs : iterable of tuple of MarkedText
        First and second reading of each note.

    Examples
    --------
    >>> adjudication_packet([])
    ''
    """
    return "".join(_packet(first, second) for first, second in pairs)


def _packet(first: MarkedText, second: MarkedText) -> str:
    a, b = sides(first, second)
    asked = differences(a, b)
    if not asked:
        return ""
    lines = [f"@@@ {first.facts['id']}", _context(first) + first.text, "@@ A", *label_lines(a), "@@ B"]
    lines += [*label_lines(b), "@@ differences", *_questions(asked), ""]
    return "\n".join(lines) + "\n"


def _questions(asked: Sequence[Difference]) -> Iterator[str]:
    for number, one in enumerate(asked, 1):
        pair = "decision" if one.pair is None else f"A#{one.pair[0] or '-'}/B#{one.pair[1] or '-'}"
        yield f"{number}. {pair} {one.what}: A {one.a} | B {one.b}"
