"""The augmenter: each note anew with other drugs, amounts, places and names, and sometimes with noise; for
training alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from deltoid.annotations.augment.edits import apply_edits
from deltoid.annotations.augment.noise import KINDS
from deltoid.annotations.augment.swaps import swap_doses, swap_drugs, swap_names, swap_sites
from deltoid.annotations.marked import MarkedText

SWAPS = {"drugs": swap_drugs, "doses": swap_doses, "sites": swap_sites, "names": swap_names}


def augment(
    notes: Iterable[MarkedText], *, seed: int = 0, times: int = 1, noisy: float = 0.4
) -> Iterator[MarkedText]:
    r"""Yield each note so many times anew, its labels carried along.

    Parameters
    ----------
    notes : iterable of MarkedText
        Of the training part only: what is made of a test note would leak it.
    seed : int, default=0
        The same seed and notes give the same.
    times : int, default=1
        New notes for each.
    noisy : float, default=0.4
        Share of the new notes that also get one kind of noise.

    Yields
    ------
    MarkedText
        With ``~1``, ``~2`` behind its id; the original is not among them. The decision is that of the
        original, which other amounts may make wrong for the number of units: train what is extracted and
        what became of it with these, not the units.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> notes = read_marked("[drug#1 Toradol] [dose#1 30 mg] IM\n=> #1 ordered IM\n=> note id=n1")
    >>> [(note.facts["id"], note.text != notes[0].text) for note in augment(notes, times=2)]
    [('n1~1', True), ('n1~2', True)]
    """
    for note in notes:
        for number in range(1, times + 1):
            rng = random.Random(f"{seed}/{note.facts.get('id')}/{number}")
            yield _one(note, number, rng, noisy)


def _one(note: MarkedText, number: int, rng: random.Random, noisy: float) -> MarkedText:
    edits = [edit for swap in SWAPS.values() for edit in swap(note, rng)]
    new = apply_edits(note, edits)
    if rng.random() < noisy:
        noise = KINDS[rng.choice(sorted(KINDS))]
        new = apply_edits(new, noise(new, rng))
    return replace(new, facts={**new.facts, "id": f"{note.facts.get('id', '')}~{number}"})
