"""Sentences that name no drug but go on about the one before: "60 mg IM left deltoid. Given by RN Lee"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf

from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.slots import fill
from deltoid.pipeline.status import decide
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Status

_OPEN: frozenset[Status] = frozenset({"ordered", "hypothetical", "administered"})
_HABIT = 5.0  # below this "weekly" or "daily" alone made it a home medication: "Given by RN Lee" says more
_NEAR = 3  # sentences
_LAST = 3  # drafts among which the one that a sentence goes on about is looked for
_SAID = 4.0  # "Given by C. Dunn CMA 1145." says it outright
_ENDS: Mapping[Status, float] = {"declined": 6.0, "self_administered": 3.0}  # weight from which it is over
_SHORT = 60  # characters: a nurse's line, not a sentence of an operation
_LINE = 110  # characters: a line of a record may be longer than a nurse's phrase
_GIVEN = r"\b<<giving_word>>\b"
_PRINTED = ("dose", "time", "date", "lot", "ndc", "expiration", "waste", "container")
_RECORD = r"\b<<record_word>>\b"
_SLOTS = (
    "dose", "volume", "strength", "route", "site", "time", "date", "lot", "ndc", "expiration", "waste",
    "container",
)  # fmt: skip


def adopt(reading: Reading, stretch: Stretch, drafts: Sequence[Draft]) -> None:
    """Give what a drugless sentence tells to the drug before it, for the slots that one still lacks.

    Parameters
    ----------
    reading : Reading
    stretch : Stretch
        A sentence without a drug.
    drafts : sequence of Draft
        Those of the sentences before it, in order; the last that is open is changed in place.

    Examples
    --------
    >>> from deltoid.pipeline.events import drafts_of
    >>> from deltoid.pipeline.reading import read_note
    >>> draft = drafts_of(read_note("Toradol ordered. 60 mg IM left deltoid given."))[0]
    >>> draft.status, draft.dose.mention.text, draft.site.mention.text
    ('administered', '60 mg', 'left deltoid')
    """
    if not drafts or not reading.tells(stretch):
        return
    open_ones = [d for d in drafts[-_LAST:] if _is_open(d) and _follows(reading, stretch, d)]
    if not open_ones:
        return
    last = next((d for d in reversed(open_ones) if d.status in _OPEN), open_ones[-1])
    anchor = replace(last.anchor, start=stretch.start, end=stretch.start)
    shadow = Draft(last.mention, last.substance, anchor)
    fill(reading, stretch, [shadow])
    _become(reading, last, shadow)
    if _speaks_of_it(reading, stretch, shadow):
        last.sites = last.sites or list(shadow.sites)
        last.complete(shadow, _SLOTS if _of_giving(reading, stretch) else _PRINTED)


def _of_giving(reading: Reading, stretch: Stretch) -> bool:
    """Return whether route and place are of the giving: the subcutaneous tissue of an operation is not."""
    short = stretch.end - stretch.start <= _LINE
    return short or regex(_GIVEN).search(reading.text, stretch.start, stretch.end) is not None


def _is_open(draft: Draft) -> bool:
    return draft.status in _OPEN or (draft.status == "self_administered" and draft.weight < _HABIT)


def _follows(reading: Reading, stretch: Stretch, draft: Draft) -> bool:
    gap = reading.sentence_index(stretch.start) - reading.sentence_index(draft.anchor.start)
    same_part = reading.section(stretch.start) == reading.section(draft.anchor.start)
    return 0 < gap <= _NEAR and same_part and draft.form != "never"


def _become(reading: Reading, last: Draft, shadow: Draft) -> None:
    """Let the sentence say what became of the drug before it: "Given by RN Lee", "Not given, pt left"."""
    verdict = decide(reading, shadow.anchor)
    if verdict.weight >= _ENDS.get(verdict.status, inf) and last.status != "administered":
        last.status, last.weight = verdict.status, verdict.weight
    elif _recorded(shadow) or (verdict.status == "administered" and verdict.weight >= _SAID):
        last.status, last.weight = "administered", max(verdict.weight, _SAID)
    else:
        return
    last.evidence = [*last.evidence, *verdict.evidence]


def _recorded(shadow: Draft) -> bool:
    return shadow.site is not None and (shadow.time or shadow.route or shadow.lot) is not None


def _speaks_of_it(reading: Reading, stretch: Stretch, shadow: Draft) -> bool:
    """Return whether the sentence goes on about the drug and not about skin, veins or the next step."""
    if shadow.ndc is not None or shadow.expiration is not None:
        return True
    if not (shadow.route or shadow.site or shadow.lot or shadow.time):
        return False
    if regex(_RECORD).search(reading.text, stretch.start, stretch.end):
        return True
    return stretch.end - stretch.start <= _SHORT and bool(shadow.dose or shadow.route)
