"""The settings of an artifact: temperatures measured on writers kept aside, and how sure is sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from deltoid.models.calibration import temperature
from deltoid.models.extraction.encoder import Encoder
from deltoid.models.extraction.labels import FATES, SLOTS
from deltoid.models.extraction.windows import Window
from deltoid.models.training.batches import tokens_of, window_of
from deltoid.models.training.examples import Example

Question = tuple[NDArray[np.float64], NDArray[np.bool_]]
SURE = "sure.toml"


def shipped_sure() -> str:
    """Return the table of how sure is sure (``sure.toml``), as text."""
    return resources.files("deltoid.models.training").joinpath(SURE).read_text(encoding="utf-8")


def settings_text(temperatures: Mapping[str, float], sure: str) -> str:
    """Return the settings file of an artifact.

    Examples
    --------
    >>> print(settings_text({"fate": 1.25}, "[sure]"))
    [temperatures]
    fate = 1.25
    <BLANKLINE>
    [sure]
    """
    told = "\n".join(f"{name} = {value:.4g}" for name, value in temperatures.items())
    return f"[temperatures]\n{told}\n\n{sure}"


def temperatures(encoder: Encoder, kept: Sequence[Example]) -> dict[str, float]:
    """Return the temperature of each kind of answer, as the examples kept aside call for it."""
    asked: dict[str, list[Question]] = {name: [] for name in ("fate", *SLOTS)}
    for example in kept:
        for name, question in _questions(encoder, example):
            asked[name].append(question)
    return {name: temperature([q for q, _ in rows], [r for _, r in rows]) for name, rows in asked.items()}


def _questions(encoder: Encoder, example: Example) -> list[tuple[str, Question]]:
    window = window_of(encoder.windows, example)
    fate, ends = encoder.logits(window)
    told = [("fate", (fate, np.array([word in example.fates for word in FATES])))]
    if example.fates == ("none",):
        return told
    for number, slot in enumerate(SLOTS):
        for end in (0, 1):
            told.append((slot, (ends[:, 2 * number + end], _accepted(window, example, slot, end))))
    return told


def _accepted(window: Window, example: Example, slot: str, end: int) -> NDArray[np.bool_]:
    places = [tokens[end] for s in example.slots[slot] if (tokens := tokens_of(window, s)) is not None]
    mask = np.zeros(len(window.ids), dtype=np.bool_)
    mask[places or [0]] = True
    return mask
