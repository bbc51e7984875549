"""Whose work an event was: the people whom the note names near it, as giver, orderer and supervisor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deltoid.pipeline import people
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Person

_FAR = 3  # sentences after the drug in which "given by RN Lee" still speaks of it
_SIGNATURE = 3  # sentences at the end among which the signature stands
_SIGNED_FOR = 2  # events for which a signature far from them may stand


def credit(reading: Reading, events: Sequence[Draft]) -> None:
    """Fill who gave, ordered and supervised, in place.

    Examples
    --------
    >>> from deltoid.pipeline.events import drafts_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Toradol 60 mg IM per Dr. Nash. Given by RN Lee")
    >>> drafts = drafts_of(reading)
    >>> credit(reading, drafts)
    >>> drafts[0].ordered_by.mention.text, drafts[0].given_by.mention.text
    ('Dr. Nash', 'RN Lee')
    """
    given = [event for event in events if event.status == "administered"]
    near = _neighbourhood(reading, events)
    _assign(reading, given, people.givers(reading.text, near), "given_by")
    _assign(reading, events, people.orderers(reading.text, near), "ordered_by")
    _assign(reading, given, people.supervisors(reading.text, near), "supervised_by")


def _neighbourhood(reading: Reading, events: Sequence[Draft]) -> list[Stretch]:
    """Return where people may be named for an event: its sentence, a few around it, and the signature."""
    if not events:
        return []
    last = len(reading.sentences) - 1
    homes = {_sentence_of(reading, event) for event in events}
    near = {number for home in homes for number in range(home - 1, home + _FAR + 1)} | set(
        range(last - _SIGNATURE, last + 1)
    )
    wanted = {number for number in near if 0 <= number <= last}
    firsts = sorted(number for number in wanted if number - 1 not in wanted)
    lasts = sorted(number for number in wanted if number + 1 not in wanted)
    return [
        Stretch(reading.sentences[first].start, reading.sentences[end].end)
        for first, end in zip(firsts, lasts, strict=True)
    ]


def _assign(reading: Reading, events: Sequence[Draft], found: Iterable[Person], slot: str) -> None:
    for person in found:
        for event in _meant(reading, events, person):
            if getattr(event, slot) is None:
                setattr(event, slot, person)


def _meant(reading: Reading, events: Sequence[Draft], person: Person) -> Sequence[Draft]:
    """Return the events of the same sentence, else the last shortly before, else those signed for."""
    here = reading.sentence_index(person.mention.start)
    near = [e for e in events if 0 <= here - _sentence_of(reading, e) <= _FAR]
    if near:
        return [e for e in near if _sentence_of(reading, e) == here] or near[-1:]
    signed = person.mention.norm in ("signed", "signature") and len(events) <= _SIGNED_FOR
    return events if signed else ()


def _sentence_of(reading: Reading, event: Draft) -> int:
    return reading.sentence_index(event.anchor.start)
