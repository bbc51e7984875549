"""Words by which a record takes an injection back: "Not given - fever", "Shot given: no"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deltoid.pipeline.cues import status_cues
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.types import EncounterFacts, Injection, Mention

_NEGATED_VERB = r"\b<<negation>>\b.*\b<<giving_word>>"
_OPEN = r".*\b<<negation>>$"
_GOES_ON = re.compile(r",?\s+\w")
_SUBJECT = re.compile(r"([A-Za-z][\w'/-]*)\W*$")
_THING = r"<<denied_thing>>"
_SLOTS = ("drug", "route", "site", "needle")

WASTED = "wasted"  # what is thrown away was not given, unless the record says that it was
Denial = tuple[Mention, Mention]


def denials(reading: Reading, events: Sequence[Injection], told: EncounterFacts) -> Iterator[Denial]:
    """Yield each drug that a denial speaks of, the last one named before it, with the words of the denial.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> from deltoid.pipeline.statements import widened
    >>> def said(note):
    ...     reading = read_note(note)
    ...     return [words.text for _, words in denials(reading, (), widened(reading, EncounterFacts()))]
    >>> said("Depo-Provera 150 mg IM. Not given - fever."), said("Depo-Provera 150 mg IM. Samples not given.")
    (['Not given'], [])
    """
    heard = [m for event in events if event.status == "declined" for m in event.evidence]
    for denial in told.find("not_given", "yes", WASTED):
        drug = reading.last_before("drug", denial.start)
        known = any(m.start < denial.end and denial.start < m.end for m in heard)
        if drug and not known and _of_the_shot(reading, denial):
            yield drug, denial


def _of_the_shot(reading: Reading, denial: Mention) -> bool:
    if regex(_OPEN).fullmatch(denial.text) and _GOES_ON.match(reading.text, denial.end):
        return False  # "injection given, no complications"
    if regex(_NEGATED_VERB).match(denial.text):
        return _has_no_other_subject(reading, denial)
    return not _after_refusal(reading, denial)


def _has_no_other_subject(reading: Reading, denial: Mention) -> bool:
    """Return whether only the injection can be what was not given: "prescription not given" is not it."""
    sentence = reading.sentence(denial.start)
    found = _SUBJECT.search(reading.text[sentence.start : denial.start])
    if found is None or regex(_THING).fullmatch(found[1]):
        return True
    place = sentence.start + found.start(1)
    slots = (m for label in _SLOTS for m in reading.within(label, sentence))
    amounts = (quantity.mention for quantity in reading.quantities_in(sentence))
    return any(m.start <= place < m.end for m in (*slots, *amounts))


def _after_refusal(reading: Reading, denial: Mention) -> bool:
    """Return whether a refusal came first: who declined and then changed her mind was given it."""
    refusal = reading.last_before("status", denial.start)
    if refusal is None or not reading.sentence(denial.start).holds(refusal.start):
        return False
    return any(cue.status == "declined" for cue in status_cues().get(refusal.norm, ()))
