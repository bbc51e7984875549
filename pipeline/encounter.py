"""What the note says of the encounter as a whole: day, age, place, supervision, order, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from deltoid.pipeline import cues
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.types import EncounterFacts, Mention
from deltoid.pipeline.visit_day import visit_day

# labels of encounter_cues.csv that belong to one injection and not to the encounter
_EVENT_LABELS = frozenset({"needle", "container", "device", "response", "consent"})
_AGE = (
    r"(?<![\w.])(?P<number>\d{1,3})\s*(?:-\s*)?(?P<unit><<age_unit>>)"
    r"|\bage[d:]?\s*(?::\s*)?(?P<aged>\d{1,3})(?:\s*(?P<aged_unit><<age_unit_short>>))?"
)
_PARTS = {"m": Decimal(12), "w": Decimal(52), "d": Decimal(365)}  # how many make a year
_POS = re.compile(r"\bPOS\s*(?:[:#]\s*)?(?P<code>\d{2})\b", re.IGNORECASE)


def facts_of(reading: Reading) -> EncounterFacts:
    """Gather the facts of the encounter.

    Parameters
    ----------
    reading : Reading

    Returns
    -------
    EncounterFacts
        The age in years; a newborn's as a part of one.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> facts = facts_of(read_note("54F, POS 19. No order found. Signed 11/26/2025"))
    >>> facts.date_of_service, facts.age_years, [m.norm for m in facts.find("pos")]
    (datetime.date(2025, 11, 26), Decimal('54'), ['19'])
    """
    found = sorted([*_stated(reading), *_places_of_service(reading.text)], key=lambda m: m.start)
    return EncounterFacts(tuple(found), visit_day(reading.text), _age(reading.text))


def _stated(reading: Reading) -> Iterator[Mention]:
    labels = {cue.label for cue in cues.encounter_cues()} - _EVENT_LABELS
    for label in sorted(labels):
        yield from reading.words.get(label, ())


def _places_of_service(text: str) -> Iterator[Mention]:
    for found in _POS.finditer(text):
        yield Mention("pos", found.start(), found.end(), found.group(), "encounter", found["code"])


def _age(text: str) -> Decimal | None:
    found = regex(_AGE).search(text)
    if found is None:
        return None
    number = Decimal(found["number"] or found["aged"])
    unit = (found["unit"] or found["aged_unit"] or "y").strip().lower()
    part = _PARTS.get(unit[0]) if unit not in ("m", "f") else None
    return number if part is None else (number / part).quantize(Decimal("0.01"))
