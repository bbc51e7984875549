"""Diagnosis codes that the note itself writes, as reasons: beside the condition they name, or alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from deltoid.pipeline.reading import Reading
from deltoid.pipeline.types import Injection, Mention, Reason

# three characters alone ("C61") are a code only behind a word that says so: C5 is a vertebra, B12 a vitamin
_CODE = re.compile(
    r"(?<![\w.-])[A-TV-Z]\d[0-9AB](?:\.[0-9A-Z]{1,4}|(?<=(?:dx\s)...)|(?<=(?:dx:\s)...)|(?<=(?:icd-10\s)...)"
    r"|(?<=\(...)(?=\)))(?![\w-]|\.\d)",
    re.IGNORECASE,
)
_BESIDE = 4  # characters between a condition and its code: a blank, a bracket, a dash


def coded(reading: Reading, events: Sequence[Injection]) -> tuple[Injection, ...]:
    """Return the events with the diagnosis codes that the note writes for them.

    Examples
    --------
    >>> from deltoid.pipeline.assemble import assemble
    >>> from deltoid.pipeline.events import events_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Depo-Provera 150 mg IM R deltoid by RN Lee. Z30.42")
    >>> events = coded(reading, assemble(reading, events_of(reading)))
    >>> [reason.mention.text for reason in events[0].necessity]
    ['Z30.42']
    """
    codes = list(find(reading.text))
    return tuple(_with(reading, event, codes, events) for event in events)


def find(text: str) -> Iterator[Mention]:
    """Return the diagnosis codes of a text."""
    for found in _CODE.finditer(text):
        yield Mention(
            "diagnosis", found.start(), found.end(), found.group(), "diagnoses", found.group().upper()
        )


def _with(
    reading: Reading, event: Injection, codes: Sequence[Mention], events: Sequence[Injection]
) -> Injection:
    if event.status != "administered" or event.drug is None or not codes:
        return event
    named = tuple(_beside(reason, codes) for reason in event.necessity)
    taken = {code for reason in named for code in reason.icd10cm}
    free = [c for c in codes if c.norm not in taken and _concerns(reading, event, c, events)]
    return replace(event, necessity=(*named, *(Reason(code, (code.norm,)) for code in free)))


def _beside(reason: Reason, codes: Sequence[Mention]) -> Reason:
    """Return the reason with the code that stands right beside it."""
    end, start = reason.mention.end, reason.mention.start
    near = [c.norm for c in codes if 0 <= c.start - end <= _BESIDE or 0 <= start - c.end <= _BESIDE]
    return replace(reason, icd10cm=tuple(dict.fromkeys((*reason.icd10cm, *near))))


def _concerns(reading: Reading, event: Injection, code: Mention, events: Sequence[Injection]) -> bool:
    """Return whether a code that stands alone is this event's: in its sentence, or the only event's."""
    given = [e for e in events if e.status == "administered" and e.drug]
    alone = len(given) == 1 and not event.necessity
    return alone or (
        event.drug is not None
        and reading.sentence_index(code.start) == reading.sentence_index(event.drug.mention.start)
    )
