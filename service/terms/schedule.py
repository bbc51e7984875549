"""What the Medicare physician fee schedule pays at one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from deltoid.pipeline.tabular import TableError
from deltoid.service.terms.versions import Version

# paid by the schedule: active, restricted, and injections paid only where nothing else is
_PAID = frozenset({"A", "R", "T"})
_CENT = Decimal("0.01")
_NATIONAL = (Decimal(1), Decimal(1), Decimal(1))
Values = tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True)
class Schedule:
    """The relative values of one version; `locality` is contractor and number, empty for the national price.

    Raises
    ------
    TableError
        If the version does not know the locality.
    """

    version: Version
    locality: str = ""
    _priced: dict[bool, Mapping[str, Decimal]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._place()

    def amounts(self, *, facility: bool) -> Mapping[str, Decimal]:
        """Return the dollars for one unit of each code without a modifier."""
        if facility not in self._priced:
            self._priced[facility] = dict(self._prices(facility))
        return self._priced[facility]

    def _prices(self, facility: bool) -> Mapping[str, Decimal]:
        place = self._place()
        found = {}
        for code, modifier, status, work, expense, inside, malpractice, factor in self.version.rows(
            "services"
        ):
            if not modifier and status in _PAID:
                values = (Decimal(work), Decimal(inside if facility else expense), Decimal(malpractice))
                found[code] = price(values, place, Decimal(factor))
        return found

    def _place(self) -> Values:
        if not self.locality:
            return _NATIONAL
        for locality, _, work, expense, malpractice in self.version.rows("localities"):
            if locality == self.locality:
                return Decimal(work), Decimal(expense), Decimal(malpractice)
        raise TableError(
            f"DELTOID_LOCALITY: the fee schedule of {self.version.effective} has no {self.locality!r}; "
            "write contractor and number, such as 02102-01"
        )


def price(values: Values, place: Values, factor: Decimal) -> Decimal:
    """Return the dollars of relative values at a place.

    Examples
    --------
    >>> values = Decimal("0.17"), Decimal("0.28"), Decimal("0.01")
    >>> price(values, (Decimal(1), Decimal(1), Decimal(1)), Decimal("33.4009"))
    Decimal('15.36')
    """
    weighed = sum((value * index for value, index in zip(values, place, strict=True)), Decimal(0))
    return (weighed * factor).quantize(_CENT, ROUND_HALF_UP)
