"""Which amount, route or place belongs to which drug: the cheapest pairing that keeps their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from deltoid.pipeline.types import Mention

Cost = Callable[[Mention, Mention], float]

_PAIR, _SKIP_DRUG, _SKIP_SLOT = range(3)  # of equally cheap choices the first is taken


def align(drugs: Sequence[Mention], slots: Sequence[Mention], cost: Cost, limit: float) -> dict[int, int]:
    """Pair drugs with slots one to one, in order, at least total cost.

    Parameters
    ----------
    drugs, slots : sequence of Mention
        In the order of the note.
    cost : callable
        What a pair costs, about the characters between the two.
    limit : float
        A slot is left alone rather than paired at this cost or more.

    Returns
    -------
    dict of int to int
        Index of the drug → index of its slot.

    Examples
    --------
    >>> toradol, phenergan = Mention("drug", 0, 7, "Toradol"), Mention("drug", 14, 23, "Phenergan")
    >>> doses = [Mention("dose", 8, 13, "60 mg"), Mention("dose", 24, 29, "25 mg")]
    >>> align([toradol, phenergan], doses, lambda d, s: abs(s.start - d.end), 40)
    {0: 0, 1: 1}
    """
    return dict(_pairs(_choices(drugs, slots, cost, limit), len(slots)))


def _choices(drugs: Sequence[Mention], slots: Sequence[Mention], cost: Cost, limit: float) -> list[bytearray]:
    """Return for each drug and each slot the cheapest step from there on, worked out from the end."""
    count = len(slots)
    after = [limit * (count - slot) for slot in range(count + 1)]  # what it costs once no drug is left
    choices = [bytearray(count) for _ in drugs]
    for drug in range(len(drugs) - 1, -1, -1):
        here = [0.0] * (count + 1)
        for slot in range(count - 1, -1, -1):
            price = cost(drugs[drug], slots[slot])
            paired = after[slot + 1] + price if price < limit else float("inf")
            here[slot], choices[drug][slot] = min(
                (paired, _PAIR), (after[slot], _SKIP_DRUG), (here[slot + 1] + limit, _SKIP_SLOT)
            )
        after = here
    return choices


def _pairs(choices: Sequence[bytearray], count: int) -> Iterator[tuple[int, int]]:
    drug = slot = 0
    while drug < len(choices) and slot < count:
        choice = choices[drug][slot]
        if choice == _PAIR:
            yield drug, slot
        drug += choice != _SKIP_SLOT
        slot += choice != _SKIP_DRUG
