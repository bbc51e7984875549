"""Values of a review that point at the words of the note, each with its offsets."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from deltoid.pipeline.types import (
    Drug,
    Laterality,
    Mention,
    Person,
    Quantity,
    Reason,
    Route,
    RouteCode,
    Site,
    Strength,
)

Slot = Drug | Quantity | Strength | Route | Site | Person | Reason


def plain(amount: Decimal) -> str:
    """Return an amount as a decimal string, never with an exponent.

    Examples
    --------
    >>> plain(Decimal("2.4E+6"))
    '2400000'
    """
    return format(amount, "f")


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


Amount = Annotated[str, BeforeValidator(_plain)]
AnyAmount = Annotated[str | None, BeforeValidator(_plain)]


class Out(BaseModel):
    """A part of a review, filled from the attributes of the pipeline's own value: complete and closed."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class SpanOut(Out):
    """Words of the note: ``text == note[start:end]``."""

    text: str
    start: int
    end: int


class _SlotOut(Out):
    @model_validator(mode="before")
    @classmethod
    def _flat(cls, slot: Slot) -> dict[str, object]:
        """Put what the words mean beside the words."""
        words: Mention | None = slot.mention
        place = {name: getattr(words, name, None) for name in SpanOut.model_fields}
        return place | {name: getattr(slot, name) for name in cls.model_fields if name not in place}


class DrugOut(SpanOut, _SlotOut):
    """The substance."""

    name: str
    category: str


class QuantityOut(SpanOut, _SlotOut):
    """An amount; `value` is null where the note's words are not a number."""

    value: AnyAmount
    unit: str


class StrengthOut(SpanOut, _SlotOut):
    """A concentration: `value` `unit` in `per_value` `per_unit`."""

    value: Amount
    unit: str
    per_value: Amount
    per_unit: str


class RouteOut(_SlotOut):
    """The way in; the words are null where only the place tells it."""

    text: str | None
    start: int | None
    end: int | None
    code: RouteCode


class SiteOut(SpanOut, _SlotOut):
    """Where the needle went."""

    laterality: Laterality | None


class ReasonOut(SpanOut, _SlotOut):
    """Why the drug was given, with the codes that the note itself writes."""

    icd10cm: list[str]


class PersonOut(SpanOut, _SlotOut):
    """Somebody whom the note names or means."""

    credential: str | None
