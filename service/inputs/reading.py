"""From files to notes, one after another: what cannot be read becomes an error and the rest goes on."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from deltoid.pipeline.types import Note
from deltoid.service.inputs.beside import without_answers
from deltoid.service.inputs.encounter import encounter
from deltoid.service.inputs.lines import numbered
from deltoid.service.inputs.sources import STDIN, SUFFIXES, expand, told, unreadable
from deltoid.service.inputs.text import UTF8_MARK, checked_note, decoded, refuse_binary
from deltoid.service.problems import ItemError, Place
from deltoid.service.schemas.encounter import EncounterIn
from deltoid.service.strict_json import parse

Format = Literal["auto", "txt", "jsonl"]

_BYTES_A_CHARACTER = 12  # an astral character written as two JSON escapes
_BESIDE_THE_NOTE = 65_536
_HEAD = 1_024


@dataclass(frozen=True, slots=True)
class Item:
    """A note and where it came from."""

    note: Note
    place: Place


@dataclass(frozen=True, slots=True)
class Reader:
    """How inputs are read.

    Parameters
    ----------
    stdin : io.BufferedReader
        What ``-`` stands for.
    limit : int
        The most code points that a note may have.
    format : str
        ``txt``, ``jsonl`` or ``auto``: by the file's name, else by its first character.
    encoding : str
        Of every file; never guessed.
    """

    stdin: io.BufferedReader
    limit: int
    format: Format = "auto"
    encoding: str = "utf-8"

    def items(self, arguments: Iterable[str]) -> Iterator[Item | ItemError]:
        """Yield each note of the arguments, or the error that stands in its place."""
        for source in expand(arguments):
            if isinstance(source, ItemError):
                yield source
            else:
                yield from self._file(source)

    def _file(self, path: str) -> Iterator[Item | ItemError]:
        try:
            if path == STDIN:
                yield from self._notes(path, self.stdin)
            else:
                with Path(path).open("rb") as file:
                    yield from self._notes(path, file)
        except OSError as error:
            yield unreadable(path, error)

    def _notes(self, path: str, file: io.BufferedReader) -> Iterator[Item | ItemError]:
        try:
            file = self._as_utf8(file)
            if self._format(path, file) == "txt":
                yield self._whole(path, file)
            else:
                yield from self._lines(path, file)
        except ItemError as error:
            yield error.at(Place(told(path), error.place.line))

    def _as_utf8(self, file: io.BufferedReader) -> io.BufferedReader:
        if self.encoding == "utf-8":
            return file
        text = decoded(file.read(), self.encoding)
        return io.BufferedReader(io.BytesIO(text.encode("utf-8", "surrogatepass")))

    def _format(self, path: str, file: io.BufferedReader) -> str:
        if self.format != "auto":
            return self.format
        known = SUFFIXES.get(Path(path).suffix.lower())
        return known or ("jsonl" if file.peek(1).removeprefix(UTF8_MARK).lstrip()[:1] == b"{" else "txt")

    def _whole(self, path: str, file: io.BufferedReader) -> Item:
        most = 4 * self.limit + len(UTF8_MARK)
        raw = file.read(most + 1)
        if len(raw) > most:
            raise ItemError("too_large", f"the note has more than {self.limit} characters")
        text = checked_note(decoded(raw), self.limit)
        return Item(EncounterIn(note=text).to_note(_stem(path)), Place(told(path)))

    def _lines(self, path: str, file: io.BufferedReader) -> Iterator[Item | ItemError]:
        refuse_binary(file.peek(_HEAD)[:_HEAD])
        for number, raw in numbered(file, self.limit * _BYTES_A_CHARACTER + _BESIDE_THE_NOTE):
            try:
                note = self._encounter(raw, f"{_stem(path)}:{number}")
            except ItemError as error:
                yield error.at(Place(told(path), number))
            else:
                yield Item(note, Place(told(path), number))

    def _encounter(self, raw: bytes | None, id: str) -> Note:  # noqa: A002 - the word of the contract
        if raw is None:
            raise ItemError("too_large", f"the line is too long for a note of {self.limit} characters")
        return encounter(without_answers(parse(raw)), limit=self.limit, id=id)


def _stem(path: str) -> str:
    return "stdin" if path == STDIN else Path(told(path)).stem
