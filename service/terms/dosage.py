"""What one billing unit is, as official texts write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from deltoid.pipeline import lexicon

_WRITTEN = re.compile(
    r"(?P<up_to>up to )?(?:per )?(?P<value>\d[\d,]*(?:\.\d+)?|\.\d+)? ?(?P<unit>[a-z][a-z. ]*)"
)
_KINDS = frozenset({"mass", "volume", "activity"})
_SAME = {"i.u.": "units", "iu": "units", "unit": "units", "gm": "g", "cc": "mL"}


@dataclass(frozen=True, slots=True)
class Dosage:
    """One billing unit: `value` `unit`, or any part of it where `up_to`."""

    value: Decimal
    unit: str
    up_to: bool


def dosage(written: str) -> Dosage | None:
    """Return a dosage, None where it is none in mass, volume or units.

    Examples
    --------
    >>> dosage("100,000 UNITS"), dosage("up to 40 mg").up_to, dosage("per treatment")
    (Dosage(value=Decimal('100000'), unit='units', up_to=False), True, None)
    """
    match = _WRITTEN.fullmatch(written.strip().lower())
    if match is None:
        return None
    unit = lexicon.units().get(_SAME.get(match["unit"].strip(), match["unit"].strip()).lower())
    if unit is None or unit.kind not in _KINDS:
        return None
    value = Decimal((match["value"] or "1").replace(",", ""))
    return Dosage(value, unit.unit, match["up_to"] is not None) if value > 0 else None
