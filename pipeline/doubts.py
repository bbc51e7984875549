"""Where a note contradicts itself about an injection: declined and given, two ways in, two amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deltoid.pipeline.cues import status_cues
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.types import Injection, Mention

# words that make one story of two tellings: a change of mind, another day, another dose, a changed order
_ONE_STORY = r"\b(?:<<one_story>>)\b"
_BESIDE = 14  # characters between a refusal and "the injection"
_OUTRIGHT = 8.0  # weight of a word that refuses by itself
_MUSCLE = frozenset({"IM", "SC"})
_VEIN = frozenset({"IV", "IV_PUSH", "IV_INFUSION"})


def doubted(reading: Reading, events: Sequence[Injection]) -> tuple[Injection, ...]:
    """Return the events, those that the note contradicts with the doubt ``conflict`` and both wordings.

    Examples
    --------
    >>> from deltoid.pipeline.assemble import assemble
    >>> from deltoid.pipeline.events import events_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("HPI: declined Toradol. MAR: Toradol 60 mg IM L deltoid 1405 RN Lee.")
    >>> [event.doubt for event in doubted(reading, assemble(reading, events_of(reading)))]
    [None, 'conflict']
    """
    return tuple(_settled(reading, event, events) for event in events)


def _settled(reading: Reading, event: Injection, events: Sequence[Injection]) -> Injection:
    if event.status != "administered" or event.doubt or event.drug is None:
        return event
    clash = next(_clashes(reading, event, events), None)
    return replace(event, doubt="conflict", evidence=clash) if clash else event


def _clashes(
    reading: Reading, event: Injection, events: Sequence[Injection]
) -> Iterator[tuple[Mention, ...]]:
    for other in events:
        if other is not event and _same_drug(event, other):
            yield from _declined(reading, event, other)
            yield from _two_amounts(reading, event, other)
    yield from _two_ways(reading, event)
    yield from _refused_unnamed(reading, event)


def _same_drug(event: Injection, other: Injection) -> bool:
    return event.drug is not None and other.drug is not None and event.drug.name == other.drug.name


def _declined(reading: Reading, event: Injection, other: Injection) -> Iterator[tuple[Mention, ...]]:
    """Yield the words of a refusal of the drug that the record says was given."""
    if (
        other.status == "declined"
        and not _two_times(event, other)
        and not _told_as_one(reading, _spot(event), _spot(other))
    ):
        yield (*(other.evidence or (_spot(other),)), *(event.evidence or (_spot(event),)))


def _two_times(event: Injection, other: Injection) -> bool:
    """Return whether two rows of a record speak of two hours: given at 09:58, not given at 14:00."""
    return event.time is not None and other.time is not None and event.time.text != other.time.text


def _two_amounts(reading: Reading, event: Injection, other: Injection) -> Iterator[tuple[Mention, ...]]:
    """Yield two doses of the same drug at the same time, or at the same place without two times."""
    if other.status != "administered" or event.dose is None or other.dose is None:
        return
    differs = event.dose.value != other.dose.value
    times = {e.time.text for e in (event, other) if e.time and e.time.norm == "clock"}
    places = [e.site.mention.text.lower() for e in (event, other) if e.site]
    at_once = len(times) < 2 and len(places) == 2 and places[0] == places[1]
    if differs and at_once and not _told_as_one(reading, _spot(event), _spot(other)):
        yield event.dose.mention, other.dose.mention


def _two_ways(reading: Reading, event: Injection) -> Iterator[tuple[Mention, ...]]:
    """Yield the route of another telling of the same dose that goes into a vein, or into no vein."""
    if event.route is None or event.route.mention is None:
        return
    for told in event.also:
        way = _route_behind(reading, told)
        ways = {event.route.code, way.norm} if way else set()
        if way and ways & _MUSCLE and ways & _VEIN and not _told_as_one(reading, event.route.mention, way):
            yield event.route.mention, way


def _refused_unnamed(reading: Reading, event: Injection) -> Iterator[tuple[Mention, ...]]:
    """Yield a refusal of "the injection" in a sentence that names no drug, where the record says "given"."""
    spot = _spot(event)
    for shot in reading.words.get("needle", ()):
        sentence = reading.sentence(shot.start)
        refusal = reading.last_before("status", shot.start)
        near = refusal is not None and sentence.holds(refusal.start) and shot.start - refusal.end <= _BESIDE
        unnamed = near and not reading.within("drug", sentence)
        if refusal and unnamed and _refuses(refusal) and not _told_as_one(reading, spot, shot):
            yield refusal, shot, *(event.evidence or (spot,))


def _refuses(words: Mention) -> bool:
    return any(
        cue.status == "declined" and cue.weight >= _OUTRIGHT for cue in status_cues().get(words.norm, ())
    )


def _route_behind(reading: Reading, drug: Mention) -> Mention | None:
    """Return the first route in the sentence behind a drug, before another drug is named."""
    sentence = reading.sentence(drug.start)
    behind = [m for m in reading.within("drug", sentence) if m.start > drug.start]
    end = behind[0].start if behind else sentence.end
    return next((m for m in reading.within("route", sentence) if drug.end <= m.start < end), None)


def _spot(event: Injection) -> Mention:
    if event.drug is None:
        raise ValueError("an event without a drug has no spot: ask only for named drugs")
    return event.drug.mention


def _told_as_one(reading: Reading, first: Mention, second: Mention) -> bool:
    sentences = (reading.sentence(m.start) for m in (first, second))
    return any(regex(_ONE_STORY).search(reading.text, s.start, s.end) for s in sentences)
