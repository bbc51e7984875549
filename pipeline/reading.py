"""A note as it is read: its text, sentences, sections, words and amounts, with look-ups by place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.nicknames import with_nicknames
from deltoid.pipeline.quantities import Amounts, find_amounts
from deltoid.pipeline.sections import Section, find_sections, section_at
from deltoid.pipeline.text import Stretch, sentences
from deltoid.pipeline.types import Mention, Quantity, Strength
from deltoid.pipeline.visit_day import visit_day
from deltoid.pipeline.words import Vocabulary, Words, find_words, shipped_vocabulary

_Item = TypeVar("_Item")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True)
class Reading:
    """One note, looked through once; everything later works on this.

    What only some notes need, the amounts and the sections, is found when it is first asked for.

    Examples
    --------
    >>> reading = read_note("Given Rocephin 1 g IM. Tolerated well.")
    >>> [m.text for m in reading.words["drug"]], len(reading.sentences)
    (['Rocephin'], 2)
    """

    text: str
    sentences: tuple[Stretch, ...]
    words: Words
    formulary: Formulary = field(repr=False, default_factory=Formulary.shipped)
    told_day: date | None = None

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the note, in order."""
        return find_sections(self.text)

    @cached_property
    def amounts(self) -> Amounts:
        """Doses, volumes and concentrations."""
        return find_amounts(self.text)

    @cached_property
    def day(self) -> date | None:
        """The day of the encounter: as it is known beside the note, else as the note tells it."""
        return self.told_day or visit_day(self.text)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(sentence.start for sentence in self.sentences)

    @cached_property
    def _known(self) -> tuple[int, ...]:
        """Where known words begin."""
        return tuple(sorted(mention.start for found in self.words.values() for mention in found))

    def sentence_index(self, place: int) -> int:
        """Return the number of the sentence that holds the character at `place`."""
        return max(0, bisect_right(self._starts, place) - 1)

    def sentence(self, place: int) -> Stretch:
        """Return the sentence that holds the character at `place`."""
        return self.sentences[self.sentence_index(place)]

    def tells(self, stretch: Stretch) -> bool:
        """Return whether a sentence holds a figure or any known word; most hold neither and tell nothing."""
        if _FIGURE.search(self.text, stretch.start, stretch.end):
            return True
        number = bisect_left(self._known, stretch.start)
        return number < len(self._known) and self._known[number] < stretch.end

    def section(self, place: int) -> str:
        """Return the kind of section that holds the character at `place`."""
        return section_at(self.sections, place).kind

    def within(self, label: str, stretch: Stretch) -> tuple[Mention, ...]:
        """Return the mentions of `label` that begin in `stretch`."""
        return self.between(label, stretch.start, stretch.end)

    def between(self, label: str, start: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions of `label` that begin at `start` or behind it, and before `end`."""
        return tuple(_begun(self.words.get(label, ()), start, end, lambda mention: mention.start))

    def last_before(self, label: str, place: int) -> Mention | None:
        """Return the last mention of `label` that is over at `place`; mentions of one label never overlap."""
        mentions = self.words.get(label, ())
        number = bisect_right(mentions, place, key=lambda mention: mention.end)
        return mentions[number - 1] if number else None

    def last_quantity_before(self, place: int) -> Mention | None:
        """Return the last dose or volume that is over at `place`."""
        number = bisect_right(self.amounts.quantities, place, key=lambda told: told.mention.end)
        return self.amounts.quantities[number - 1].mention if number else None

    def quantities_in(self, stretch: Stretch) -> Sequence[Quantity]:
        """Return the doses and volumes that begin in `stretch`."""
        return _begun(self.amounts.quantities, stretch.start, stretch.end, lambda told: told.mention.start)

    def strengths_in(self, stretch: Stretch) -> Sequence[Strength]:
        """Return the concentrations that begin in `stretch`."""
        return _begun(self.amounts.strengths, stretch.start, stretch.end, lambda told: told.mention.start)


def _begun(items: Sequence[_Item], start: int, end: int, place: Callable[[_Item], int]) -> Sequence[_Item]:
    return items[bisect_left(items, start, key=place) : bisect_left(items, end, key=place)]


def read_note(text: str, vocabulary: Vocabulary | None = None, day: date | None = None) -> Reading:
    """Look a note through: cut it and scan it.

    Parameters
    ----------
    text : str
    vocabulary : Vocabulary, optional
        What drugs it is read by; the shipped ones if not given.
    day : datetime.date, optional
        The day of the encounter; as the note tells it if not given.

    Examples
    --------
    >>> reading = read_note("Plan: Toradol 30 mg IM")
    >>> reading.section(8), str(reading.amounts.quantities[0].value)
    ('plan', '30')
    """
    known = vocabulary or shipped_vocabulary()
    cut = tuple(sentences(text)) or (Stretch(0, len(text)),)
    words = with_nicknames(text, find_words(text, known.scanner), cut, known.formulary)
    return Reading(text, cut, words, known.formulary, day)
