"""Whether odds mean what they say: the temperature that makes them so, and the error that is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_COLDEST, _HOTTEST, _STEPS = 0.2, 6.0, 60


def temperature(logits: Sequence[Floats], right: Sequence[NDArray[np.bool_]]) -> float:
    """Return the number by which logits are divided so that their odds fit best.

    Parameters
    ----------
    logits : sequence of array of float
        One array a question, of any length.
    right : sequence of array of bool
        Which answers of it are accepted.

    Returns
    -------
    float
        The temperature of least negative log likelihood on a grid from 0.2 to 6 (Guo et al. 2017, "On
        calibration of modern neural networks"); 1 where there is no question.

    Examples
    --------
    >>> overconfident = [np.array([8.0, 0.0])] * 4
    >>> right = [np.array([True, False])] * 3 + [np.array([False, True])]
    >>> temperature(overconfident, right) > 3
    True
    """
    if not logits:
        return 1.0
    grid = np.geomspace(_COLDEST, _HOTTEST, _STEPS)
    return float(min(grid, key=lambda t: _loss(logits, right, float(t))))


def _loss(logits: Sequence[Floats], right: Sequence[NDArray[np.bool_]], heat: float) -> float:
    return -sum(_log_odds(told / heat, mask) for told, mask in zip(logits, right, strict=True))


def _log_odds(logits: Floats, mask: NDArray[np.bool_]) -> float:
    weights = np.exp(logits - logits.max())
    return float(np.log(max(weights[mask].sum() / weights.sum(), 1e-12)))


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of like odds: how many, the odds they were given, and the share that was right."""

    count: int
    said: float
    right: float


def reliability(odds: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[Bin]:
    """Return bins of equal width that are not empty, the least sure first.

    Examples
    --------
    >>> reliability([0.95, 0.91, 0.35], [True, False, False])
    [Bin(count=1, said=0.35, right=0.0), Bin(count=2, said=0.93, right=0.5)]
    """
    told: dict[int, list[tuple[float, bool]]] = {}
    for said, true in zip(odds, right, strict=True):
        told.setdefault(min(int(said * bins), bins - 1), []).append((said, true))
    return [
        Bin(
            len(rows),
            round(sum(s for s, _ in rows) / len(rows), 4),
            round(sum(t for _, t in rows) / len(rows), 4),
        )
        for _, rows in sorted(told.items())
    ]


def expected_error(odds: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error: how far odds and share of right answers part, by bin.

    Examples
    --------
    >>> expected_error([0.9, 0.9], [True, False])
    0.4
    """
    rows = reliability(odds, right, bins)
    total = sum(row.count for row in rows)
    return round(sum(row.count * abs(row.said - row.right) for row in rows) / max(1, total), 4)
