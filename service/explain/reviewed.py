"""The part of a printed review that a patient's explanation needs."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from deltoid.service.problems import ItemError, Place
from deltoid.service.strict_json import parse


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class Line(_Read):
    """A claim line."""

    code: str
    units: int = 1
    modifiers: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


class _Named(_Read):
    name: str


class _Coded(_Read):
    code: str


class Event(_Read):
    """An injection, as far as its line names it."""

    id: str
    drug: _Named | None = None
    route: _Coded | None = None


class _Decision(_Read):
    lines: tuple[Line, ...]
    held: tuple[Line, ...] = ()
    em: Line | None = None


class _Value(_Read):
    value: object


class PrintedReview(_Read):
    """A review as ``deltoid review --json`` prints it."""

    note_id: str
    context: dict[str, _Value]
    events: tuple[Event, ...]
    decision: _Decision

    @property
    def payer(self) -> str:
        """Whose policy it was reviewed by."""
        return str(self.context["payer"].value)

    @property
    def day(self) -> date:
        """The date of service."""
        return date.fromisoformat(str(self.context["date_of_service"].value))


def printed_reviews(raw: bytes, file: str) -> tuple[PrintedReview, ...]:
    """Return the reviews of a file: one a line, or one alone.

    Raises
    ------
    ItemError
        If a line is no review; the message names what is missing, never what stands there.
    """
    lines = [(number, line) for number, line in enumerate(raw.splitlines(), 1) if line.strip()]
    if not lines:
        raise ItemError("empty", "there is no review in it", place=Place(file))
    if len(lines) > 1 and lines[0][1].strip() == b"{":
        lines = [(1, raw)]
    return tuple(_review(line, Place(file, number)) for number, line in lines)


def _review(line: bytes, place: Place) -> PrintedReview:
    try:
        review = TypeAdapter(PrintedReview).validate_python(parse(line))
        _ = review.payer, review.day
    except ItemError as error:
        raise error.at(place) from None
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
        raise ItemError(
            "bad_shape", f"{where or 'it'} is not as in a review of --json", place=place
        ) from None
    except (KeyError, ValueError):
        message = "context: payer and date_of_service are not as in a review of --json"
        raise ItemError("bad_shape", message, place=place) from None
    return review
