"""The kinds of value that the contract takes in: nothing is coerced, nothing is repeated in an error."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _day(value: object) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("a date is a string such as 2026-03-02")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("there is no such day in the calendar") from None


def _amount(value: object) -> Decimal:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not (whole or isinstance(value, str | Decimal)) or not _AMOUNT.fullmatch(str(value)):
        raise ValueError("an amount is a number or a decimal string such as 27.40, not negative")
    return Decimal(str(value))


def _printable(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("control characters have no place here")
    return value


_AMOUNT_SCHEMA = {
    "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": f"^{_AMOUNT.pattern}$"}]
}

Day = Annotated[date, BeforeValidator(_day)]
Amount = Annotated[Decimal, BeforeValidator(_amount), WithJsonSchema(_AMOUNT_SCHEMA)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_printable)]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{5}$")]
Modifier = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")]
Diagnosis = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?$")]
Pos = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")]
State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
