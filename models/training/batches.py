"""Examples as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch

from deltoid.models.extraction.labels import FATES, SLOTS
from deltoid.models.extraction.windows import UNHINTED, Window, Windows
from deltoid.models.training.examples import Example
from deltoid.pipeline.text import Stretch

_CHUNK = 24  # batches among which windows of like length are put together


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows and their answers; an answer is a mask of what is accepted, all false where nothing counts."""

    ids: torch.Tensor
    mask: torch.Tensor
    drug: torch.Tensor
    fate: torch.Tensor
    ends: torch.Tensor


def window_of(windows: Windows, example: Example, *, hinted: bool = True) -> Window:
    """Return the window of an example, with the hints of the rules or without."""
    hints = example.hints if hinted else UNHINTED
    return windows.cut(example.text, example.drug, hints)


def epoch(
    windows: Windows, examples: Sequence[Example], size: int, unhinted: float, chance: random.Random
) -> Iterator[Batch]:
    """Yield the batches of one pass in random order, windows of like length together.

    Parameters
    ----------
    windows : Windows
    examples : sequence of Example
    size : int
        Examples in a batch.
    unhinted : float
        Share of the windows whose hints are taken away.
    chance : random.Random
    """
    order = list(examples)
    chance.shuffle(order)
    for start in range(0, len(order), size * _CHUNK):
        chunk = order[start : start + size * _CHUNK]
        cut = [(window_of(windows, e, hinted=chance.random() >= unhinted), e) for e in chunk]
        cut.sort(key=lambda pair: len(pair[0].ids))
        groups = [cut[k : k + size] for k in range(0, len(cut), size)]
        chance.shuffle(groups)
        yield from (collate(group) for group in groups)


def collate(group: Sequence[tuple[Window, Example]]) -> Batch:
    """Return windows and their examples as one batch, the shorter ones filled up."""
    longest = max(len(window.ids) for window, _ in group)
    ids = torch.zeros(len(group), longest, dtype=torch.long)
    mask = torch.zeros(len(group), longest)
    fate = torch.zeros(len(group), len(FATES), dtype=torch.bool)
    ends = torch.zeros(len(group), longest, 2 * len(SLOTS), dtype=torch.bool)
    for row, (window, example) in enumerate(group):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        mask[row, : len(window.ids)] = 1.0
        for word in example.fates:
            fate[row, FATES.index(word)] = True
        if example.fates != ("none",):
            _mark(ends[row], window, example)
    drug = torch.tensor([window.drug for window, _ in group])
    return Batch(ids, mask, drug, fate, ends)


def _mark(ends: torch.Tensor, window: Window, example: Example) -> None:
    for number, slot in enumerate(SLOTS):
        spans = [span for s in example.slots[slot] if (span := tokens_of(window, s)) is not None]
        for first, last in spans or [(0, 0)]:
            ends[first, 2 * number] = True
            ends[last, 2 * number + 1] = True


def tokens_of(window: Window, stretch: Stretch) -> tuple[int, int] | None:
    """Return the first and last token of words of the note, None where the window lacks some."""
    first = next((k for k, (a, b) in enumerate(window.places) if a <= stretch.start < b), None)
    last = next((k for k, (a, b) in enumerate(window.places) if a < stretch.end <= b), None)
    return (first, last) if first is not None and last is not None and first <= last else None
