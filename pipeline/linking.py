"""Tying amounts, routes, places, times and labels to the drugs of one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import inf

from deltoid.pipeline.align import Cost, align
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Mention, Quantity, Site, Strength

# what may stand between an amount and the drug it measures: "2 cc of 0.5% plain Marcaine"
_OF = r"(?:\s*\()?(?:<<measure_of>>|[\d.]+\s*%|\s|-)*(?:\)\s*)?"
# what stands between the drugs of one list or one syringe
_LIST = r"(?:\s|,|/|\+|&|\(|\)|<<list_word>>|\d+(?:\.\d+)?\b|[\d.]+\s*%)*"
_TURN = r"\b<<turn>>\b|[+&]"
# "Lupron q. three months, Flomax 0.4 mg": the amount is that of a drug which no table names
_FOREIGN = re.compile(r"[,;.]\s*(?:and\s+|\d+[.)]\s*)?[A-Z][A-Za-z-]{3,}(?:\s[A-Z]{2})?\s*$")

# costs, in characters
_BESIDE = 1.0  # an amount that only "of" and the like part from its drug
_BACKWARDS = 10.0  # a slot before its drug
_FOREIGN_COST = 40.0
_COMMA_COST = 6
_TURN_COST = 12
_REACH = 2000  # raw characters beyond which nothing is tied, whatever stands between

Slot = Mention | Quantity | Strength | Site


def tie(
    text: str,
    drafts: Sequence[Draft],
    slot: str,
    found: Sequence[Slot],
    limit: float,
    cost: Cost | None = None,
) -> set[int]:
    """Pair drafts with what was found for a slot at least cost, and fill the slot.

    Parameters
    ----------
    text : str
        The note.
    drafts : sequence of Draft
        The drugs of one sentence, in order; changed in place.
    slot : str
        The attribute of a draft that is filled.
    found : sequence of Mention, Quantity, Strength or Site
        In the order of the note.
    limit : float
        What a pair may cost at most, in characters that matter.
    cost : callable, optional
        `distance` if not given.

    Returns
    -------
    set of int
        The indices in `found` that were used.

    Examples
    --------
    >>> draft = Draft(None, None, Mention("drug", 0, 7, "Toradol"))
    >>> tie("Toradol IM", [draft], "route", [Mention("route", 8, 10, "IM")], 60.0), draft.route.text
    ({0}, 'IM')
    """
    if not found or not drafts:
        return set()

    def price(drug: Mention, place: Mention) -> float:
        if max(place.start - drug.end, drug.start - place.end) > _REACH:
            return limit
        return cost(drug, place) if cost else distance(text, drug, place, limit)

    pairs = align([draft.anchor for draft in drafts], [_mention(item) for item in found], price, limit)
    for drug, index in pairs.items():
        setattr(drafts[drug], slot, found[index])
    return set(pairs.values())


def _mention(item: Slot) -> Mention:
    return item if isinstance(item, Mention) else item.mention


def distance(text: str, drug: Mention, slot: Mention, limit: float = inf) -> float:
    """Return how far a slot stands from a drug, in characters that matter.

    Parameters
    ----------
    text : str
        The note.
    drug, slot : Mention
    limit : float
        From here on it does not matter how far, and `limit` is returned.

    Examples
    --------
    >>> note = "2 cc of 0.5% Marcaine, Celestone"
    >>> dose, drug = Mention("q", 0, 4, "2 cc"), Mention("drug", 13, 21, "Marcaine")
    >>> distance(note, drug, dose)
    1.0
    """
    behind = slot.start >= drug.end
    between = text[drug.end : slot.start] if behind else text[slot.end : drug.start]
    if not behind and regex(_OF).fullmatch(between):
        return _BESIDE
    plain = between.strip()
    if len(plain) >= limit:
        return limit
    turns = len(regex(_TURN).findall(plain))
    length = len(plain) + _COMMA_COST * plain.count(",") + _TURN_COST * turns
    if behind:
        return length + (_FOREIGN_COST if _FOREIGN.search(plain) else 0.0)
    return length + _BACKWARDS


def coordinated(reading: Reading, left: Mention, right: Mention) -> bool:
    """Return whether two drugs stand in one list, so that what is said once holds for both.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Toradol 60 mg and Phenergan 25 mg IM")
    >>> coordinated(reading, *reading.words["drug"])
    True
    """
    between = reading.text[left.end : right.start]
    for mention in sorted(_told_between(reading, left, right), key=lambda m: -m.start):
        if mention.end <= right.start:
            between = between[: mention.start - left.end] + between[mention.end - left.end :]
    return regex(_LIST).fullmatch(between) is not None


def _told_between(reading: Reading, left: Mention, right: Mention) -> list[Mention]:
    gap = Stretch(left.end, right.start)
    quantities = [told.mention for told in reading.quantities_in(gap)]
    strengths = [told.mention for told in reading.strengths_in(gap)]
    return [*quantities, *strengths, *reading.within("drug", gap)]
