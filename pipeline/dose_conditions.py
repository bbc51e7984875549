"""Which doses a drug code is for, in the small closed language of the column ``when`` of `codes.csv`.

A comparison is ``dose``, one of ``<= < >= > =``, a number and a unit: ``dose<=100mg``. Comparisons joined by
``&`` must all hold: ``dose>20mg & dose<=40mg``. Of those joined by ``|`` one must hold, and those whose unit
measures something else do not count: ``dose=50mg | dose=0.5mL``. Empty means always.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from deltoid.pipeline.arithmetic.units import convert
from deltoid.pipeline.types import Quantity

_COMPARISON = re.compile(r"dose(?P<sign><=|>=|<|>|=)(?P<limit>\d+(?:\.\d+)?)(?P<unit>[A-Za-z]+)")
_SIGNS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "=": operator.eq,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of the dose with a limit."""

    sign: str
    limit: Decimal
    unit: str

    def holds(self, dose: Quantity) -> bool | None:
        """Return whether a dose satisfies the comparison; None where the units measure different things."""
        value = None if dose.value is None else convert(dose.value, dose.unit, self.unit)
        return None if value is None else _SIGNS[self.sign](value, self.limit)


Condition = tuple[tuple[Comparison, ...], ...]


def parse(written: str) -> Condition:
    """Return a condition as its alternatives, each a few comparisons.

    Parameters
    ----------
    written : str
        As in `codes.csv`; empty for always.

    Returns
    -------
    tuple of tuple of Comparison

    Raises
    ------
    ValueError
        If the words are no condition.

    Examples
    --------
    >>> [[(c.sign, str(c.limit), c.unit) for c in way] for way in parse("dose>20mg & dose<=40mg")]
    [[('>', '20', 'mg'), ('<=', '40', 'mg')]]
    """
    ways = written.split("|") if written else []
    return tuple(tuple(_comparison(part.strip()) for part in way.split("&")) for way in ways)


def _comparison(written: str) -> Comparison:
    found = _COMPARISON.fullmatch(written)
    if found is None:
        raise ValueError("is no condition; write such as dose<=100mg or dose>20mg & dose<=40mg")
    return Comparison(found["sign"], Decimal(found["limit"]), found["unit"])


def met(condition: Condition, dose: Quantity | None) -> bool | None:
    """Return whether a dose meets a condition; None where that cannot be told.

    Parameters
    ----------
    condition : Condition
        The empty one is always met.
    dose : Quantity or None
        The dose given. Without one, without a number, or in a unit of another dimension nothing can be told.

    Returns
    -------
    bool or None

    Examples
    --------
    >>> from deltoid.pipeline.types import Mention
    >>> dose = Quantity(Mention("dose", 0, 5, "0.1 g"), Decimal("0.1"), "g")
    >>> met(parse("dose<=100mg"), dose), met(parse("dose>100mg"), dose), met(parse("dose>100mg"), None)
    (True, False, None)
    """
    if not condition:
        return True
    if dose is None:
        return None
    answers = [_all(comparison.holds(dose) for comparison in way) for way in condition]
    return next((answer for answer in (True, False) if answer in answers), None)


def _all(answers: Iterable[bool | None]) -> bool | None:
    given = list(answers)
    return None if None in given else all(given)
