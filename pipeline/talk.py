"""Events that are none of today's after all: asked about, only named, denied behind, given by the family."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from deltoid.pipeline.denied import WASTED, Denial, denials
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.types import EncounterFacts, Injection, Mention

_EMPTY_BOX = re.compile(r"(?:\[\s*\]|\(\s+\)|\u2610)[^\[\]\n\u2610;]*$")
_BOX_WIDTH = 30  # characters between an empty box and what it would have said
_RIGHT_BEHIND = re.compile(
    r"\s+(?:[\d.,]+\s*)?(?:\w+\s+)?"
)  # "wife gave B12", "gave 1,000 mcg B12"; not "gave OK for"
_NUMBER = re.compile(r"\s*\d")  # "depo 80": an amount without its unit
_LISTED = frozenset({"vaccine", "implant", "allergen"})  # given though only named: "Shots: MMR, Tdap"
_NAMED_SO = 3  # characters between a drug and "inj" or "shot"


def sifted(reading: Reading, events: Sequence[Injection], told: EncounterFacts) -> tuple[Injection, ...]:
    """Return the events with the status that the words around and behind them leave.

    Parameters
    ----------
    reading : Reading
    events : sequence of Injection
    told : EncounterFacts
        With the statements of the note: ``not_given`` and ``family_gave`` are looked for.

    Examples
    --------
    >>> from deltoid.pipeline.assemble import assemble
    >>> from deltoid.pipeline.events import events_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Toradol 60 mg IM given R glute by RN Lee. Heparin at hand? Epi at hand.")
    >>> events = sifted(reading, assemble(reading, events_of(reading)), EncounterFacts())
    >>> [(event.drug.name, event.status) for event in events]
    [('ketorolac', 'administered'), ('heparin', 'hypothetical'), ('epinephrine', 'hypothetical')]
    """
    denied = list(denials(reading, events, told))
    family = told.find("family_gave")
    spoken = (_only_talk(reading, event, events) for event in events)
    return tuple(_by_family(reading, _not_given(event, denied), family) for event in spoken)


def _only_talk(reading: Reading, event: Injection, events: Sequence[Injection]) -> Injection:
    """Return the event as hypothetical where the note ticks no box for it, asks for it or only names it."""
    if event.status != "administered" or event.doubt:
        return event
    others = (other for other in events if other is not event)
    named = _bare(reading, event) and any(not _bare(reading, other) for other in others)
    talk = _unticked(reading, event) or _asked(reading, event) or named
    return replace(event, status="hypothetical") if talk else event


def _not_given(event: Injection, denied: Sequence[Denial]) -> Injection:
    """Return the event as declined where the record denies it, in doubt where it also says it was given."""
    if event.status != "administered" or event.doubt or event.drug is None:
        return event
    spots = {(m.start, m.end) for m in (event.drug.mention, *event.also)}
    denial = next((words for drug, words in denied if (drug.start, drug.end) in spots), None)
    if denial is None:
        return event
    if event.evidence or (event.time and event.time.norm == "clock"):
        if denial.norm == WASTED:
            return event
        return replace(event, doubt="conflict", evidence=(*event.evidence, denial))
    return replace(event, status="declined", evidence=(denial,))


def _by_family(reading: Reading, event: Injection, family: Sequence[Mention]) -> Injection:
    """Return the event as the family's where one of it is said to have given the drug that follows."""
    if event.status != "administered" or event.drug is None:
        return event
    start = event.drug.mention.start
    told = any(m.end < start and _RIGHT_BEHIND.fullmatch(reading.text, m.end, start) for m in family)
    return replace(event, status="self_administered") if told else event


def _unticked(reading: Reading, event: Injection) -> bool:
    """Return whether the words stand behind an empty box of a form: "[ ] injection given"."""
    spots = [event.drug.mention] if event.drug else list(event.evidence)
    return any(_EMPTY_BOX.search(reading.text, max(0, m.start - _BOX_WIDTH), m.start) for m in spots)


def _asked(reading: Reading, event: Injection) -> bool:
    """Return whether the drug is only asked about: "Heparin SC prior to flight?", "Xgeva? - held"."""
    if event.drug is None or event.evidence:
        return False
    if reading.text.startswith("?", event.drug.mention.end) and not (event.route or event.dose):
        return True
    if event.given_by or event.time:
        return False
    sentence = reading.sentence(event.drug.mention.start)
    told = [m for m in (event.route and event.route.mention, event.site and event.site.mention) if m]
    last = max((m.end for m in told if sentence.holds(m.start)), default=event.drug.mention.end)
    words = reading.text[last : sentence.end].rstrip()
    # "IM?" doubts the route, "IM prior to the flight?" the giving
    return words.endswith("?") and "," not in words and len(words.split()) > 1 and not event.also


def _bare(reading: Reading, event: Injection) -> bool:
    """Return whether the note only names the drug: no amount, way, place, time, giver or word of giving.

    Beside an injection that is told with any of these it is talk: "epi at hand", "DEPO CLINIC".
    """
    told = (
        event.dose,
        event.volume,
        event.route,
        event.site,
        event.time,
        event.given_by,
        event.lot,
        event.device,
    )
    if (
        any(told)
        or event.evidence
        or event.mixed_with
        or event.drug is None
        or event.drug.category in _LISTED
    ):
        return False
    sentence, end = reading.sentence(event.drug.mention.start), event.drug.mention.end
    if _NUMBER.match(reading.text, end):
        return False
    return not any(0 <= m.start - end <= _NAMED_SO for m in reading.within("needle", sentence))
