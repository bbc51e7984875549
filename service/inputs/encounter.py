"""From a parsed JSON value to the note that it describes."""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from deltoid.pipeline.types import Note
from deltoid.service.inputs.text import checked_note
from deltoid.service.problems import ItemError
from deltoid.service.schemas.encounter import EncounterIn
from deltoid.service.schemas.fields import Name
from deltoid.service.schemas.refusal import checked


def encounter(data: object, *, limit: int, id: str) -> Note:  # noqa: A002 - the word of the contract
    """Return the note that a JSON value describes.

    Parameters
    ----------
    data : object
        A parsed JSON value.
    limit : int
        The most code points that a note may have.
    id : str
        For an encounter that has none of its own.

    Raises
    ------
    ItemError
        It carries the encounter's own id where that can be read.

    Examples
    --------
    >>> encounter({"note": "Toradol 30 mg IM given."}, limit=100, id="line 1").id
    'line 1'
    """
    try:
        note = checked(EncounterIn, data).to_note(id)
        checked_note(note.text, limit)
    except ItemError as error:
        raise error.at(error.place, _readable_id(data)) from None
    return note


def _readable_id(data: object) -> str | None:
    if not isinstance(data, dict) or "id" not in data:
        return None
    try:
        return TypeAdapter(Name).validate_python(data["id"], strict=True)
    except ValidationError:
        return None
