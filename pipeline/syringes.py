"""How many sticks there were, and which drugs shared a syringe."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from deltoid.pipeline import lexicon
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.linking import coordinated
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading

_COUNT = (
    r"\b(?:x\s?(?P<times>[2-6])\b(?!\s*<<not_sticks>>)"
    r"|(?P<word><<several>>)\s+(?:separate\s+)?<<sticks>>"
    r"|(?P<one><<single>>)\s+<<stick>>\b)"
)
_ONE_SYRINGE = r"\b<<one_syringe>>\b"
_ADDED_TO = r"(?-i:<<added_to>>)"  # capitals are headings: "OF"


def count_sticks(reading: Reading, event: Draft) -> None:
    """Fill how often the needle went in, where the sentence tells it, in place.

    Examples
    --------
    >>> from deltoid.pipeline.events import drafts_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Bicillin 2.4 million units IM in two injections")
    >>> event = drafts_of(reading)[0]
    >>> count_sticks(reading, event)
    >>> event.sticks
    2
    """
    told = (reading.sentence(mention.start) for mention in (event.anchor, *event.also))
    counts = (regex(_COUNT).search(reading.text[sentence.start : sentence.end]) for sentence in told)
    found = next((count for count in counts if count), None)
    if found and found["one"]:
        event.sticks = 1
    elif found:
        event.sticks = _number((found["times"] or found["word"]).lower())
    elif event.sites:
        event.sticks = 1 + len(event.sites)


def _number(told: str) -> int:
    return int(lexicon.numbers()[told]) if told in lexicon.numbers() else int(told)


def join_mixtures(reading: Reading, events: Sequence[Draft]) -> None:
    """Make neighbours that shared a syringe each other's partners, in place.

    Examples
    --------
    >>> from deltoid.pipeline.events import drafts_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Injected Kenalog 40 mg and 2 cc Marcaine, mixed, into the knee")
    >>> events = drafts_of(reading)
    >>> join_mixtures(reading, events)
    >>> [[partner.name for partner in event.partners] for event in events]
    [['bupivacaine'], ['triamcinolone acetonide']]
    """
    for event, after in pairwise(events):
        if _near(reading, event, after) and (
            _in_one_syringe(reading, event, after) or _numbed(reading, event, after)
        ):
            event.partners.append(after)
            after.partners.append(event)


def _near(reading: Reading, event: Draft, after: Draft) -> bool:
    return reading.sentence_index(after.anchor.start) - reading.sentence_index(event.anchor.start) <= 1


def _in_one_syringe(reading: Reading, event: Draft, after: Draft) -> bool:
    sentence, following = reading.sentence(event.anchor.start), reading.sentence(after.anchor.start)
    words = reading.text[sentence.start : max(sentence.end, following.end)]
    return regex(_ONE_SYRINGE).search(words) is not None


def _numbed(reading: Reading, event: Draft, after: Draft) -> bool:
    """Return whether one of two listed drugs is a local anaesthetic that was added to the other."""
    if "local" not in (event.form, after.form) or not coordinated(reading, event.anchor, after.anchor):
        return False
    between = reading.text[event.anchor.end : after.anchor.start]
    return regex(_ADDED_TO).search(between) is not None
