"""Other words in the place of marked ones: another drug of its kind, another amount, another place, another
name.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from deltoid.annotations.augment.edits import Edit
from deltoid.annotations.marked import MarkedText
from deltoid.pipeline import lexicon
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.tabular import read
from deltoid.pipeline.types import Mention

_AMOUNT = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<gap>\s?)(?P<unit>mg|mcg|g|gm|ml|cc|units?|mL)\b")
_FACTORS = (0.5, 2, 1.5, 3, 0.25)


def swap_drugs(note: MarkedText, rng: random.Random) -> Iterator[Edit]:
    r"""Yield, for each drug word of a note, one other written form of a drug of its kind, the same at every
    place.

    Only drugs of the same category, way of giving and administration code stand for each other, so that
    what becomes of the event stays true. Words that no table knows stay.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> [note] = read_marked("[drug#1 Toradol] IM\n=> #1 ordered IM")
    >>> [(edit.start, edit.end) for edit in swap_drugs(note, random.Random(1))]
    [(0, 7)]
    """
    chosen: dict[str, str] = {}
    for mention in _marked(note, ("drug", "also")):
        words = mention.text.lower()
        others = _kin().get(words, ())
        if words not in chosen and others:
            chosen[words] = rng.choice(others)
        if words in chosen:
            yield Edit(mention.start, mention.end, _cased(chosen[words], mention.text))


def swap_doses(note: MarkedText, rng: random.Random) -> Iterator[Edit]:
    r"""Yield other numbers, and other spellings of the unit, for the amounts of a note.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> [note] = read_marked("[drug#1 B12] [dose#1 1 mL]\n=> #1 ordered")
    >>> [edit] = swap_doses(note, random.Random(3))
    >>> edit.start, edit.end
    (4, 8)
    """
    for mention in _marked(note, ("dose", "volume")):
        if amount := _AMOUNT.fullmatch(mention.text):
            number = float(amount["number"]) * rng.choice(_FACTORS)
            unit = rng.choice(_spellings().get(amount["unit"].lower(), (amount["unit"],)))
            gap = rng.choice(("", " ")) if unit == amount["unit"] else " "
            yield Edit(mention.start, mention.end, f"{number:g}{gap}{unit}")


def swap_sites(note: MarkedText, rng: random.Random) -> Iterator[Edit]:
    r"""Yield other words for the same kind of place: a muscle for a muscle, a joint for a joint.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> [note] = read_marked("[drug#1 B12] [site#1 deltoid]\n=> #1 ordered")
    >>> len(list(swap_sites(note, random.Random(1))))
    1
    """
    for mention in _marked(note, ("site",)):
        others = _places().get(mention.text.lower(), ())
        if others:
            yield Edit(mention.start, mention.end, _cased(rng.choice(others), mention.text))


def swap_names(note: MarkedText, rng: random.Random) -> Iterator[Edit]:
    r"""Yield other family names for the people who gave or ordered; their titles stay.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> [note] = read_marked("[drug#1 B12] by [giver#1 RN Tolliver]\n=> #1 administered")
    >>> [(edit.start, edit.end) for edit in swap_names(note, random.Random(1))]
    [(10, 18)]
    """
    table = files("deltoid.annotations.augment") / "names.csv"
    names = [row["name"] for row in read("names.csv", ("name", "source"), source=table)]
    chosen: dict[str, str] = {}
    for mention in _marked(note, ("giver", "order", "supervisor")):
        for word in re.finditer(r"\b[A-Z][a-z]{3,}\b", mention.text):
            if word[0].lower() not in _titles():
                chosen.setdefault(word[0], rng.choice(names))
                yield Edit(mention.start + word.start(), mention.start + word.end(), chosen[word[0]])


def _marked(note: MarkedText, slots: Sequence[str]) -> list[Mention]:
    found = {m for event in note.events for slot in slots for m in event.slots.get(slot, ())}
    return sorted(found, key=lambda mention: mention.start)


def _cased(words: str, like: str) -> str:
    if like.isupper() and len(like) > 3:
        return words.upper()
    return words.capitalize() if like[:1].isupper() else words


@cache
def _kin() -> Mapping[str, tuple[str, ...]]:
    """Return, by written form, the other forms of drugs that are given alike and coded alike."""
    formulary = Formulary.shipped()
    kinds: dict[tuple[str, ...], list[str]] = defaultdict(list)
    substances = formulary.substances()
    for surface, name in formulary.surfaces().items():
        if (substance := substances.get(name)) and substance.form in ("needle", "iv", "local", "either"):
            kinds[substance.category, substance.form, substance.admin_family].append(surface)
    return {
        surface: tuple(surfaces) for surfaces in kinds.values() for surface in surfaces if len(surfaces) > 1
    }


@cache
def _spellings() -> Mapping[str, tuple[str, ...]]:
    """Return, by written unit, every spelling of the same unit."""
    spelled: dict[str, list[str]] = defaultdict(list)
    for surface, unit in lexicon.units().items():
        spelled[unit.unit].append(surface)
    return {surface: tuple(same) for same in spelled.values() for surface in same}


@cache
def _places() -> Mapping[str, tuple[str, ...]]:
    targets: dict[str, list[str]] = defaultdict(list)
    for row in read("sites.csv", ("surface", "place", "target", "source")):
        targets[row["target"]].append(row["surface"])
    return {surface: tuple(surfaces) for surfaces in targets.values() for surface in surfaces}


@cache
def _titles() -> frozenset[str]:
    rows = read("credentials.csv", ("surface", "credential", "source"))
    return frozenset(row["surface"] for row in rows) | {
        "nurse",
        "doctor",
        "medical",
        "assistant",
        "staff",
        "standing",
    }
