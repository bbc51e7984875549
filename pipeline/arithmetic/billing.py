"""From an amount to billing units, given and discarded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came out of opened single-dose containers, in billing units.

    `given` goes on the drug line; `discarded` on a second line with JW; JZ says that nothing is left to tell.
    """

    given: int
    discarded: int

    @property
    def modifier(self) -> str:
        """The modifier that the payer waits for: JW where a second line follows, else JZ."""
        return "JW" if self.discarded else "JZ"


def units(amounts: Iterable[Decimal], size: Decimal) -> int:
    """Return the billing units of one code on one day: add the doses, then round up once.

    Parameters
    ----------
    amounts : iterable of Decimal
        What was given each time, in the dimension of `size`; each above zero.
    size : Decimal
        How much one unit of the code stands for; "up to" units are reckoned alike.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    ValueError
        If there is no amount, or an amount or the size is not above zero.

    Examples
    --------
    >>> units([Decimal(125)], Decimal(50)), units([Decimal("7.5"), Decimal("7.5")], Decimal(15))
    (3, 1)
    """
    total = sum(amounts, Decimal(0))
    if not total > 0 or not size > 0:
        raise ValueError("billing units need an amount and a unit size above zero")
    whole, rest = divmod(total, size)
    return int(whole) + (rest > 0)


def drawn(amount: Decimal, size: Decimal, opened: Decimal) -> Drawn:
    """Return the units given and discarded of single-dose containers that were opened for one patient.

    Parameters
    ----------
    amount : Decimal
        What the patient was given, above zero.
    size : Decimal
        How much one unit of the code stands for.
    opened : Decimal
        The labelled content of what was opened, without overfill.

    Returns
    -------
    Drawn
        The discarded units never repeat what rounding up has billed already.

    Raises
    ------
    ValueError
        If more was given than was opened, or an amount is not above zero.

    Examples
    --------
    >>> drawn(Decimal(305), Decimal(10), Decimal(400))
    Drawn(given=31, discarded=9)
    """
    if opened < amount:
        raise ValueError("more was given than the opened containers hold")
    billed = units([amount], size)
    return Drawn(billed, max(0, int((opened - billed * size) // size)))
