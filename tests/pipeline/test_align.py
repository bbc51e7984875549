from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deltoid.pipeline.align import align
from deltoid.pipeline.types import Mention

LIMIT = 10.0


def at(*places: float) -> list[Mention]:
    return [Mention("x", int(place), int(place) + 1, "x") for place in places]


def apart(drug: Mention, slot: Mention) -> float:
    return abs(slot.start - drug.start)


@pytest.mark.parametrize(
    ("drugs", "slots", "pairs", "why"),
    [
        ([0, 20], [1, 21], {0: 0, 1: 1}, "each its own"),
        ([0, 20], [21], {1: 0}, "the nearer takes the only slot"),
        ([5], [0, 6], {0: 1}, "the nearer of two slots"),
        ([0], [50], {}, "too far is left alone"),
        ([0], [10], {}, "at the limit is too far"),
        ([], [1], {}, "no drugs"),
        ([1], [], {}, "no slots"),
        ([0, 8], [4, 5], {0: 0, 1: 1}, "both are served though one could have a cheaper pair"),
    ],
)
def test_pairs(drugs: list[int], slots: list[int], pairs: dict[int, int], why: str) -> None:
    assert align(at(*drugs), at(*slots), apart, LIMIT) == pairs, why


def total(drugs: list[Mention], slots: list[Mention], pairs: dict[int, int]) -> float:
    paid = sum(apart(drugs[drug], slots[slot]) for drug, slot in pairs.items())
    return paid + LIMIT * (len(slots) - len(pairs))


def every_pairing(drugs: int, slots: int) -> list[dict[int, int]]:
    sizes = range(min(drugs, slots) + 1)
    return [
        dict(zip(some, others, strict=True))
        for size in sizes
        for some in combinations(range(drugs), size)
        for others in combinations(range(slots), size)
    ]


PLACES = st.lists(st.integers(0, 40), max_size=4, unique=True).map(sorted)


@given(PLACES, PLACES)
def test_no_pairing_in_order_is_cheaper(drug_places: list[int], slot_places: list[int]) -> None:
    drugs, slots = at(*drug_places), at(*slot_places)
    pairs = align(drugs, slots, apart, LIMIT)
    cheapest = min(total(drugs, slots, other) for other in every_pairing(len(drugs), len(slots)))
    assert total(drugs, slots, pairs) == cheapest
    assert list(pairs.values()) == sorted(pairs.values())


def test_a_thousand_of_each_are_no_trouble() -> None:
    places = [3 * n for n in range(1000)]
    assert align(at(*places), at(*places), apart, LIMIT) == {n: n for n in range(1000)}
