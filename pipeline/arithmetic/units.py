"""What an amount is worth in another unit of the same dimension."""

from __future__ import annotations

from decimal import Decimal

from deltoid.pipeline import lexicon
from deltoid.pipeline.forms import Unit


def find(word: str) -> Unit | None:
    """Return the unit that a word names, None where it names none that is known."""
    return lexicon.units().get(word.strip().lower())


def convert(value: Decimal, unit: str, to: str) -> Decimal | None:
    """Return an amount in another unit of the same dimension.

    Parameters
    ----------
    value : Decimal
        The amount in `unit`.
    unit, to : str
        Words of `units.csv`; ``cc`` and ``mL`` are the same.

    Returns
    -------
    Decimal or None
        None where the two do not measure the same thing, or one of them is not known.

    Examples
    --------
    >>> convert(Decimal("1.5"), "g", "mg"), convert(Decimal(5), "mg", "mL")
    (Decimal('1500.0'), None)
    """
    source, target = find(unit), find(to)
    if source is None or target is None or source.base != target.base:
        return None
    return value * source.factor / target.factor
