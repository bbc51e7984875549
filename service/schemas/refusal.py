"""From pydantic's complaints to ours: which field, what is wrong with it, and never what stood there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from deltoid.service.problems import ItemError

Model = TypeVar("Model", bound=BaseModel)

_SAFE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,39}")
_IN_WORDS = {
    "missing": "is absent",
    "extra_forbidden": "is a key that the schema does not know",
    "model_type": "must be an object",
    "string_type": "must be a string",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "string_too_short": "must not be empty",
}


def checked(model: type[Model], data: object, *, root: str = "the encounter") -> Model:
    """Return `data` as `model`, or say what is wrong with it.

    Parameters
    ----------
    model : type
        What it should be.
    data : object
        A parsed JSON value.
    root : str
        What to call the value as a whole.

    Raises
    ------
    ItemError
        ``unknown_key`` when that is all that is wrong, else ``bad_shape``; `errors` has one entry a field.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False, include_context=False)
        raise _refusal(details, root) from None


def _refusal(details: Sequence[ErrorDetails], root: str) -> ItemError:
    unknown = all(detail["type"] == "extra_forbidden" for detail in details)
    errors = tuple({"loc": _place(detail["loc"], root), "msg": _words(detail)} for detail in details)
    message = "; ".join(_said(error) for error in errors[:5])
    more = f"; and {len(errors) - 5} more" if len(errors) > 5 else ""
    return ItemError("unknown_key" if unknown else "bad_shape", message + more, errors=errors)


def _said(error: Mapping[str, str]) -> str:
    return f"{error['loc']}: {error['msg']}"


def _words(detail: ErrorDetails) -> str:
    return _IN_WORDS.get(detail["type"]) or detail["msg"].removeprefix("Value error, ")


def _place(path: Sequence[str | int], root: str) -> str:
    """Return where it is; a key that could be words of the note is not repeated."""
    steps = [
        f"[{step}]" if isinstance(step, int) else f".{step}" if _SAFE_KEY.fullmatch(step) else ".(a key)"
        for step in path
    ]
    return "".join(steps).removeprefix(".") or root
