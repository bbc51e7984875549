"""Why a drug was given: the conditions of the note, weighed by where they stand and what the drug is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from deltoid.pipeline import tabular
from deltoid.pipeline.closed_sets import section_weights
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.types import Mention, Reason

_LED = r"\b<<reason_lead>>\b\s*(?::\s*)?(?:<<reason_adjective>>\s+){0,3}$"
_NEGATED = r"\b<<negation>>\s+(?:[\w/-]+[\s,]+(?:or\s+|and\s+)?){0,4}$"

_ENOUGH = 6.0  # weight from which a condition is a likely reason
_MOST = 4  # reasons of one drug
_MEANT = 5.0  # weight of a condition that drugs of this class are given for
_SAID = 6.0  # weight of "for" before the condition and behind the drug
_SAME_SENTENCE = 2.0
_FADES = 200  # characters over which nearness in a sentence loses half its weight
_NEAR, _NEAR_SENTENCES = 1.5, 2
_ELSEWHERE = 1.0  # weight of a section that section_weights.csv does not name
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
    telling = _telling(reading, draft)
    conditions = reading.words.get("condition", ())
    weighed = [(_weight(reading, telling, mention), mention) for mention in conditions]
    likely = sorted((w for w in weighed if w[0] >= _ENOUGH), key=lambda w: (-w[0], w[1].start))
    return tuple(Reason(mention) for _, mention in likely[:_MOST])


@dataclass(frozen=True, slots=True)
class _Telling:
    """Where a drug is told, by number of sentence, and which characters are its own words ("flu shot")."""

    category: str
    told: Mapping[int, Sequence[Mention]]
    own: frozenset[int]


def _telling(reading: Reading, draft: Draft) -> _Telling:
    told: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in (draft.anchor, *draft.also):
        told[reading.sentence_index(mention.start)].append(mention)
    site = draft.site.mention if draft.site else None
    words = [m for m in (draft.mention, draft.route, site, draft.needle, *draft.also) if m]
    own = frozenset(place for m in words for place in range(m.start, m.end))
    return _Telling(draft.substance.category if draft.substance else "", told, own)


def _weight(reading: Reading, telling: _Telling, mention: Mention) -> float:
    if _negated(reading, mention) or not telling.own.isdisjoint(range(mention.start, mention.end)):
        return 0.0
    meant = _MEANT if _meant_for(telling.category, mention.norm) else 0.0
    section = section_weights().get(reading.section(mention.start), _ELSEWHERE)
    return meant + _nearness(reading, telling, mention) + section


def _negated(reading: Reading, mention: Mention) -> bool:
    start = reading.sentence(mention.start).start
    return regex(_NEGATED).search(reading.text, start, mention.start) is not None


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


_TREATED = r"\s*(?:\([^)]*\)\s*)?<<treated_with>>[^.;,]{0,40}"


def _nearness(reading: Reading, telling: _Telling, mention: Mention) -> float:
    here = reading.sentence_index(mention.start)
    around = range(here - _NEAR_SENTENCES, here + _NEAR_SENTENCES + 1)
    near = _NEAR if any(number in telling.told for number in around if number != here) else 0.0
    beside = (_beside(reading, told, mention) for told in telling.told.get(here, ()))
    return max(near, max(beside, default=0.0))


def _beside(reading: Reading, told: Mention, mention: Mention) -> float:
    near = _SAME_SENTENCE - min(1.0, abs(mention.start - told.start) / _FADES)
    return near + (_SAID if _led_to(reading, told, mention) else 0.0)


def _led_to(reading: Reading, told: Mention, mention: Mention) -> bool:
    """Return whether "for" leads from the drug to the condition, with one other drug between them at most."""
    if mention.end <= told.start:  # "hypotension was treated with fluids"
        return regex(_TREATED).fullmatch(reading.text[mention.end : told.start]) is not None
    if mention.start <= told.start or len(reading.between("drug", told.end, mention.start)) > 1:
        return False
    start = reading.sentence(mention.start).start
    return regex(_LED).search(reading.text, start, mention.start) is not None
