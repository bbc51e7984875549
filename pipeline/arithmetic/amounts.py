"""How much of a substance went in: from dose, volume and concentration as the note tells them."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from deltoid.pipeline.arithmetic.units import convert
from deltoid.pipeline.types import Injection, Quantity, Strength

_MG_IN_ML_OF_ONE_PERCENT = Decimal(10)
_PARTS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:mg)?\s*/\s*\d")


def plain(strength: Strength) -> tuple[Decimal, str, Decimal, str]:
    """Return a concentration as value, unit, per value, per unit; a percentage as mg in 1 mL.

    Examples
    --------
    >>> from deltoid.pipeline.types import Mention
    >>> plain(Strength(Mention("strength", 0, 2, "2%"), Decimal(2), "%"))
    (Decimal('20'), 'mg', Decimal('1'), 'mL')
    """
    if strength.unit == "%":
        return strength.value * _MG_IN_ML_OF_ONE_PERCENT, "mg", Decimal(1), "mL"
    return strength.value, strength.unit, strength.per_value, strength.per_unit


def content(value: Decimal, unit: str, strength: Strength, to: str) -> Decimal | None:
    """Return what a volume of a solution holds, in the unit `to`.

    Parameters
    ----------
    value : Decimal
        The volume, in `unit`.
    unit : str
        A unit of volume.
    strength : Strength
        The concentration.
    to : str
        The unit wanted.

    Returns
    -------
    Decimal or None
        None where the units do not fit together.

    Examples
    --------
    >>> from deltoid.pipeline.types import Mention
    >>> four = Strength(Mention("strength", 0, 7, "4 mg/mL"), Decimal(4), "mg")
    >>> content(Decimal("0.5"), "cc", four, "mg")
    Decimal('2.0')
    """
    amount, amount_unit, per, per_unit = plain(strength)
    volume = convert(value, unit, per_unit)
    return None if volume is None or not per else convert(volume * amount / per, amount_unit, to)


def room(value: Decimal, unit: str, strength: Strength, to: str) -> Decimal | None:
    """Return the volume of solution that holds an amount, in the unit `to`; the reverse of `content`."""
    amount, amount_unit, per, per_unit = plain(strength)
    held = convert(value, unit, amount_unit)
    return None if held is None or not amount else convert(held * per / amount, per_unit, to)


def measured(quantity: Quantity | None, strength: Strength | None, to: str) -> Decimal | None:
    """Return one written quantity in the unit `to`, through the concentration where that is needed.

    Parameters
    ----------
    quantity : Quantity or None
        What the note says; None or a quantity without a number gives None.
    strength : Strength or None
        The concentration on the record.
    to : str
        The unit wanted.

    Returns
    -------
    Decimal or None
        None where the note does not settle it: a volume is never turned into a mass without a concentration.
    """
    if quantity is None or quantity.value is None:
        return None
    direct = convert(quantity.value, quantity.unit, to)
    if direct is not None or strength is None:
        return direct
    inside = content(quantity.value, quantity.unit, strength, to)
    return inside if inside is not None else room(quantity.value, quantity.unit, strength, to)


def given(event: Injection, to: str) -> Decimal | None:
    """Return how much of its substance an injection put in, in the unit `to`.

    Parameters
    ----------
    event : Injection
        The dose is believed first, then the volume times the concentration.
    to : str
        The unit wanted, such as the unit of the drug's code.

    Returns
    -------
    Decimal or None
        None where dose, volume and concentration do not settle it.
    """
    for quantity in (_first_part(event), event.volume):
        amount = measured(quantity, event.strength, to)
        if amount is not None:
            return amount
    return None


def _first_part(event: Injection) -> Quantity | None:
    """Return the dose; of a combination ("600/900 mg") the first part, which the code counts."""
    combined = event.drug is not None and "/" in event.drug.name
    parts = _PARTS.match(event.dose.mention.text) if event.dose and combined else None
    return replace(event.dose, value=Decimal(parts[1])) if event.dose and parts else event.dose
