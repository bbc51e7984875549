"""How the notes of a corpus are spread: settings, writers, lengths, drugs, fates, and what is billed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from deltoid.annotations.marked import MarkedEvent, MarkedText

Counts = Mapping[str, int]
_LENGTHS = (("up to 60 words", 60), ("61 to 250", 250), ("251 to 450", 450), ("above 450", None))
_NOTES: Mapping[str, Callable[[MarkedText], str]] = {
    "setting": lambda note: note.facts.get("setting", "-"),
    "writer's role": lambda note: note.facts.get("role", "-"),
    "form": lambda note: note.facts.get("form", "-"),
    "noise": lambda note: note.facts.get("noise", "-"),
    "length": lambda note: _length(len(note.text.split())),
    "payer": lambda note: note.context.get("payer", "commercial"),
    "place of service": lambda note: note.context.get("pos", "-"),
    "outcome": lambda note: note.facts.get("outcome", "-"),
    "events in the note": lambda note: _events(note.events),
}
_EVENTS: Mapping[str, Callable[[MarkedEvent], str]] = {
    "status": lambda event: (
        event.status + {"unclear": " ?", "conflict": " !"}.get(event.facts.get("doubt", ""), "")
    ),
    "route": lambda event: event.route or "UNKNOWN",
    "disposition": lambda event: event.facts.get("disposition", "-"),
    "redirect to": lambda event: event.facts.get("code", "-"),
}


def spread(notes: Sequence[MarkedText]) -> dict[str, Counts]:
    """Count the notes and events of a corpus in every way that the plan names.

    Parameters
    ----------
    notes : sequence of MarkedText
        With their facts.

    Returns
    -------
    dict of str to mapping of str to int
        By the name of the table; each with the commonest first.

    Examples
    --------
    >>> spread([MarkedText("No shot.", facts={"form": "soap"})])["form"]
    {'soap': 1}
    """
    events = [event for note in notes for event in note.events]
    tables = {name: Counter(told(note) for note in notes) for name, told in _NOTES.items()}
    tables |= {name: Counter(told(event) for event in events) for name, told in _EVENTS.items()}
    tables["redirect to"].pop("-", None)
    return {name: dict(counts.most_common()) for name, counts in tables.items()}


def shares(notes: Sequence[MarkedText]) -> dict[str, str]:
    """Return the figures that the plan sets bounds to, as words.

    Examples
    --------
    >>> shares([MarkedText("No shot.")])["without any event"]
    '1 (100 %)'
    """
    events = [event for note in notes for event in note.events]
    core = sum(event.status == "administered" and event.route in ("IM", "SC") for event in events)
    long = sum(len(note.text.split()) > 250 for note in notes)
    several = sum(len({event.status for event in note.events}) > 1 for note in notes)
    return {
        "notes": str(len(notes)),
        "words": str(sum(len(note.text.split()) for note in notes)),
        "events": str(len(events)),
        "different drug words": str(len(set(drug_words(events)))),
        "events given by IM or SC": _share(core, len(events)),
        "longer than 250 words": _share(long, len(notes)),
        "without any event": _share(sum(not note.events for note in notes), len(notes)),
        "asking (query)": _share(sum(note.facts.get("outcome") == "query" for note in notes), len(notes)),
        "several events of different status": _share(several, len(notes)),
        "in contrast families": _share(sum(bool(family(note)) for note in notes), len(notes)),
    }


def family(note: MarkedText) -> str | None:
    """Return the contrast family of a note, named with its writer, or None.

    Examples
    --------
    >>> family(MarkedText("x", facts={"id": "w01-004", "family": "f02"}))
    'w01-f02'
    """
    name = note.facts.get("family", "-")
    return None if name == "-" else f"{note.facts['id'].partition('-')[0]}-{name}"


def drug_words(events: Sequence[MarkedEvent]) -> Iterator[str]:
    """Yield the words of each event's drug, in lower case with single blanks.

    Examples
    --------
    >>> list(drug_words([MarkedEvent(1, "ordered")]))
    []
    """
    for event in events:
        for mention in event.slots.get("drug", ())[:1]:
            yield " ".join(mention.text.lower().split())


def _length(words: int) -> str:
    return next(name for name, most in _LENGTHS if most is None or words <= most)


def _events(events: Sequence[MarkedEvent]) -> str:
    return str(len(events)) if len(events) < 5 else "5 or more"


def _share(count: int, of: int) -> str:
    return f"{count} ({100 * count / of:.0f} %)" if of else str(count)
