"""Finding the rule that a question is about: BM25 over weighted fields."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deltoid.pipeline.explain.entries import Entry
from deltoid.pipeline.explain.tokens import tokens

WEIGHTS = (3.0, 2.0, 1.0)
SATURATION = 1.2
LENGTH = 0.4


@dataclass(frozen=True, slots=True)
class Found:
    """An entry with how well it answers; the numbers only compare answers to one question."""

    entry: Entry
    score: float


@dataclass(frozen=True)
class Index:
    """Entries with their weighted word counts, to be asked many questions.

    Examples
    --------
    >>> told = {"a": ("measles", "", ""), "b": ("rabies", "", "")}
    >>> index = Index.of(Entry(name, "rule", "", fields) for name, fields in told.items())
    >>> [found.entry.id for found in index.ask(dict.fromkeys(tokens("rabies"), 1.0))]
    ['b']
    """

    entries: Sequence[Entry]
    counts: Sequence[Counter[str]]
    rarity: dict[str, float]
    mean: float

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Index:
        """Return the index of some entries."""
        kept = tuple(entries)
        counts = tuple(_counted(entry) for entry in kept)
        seen = Counter(word for count in counts for word in count)
        rarity = {word: math.log(1 + (len(kept) - n + 0.5) / (n + 0.5)) for word, n in seen.items()}
        return cls(kept, counts, rarity, sum(count.total() for count in counts) / max(len(kept), 1))

    def ask(self, weighed: dict[str, float], most: int = 5) -> tuple[Found, ...]:
        """Return the entries that answer best.

        Parameters
        ----------
        weighed : dict
            The question's words with the weight of each.
        most : int
            How many at most.

        Returns
        -------
        tuple of Found
            Best first; empty where no word is known.
        """
        scored = (
            Found(entry, self._score(count, weighed))
            for entry, count in zip(self.entries, self.counts, strict=True)
        )
        ranked = sorted((each for each in scored if each.score > 0), key=lambda each: -each.score)
        return tuple(ranked[:most])

    def _score(self, count: Counter[str], weighed: dict[str, float]) -> float:
        damped = SATURATION * (1 - LENGTH + LENGTH * count.total() / self.mean)
        return sum(
            weight * self.rarity[word] * count[word] * (SATURATION + 1) / (count[word] + damped)
            for word, weight in weighed.items()
            if count[word]
        )


def _counted(entry: Entry) -> Counter[str]:
    count: Counter[str] = Counter()
    for text, weight in zip(entry.fields, WEIGHTS, strict=True):
        for word, times in Counter(tokens(text)).items():
            count[word] += min(times, 2) * weight  # type: ignore[assignment]
    return count
