"""What the encoder answers to one question, with odds that have been calibrated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deltoid.models.extraction.labels import FATES, SLOTS
from deltoid.models.extraction.windows import NOWHERE, Window
from deltoid.pipeline.text import Stretch

Logits = NDArray[np.float32]
_WIDEST = 40  # tokens of a slot's words, at most


@dataclass(frozen=True, slots=True)
class Words:
    """The words that fill a slot, or none, with the odds that this is right."""

    place: Stretch | None
    odds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The odds of each fate, and the words of each slot."""

    fates: Mapping[str, float]
    slots: Mapping[str, Words]

    def status(self) -> tuple[str, float]:
        """Return the likeliest status, given that it is an event, with its odds."""
        told = {fate: odds for fate, odds in self.fates.items() if fate != "none"}
        best = max(told, key=lambda fate: told[fate])
        return best, told[best] / max(sum(told.values()), 1e-9)


def answer(window: Window, fate: Logits, ends: Logits, temperatures: Mapping[str, float]) -> Answer:
    """Return the answer that logits give.

    Parameters
    ----------
    window : Window
    fate : array of float
        One logit a fate.
    ends : array of float
        Tokens by slots times two: the logit of a slot's first and of its last token.
    temperatures : mapping of str to float
        What the logits of ``fate`` and each slot are divided by; 1 where nothing is said.

    Examples
    --------
    >>> window = Window((101, 5, 6), ((-1, -1), (0, 3), (4, 6)), 1)
    >>> ends = np.full((3, 2 * len(SLOTS)), -9.0, np.float32)
    >>> ends[0], ends[2, 0:2] = 0.0, 9.0
    >>> told = answer(window, np.arange(8.0), ends, {})
    >>> told.status()[0], told.slots["site"].place, told.slots["why"].place
    ('other_person', Stretch(start=4, end=6), None)
    """
    fates = _odds(fate / temperatures.get("fate", 1.0))
    return Answer(
        dict(zip(FATES, map(float, fates), strict=True)),
        {
            slot: _words(window, ends[:, 2 * k : 2 * k + 2] / temperatures.get(slot, 1.0))
            for k, slot in enumerate(SLOTS)
        },
    )


def _odds(logits: NDArray[Any]) -> NDArray[Any]:
    weights = np.exp(logits - logits.max(axis=0))
    odds: NDArray[Any] = weights / weights.sum(axis=0)
    return odds


def _words(window: Window, ends: NDArray[Any]) -> Words:
    """Return the likeliest stretch from a first to a last token; the window's first token stands for none."""
    odds = _odds(ends)
    first, last = odds[:, 0], odds[:, 1]
    none = float(np.sqrt(first[0] * last[0]))
    start = int(first[1:].argmax()) + 1
    stop = start + int(last[start : _edge(window, start)].argmax())
    written = float(np.sqrt(first[start] * last[stop]))
    begin, end = window.places[start][0], window.places[stop][1]
    if none >= written or begin < 0 or end <= begin:
        return Words(None, none)
    return Words(Stretch(begin, end), written)


def _edge(window: Window, start: int) -> int:
    """Return where words that begin at a token must be over: where the window leaves the note."""
    furthest = min(start + _WIDEST, len(window.places))
    return next((k for k in range(start + 1, furthest) if window.places[k] == NOWHERE), furthest)
