"""Drugs named only as what another was mixed with: "lidocaine with epinephrine", "Rocephin + lidocaine"."""

from __future__ import annotations

from deltoid.pipeline.closed_sets import category_set
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Mention

_PARTNER_LEAD = r"<<partner_lead>>\s*(?:<<partner_article>>\s+)?$"
_PARTNER_REACH = 45  # characters between a drug and what it was mixed with
_ADDITIVE_LEAD = r"<<additive_lead>>\s*(?:1\s*:\s*[\d,]+\s*)?$"
_ADDITIVE_REACH = 30


def is_additive(reading: Reading, mention: Mention) -> bool:
    """Return whether epinephrine is only what a local anaesthetic contains, so that no amount is its own.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Lidocaine 1% with epinephrine, 2 mL, infiltrated")
    >>> [is_additive(reading, drug) for drug in reading.words["drug"]]
    [False, True]
    """
    category = reading.formulary.substances()[mention.norm].category
    sentence = reading.sentence(mention.start)
    if category == "fluid":
        return _is_bag(reading, mention, sentence)
    if category != "epinephrine":
        return False
    hosts = [m for m in reading.within("drug", sentence) if 0 < mention.start - m.end <= _ADDITIVE_REACH]
    led = regex(_ADDITIVE_LEAD).search(reading.text, sentence.start, mention.start)
    return bool(hosts and led and _takes(reading, hosts[-1], "epinephrine"))


_BAG_LEAD = r"<<bag_lead>>\s*(?:(?:a|the)\s+)?(?:\d+(?:\.\d+)?\s*(?:ml|cc|l)?\s*)?(?:of\s+)?$"
_BAG_REACH = 70


def _is_bag(reading: Reading, mention: Mention, sentence: Stretch) -> bool:
    """Return whether a fluid only carries a drug: "1 g in 100 mL NS"."""
    hosts = [m for m in reading.within("drug", sentence) if 0 < mention.start - m.end <= _BAG_REACH]
    led = regex(_BAG_LEAD).search(reading.text, sentence.start, mention.start)
    return bool(hosts and led)


def is_partner(reading: Reading, draft: Draft) -> bool:
    """Return whether a drug is only what another was mixed with, and has no dose of its own.

    Examples
    --------
    >>> from deltoid.pipeline.events import drafts_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Rocephin 1 g IM mixed with lidocaine")
    >>> [is_partner(reading, draft) for draft in drafts_of(reading)]
    [False, True]
    """
    if draft.substance is None or draft.substance.category not in category_set("partner"):
        return False
    if draft.dose or draft.volume or draft.form not in ("local", "either", "needle"):
        return False
    start = _start(draft)
    sentence = reading.sentence(draft.anchor.start)
    led = regex(_PARTNER_LEAD).search(reading.text[sentence.start : start])
    hosts = [m for m in reading.within("drug", sentence) if 0 <= start - m.end <= _PARTNER_REACH]
    return bool(led and hosts and _takes(reading, hosts[-1], draft.substance.category))


def _start(draft: Draft) -> int:
    """Return where a drug begins with its strength: "1% lidocaine"."""
    if draft.strength and draft.strength.mention.end <= draft.anchor.start:
        return draft.strength.mention.start
    return draft.anchor.start


def _takes(reading: Reading, host: Mention, category: str) -> bool:
    """Return whether a drug is one that others of `category` are mixed into."""
    wanted = "local_anaesthetic" if category == "epinephrine" else "antibiotic"
    return reading.formulary.substances()[host.norm].category == wanted
