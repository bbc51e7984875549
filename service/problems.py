"""What can be wrong with something handed in: one error for the command line, the API and the page.

A problem says what was met, where, and what to do. It never repeats the words of a note.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the HTTP status and the title that all its cases share."""

    status: int
    title: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item came from: a file (``-`` is standard input) and a line counted from 1."""

    file: str | None = None
    line: int | None = None


class ItemError(ValueError):
    """One item cannot be reviewed.

    Parameters
    ----------
    code : str
        A code of ``problems.toml``.
    message : str
        What was met and what to do, in words that are safe to log.
    id : str, optional
        The item's own id, where it could be read.
    place : Place
        Where the item came from.
    errors : tuple of mapping, optional
        One entry for each field at fault: ``loc`` and ``msg``.

    Examples
    --------
    >>> ItemError("empty", "the note is empty", place=Place("a.txt")).as_json()
    {'code': 'empty', 'place': {'file': 'a.txt', 'line': None}, 'id': None, 'message': 'the note is empty'}
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        id: str | None = None,  # noqa: A002 - the word of the contract
        place: Place = Place(),
        errors: tuple[Mapping[str, str], ...] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.id = id
        self.place = place
        self.errors = errors

    @property
    def kind(self) -> Kind:
        """The kind of this problem."""
        return kinds()[self.code]

    def at(self, place: Place, id: str | None = None) -> ItemError:  # noqa: A002
        """Return the same problem with its place, and its id where none was known."""
        return ItemError(self.code, self.message, id=self.id or id, place=place, errors=self.errors)

    def as_json(self) -> dict[str, object]:
        """Return the object that stands in the errors of a batch."""
        place = {"file": self.place.file, "line": self.place.line}
        return {"code": self.code, "place": place, "id": self.id, "message": self.message}


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind of problem by its code.

    Examples
    --------
    >>> kinds()["too_large"].status
    413
    """
    text = (resources.files("deltoid.service") / "problems.toml").read_text(encoding="utf-8")
    return {code: Kind(**fields) for code, fields in tomllib.loads(text).items()}
