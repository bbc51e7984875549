"""Amounts of drugs: which dose, volume, strength and waste belongs to which, and numbers without a unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deltoid.pipeline import packaging
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.linking import tie
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Mention, Quantity, Strength

_DOSE_LIMIT = 42.0  # characters that matter, as all limits here
_WASTE_LIMIT = 140.0
_VOLUMES = frozenset({"mL", "L", "mL/kg"})
_LABEL = r"<<label_word>>\s*<<number_word>>?\s*[:#]?\s*$"
_LABEL_WIDTH = 14
_HOLDS = r"[\s-]*(?:/\s*[\d.]*\s*ml\s*)?(?:<<container_kind>>\s+)?<<container>>\b"
_HOLDING = r"<<container>>\s+of\s+$"
_AMOUNT_IN_VOLUME = re.compile(r"(?P<amount>.+?)\s*(?:/|per|in)\s*(?P<volume>(?:\d|\.).*)$")


def tie_amounts(reading: Reading, stretch: Stretch, drafts: Sequence[Draft]) -> None:
    """Fill dose, volume, strength and waste of the drugs of one sentence, in place.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Kenalog 40 mg/1 cc, wasted 20 mg")
    >>> draft = Draft(None, None, reading.words["drug"][0])
    >>> tie_amounts(reading, reading.sentences[0], [draft])
    >>> draft.dose.mention.text, draft.volume.mention.text, draft.waste.mention.text
    ('40 mg', '1 cc', '20 mg')
    """
    text = reading.text
    told = [q for q in reading.quantities_in(stretch) if not _printed(text, q)]
    thrown = [q for q in told if packaging.wasted(text, q)]
    printed = [q for q in told if q not in thrown and _on_container(text, q)]
    given = [q for q in told if q not in thrown and q not in printed]
    tie(text, drafts, "dose", [q for q in given if q.unit not in _VOLUMES], _DOSE_LIMIT)
    tie(text, drafts, "volume", [q for q in given if q.unit in _VOLUMES], _DOSE_LIMIT)
    tie(text, drafts, "strength", reading.strengths_in(stretch), _DOSE_LIMIT)
    tie(text, drafts, "waste", thrown, _WASTE_LIMIT)
    tie(text, drafts, "labelled_amount", printed, _DOSE_LIMIT)
    for draft in drafts:
        _settle(draft)
        draft.dose = draft.dose or draft.labelled_amount  # "one 60 mg vial IM": all of it was given


def _on_container(text: str, quantity: Quantity) -> bool:
    """Return whether an amount is what a container holds: "30 mg single-dose vial", "2 vials of 150 mg"."""
    start, end = quantity.mention.start, quantity.mention.end
    held = regex(_HOLDS).match(text, end)
    return held is not None or regex(_HOLDING).search(text[max(0, start - _LABEL_WIDTH) : start]) is not None


def _printed(text: str, quantity: Quantity) -> bool:
    """Return whether what looks like an amount is a lot number: "lot 1881U"."""
    start = quantity.mention.start
    return regex(_LABEL).search(text[max(0, start - _LABEL_WIDTH) : start]) is not None


def _settle(draft: Draft) -> None:
    """Where only a volume is told it is the dose; "40 mg/1 cc" tells both, if no other dose does."""
    if draft.dose is None and draft.volume is None and draft.strength and draft.strength.unit:
        _take_apart(draft, draft.strength)
    if draft.dose is None and draft.volume is not None:
        draft.dose, draft.volume = draft.volume, None


def _take_apart(draft: Draft, strength: Strength) -> None:
    found = _AMOUNT_IN_VOLUME.match(strength.mention.text)
    if found:
        draft.dose = Quantity(_part(strength.mention, found, "amount"), strength.value, strength.unit)
        draft.volume = Quantity(
            _part(strength.mention, found, "volume"), strength.per_value, strength.per_unit
        )
        draft.strength = None


def _part(whole: Mention, found: re.Match[str], group: str) -> Mention:
    words = found[group].rstrip()
    start = whole.start + found.start(group)
    return Mention("quantity", start, start + len(words), words, "slots")
