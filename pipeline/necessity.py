"""Why a drug was given: the conditions of the note, weighed by where they stand and what the drug is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from deltoid.pipeline import tabular
from deltoid.pipeline.closed_sets import section_weights
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.types import Mention, Reason

_LED = r"\b<<reason_lead>>\b\s*(?::\s*)?(?:<<reason_adjective>>\s+){0,3}$"
_NEGATED = r"\b<<negation>>\s+(?:[\w/-]+[\s,]+(?:or\s+|and\s+)?){0,4}$"

_ENOUGH = 6.5  # weight from which a condition is a likely reason
_MOST = 4  # reasons of one drug
_MEANT = 5.0  # weight of a condition that drugs of this class are given for
_SAID = 6.0  # weight of "for" before the condition and behind the drug
_SAME_SENTENCE = 2.0
_FADES = 200  # characters over which nearness in a sentence loses half its weight
_NEAR, _NEAR_SENTENCES = 1.5, 2
_WHOLE_WORD = 3  # letters up to which a word of affinities.csv must begin a word of the condition


def reasons(reading: Reading, draft: Draft) -> tuple[Reason, ...]:
    """Return the reasons for a drug, best first; none where nothing in the note is a likely one.

    Parameters
    ----------
    reading : Reading
    draft : Draft
        A finished event.

    Returns
    -------
    tuple of Reason
        Four at most.

    Examples
    --------
    >>> from deltoid.pipeline.events import events_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Has asthma and nausea. Denies pain. Gave Zofran 4 mg IM.")
    >>> [r.mention.text for r in reasons(reading, events_of(reading)[0])]
    ['nausea']
    """
    weighed = [(_weight(reading, draft, mention), mention) for mention in reading.words.get("condition", ())]
    likely = sorted((w for w in weighed if w[0] >= _ENOUGH), key=lambda w: (-w[0], w[1].start))
    return tuple(Reason(mention) for _, mention in likely[:_MOST])


def _weight(reading: Reading, draft: Draft, mention: Mention) -> float:
    if _negated(reading, mention) or _inside(draft, mention):
        return 0.0
    category = draft.substance.category if draft.substance else ""
    meant = _MEANT if _meant_for(category, mention.norm) else 0.0
    section = section_weights().get(reading.section(mention.start), 0.0)
    return meant + _nearness(reading, draft, mention) + section


def _negated(reading: Reading, mention: Mention) -> bool:
    start = reading.sentence(mention.start).start
    return regex(_NEGATED).search(reading.text, start, mention.start) is not None


def _inside(draft: Draft, mention: Mention) -> bool:
    """Return whether a condition's words are part of the drug's: "flu" in "flu shot"."""
    return any(told.start < mention.end and mention.start < told.end for told in _own_words(draft))


def _own_words(draft: Draft) -> Iterator[Mention]:
    site = draft.site.mention if draft.site else None
    yield from (m for m in (draft.mention, draft.route, site, draft.needle) if m)
    yield from draft.also


@cache
def affinities() -> Mapping[str, tuple[str, ...]]:
    """Return for each class of drug the words of the conditions that it is given for.

    Examples
    --------
    >>> "nausea" in affinities()["antiemetic"]
    True
    """
    words: defaultdict[str, list[str]] = defaultdict(list)
    for row in tabular.read("affinities.csv", ["category", "word", "source"]):
        words[row["category"]].append(row["word"])
    return {category: tuple(found) for category, found in words.items()}


@cache
def _meant_for(category: str, condition: str) -> bool:
    surface = f" {condition}"
    return any(
        f" {word}" in surface or (len(word) > _WHOLE_WORD and word in surface)
        for word in affinities().get(category, ())
    )


def _nearness(reading: Reading, draft: Draft, mention: Mention) -> float:
    return max(_nearness_to(reading, told, mention) for told in (draft.anchor, *draft.also))


def _nearness_to(reading: Reading, told: Mention, mention: Mention) -> float:
    apart = reading.sentence_index(mention.start) - reading.sentence_index(told.start)
    if apart:
        return _NEAR if abs(apart) <= _NEAR_SENTENCES else 0.0
    near = _SAME_SENTENCE - min(1.0, abs(mention.start - told.start) / _FADES)
    return near + (_SAID if _led_to(reading, told, mention) else 0.0)


def _led_to(reading: Reading, told: Mention, mention: Mention) -> bool:
    """Return whether "for" leads from the drug to the condition, with one other drug between them at most."""
    if mention.start <= told.start or len(reading.between("drug", told.end, mention.start)) > 1:
        return False
    start = reading.sentence(mention.start).start
    return regex(_LED).search(reading.text, start, mention.start) is not None
