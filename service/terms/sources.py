"""What a reader reads: a file, or the members of an archive, line by line and never more than allowed."""

from __future__ import annotations

import csv
import re
import stat
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from deltoid.pipeline.tabular import TableError
from deltoid.service.terms.kinds import Kind, limits

_MARK = b"\xef\xbb\xbf"
_TAB = "\t"
_ENCRYPTED = 0x1
_KIND_BITS = 16


@dataclass(frozen=True, slots=True)
class Source:
    """One text to read: how it is told in errors, its own name, the day it bears in its archive."""

    label: str
    name: str
    stamp: date | None
    opened: Callable[[], AbstractContextManager[IO[bytes]]]
    encoding: tuple[str, ...]

    def refuse(self, line: int, why: str) -> TableError:
        """Return the error that names this file and a line; the caller raises it."""
        return TableError(f"{self.label}, line {line}: {why}")

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield every line with its number, without its end.

        Raises
        ------
        TableError
            If a line is not text of the encoding, too long, or one too many.
        """
        with self.opened() as stream:
            for number, raw in enumerate(_bounded(self, stream), 1):
                yield number, _decoded(self, number, raw.removeprefix(_MARK) if number == 1 else raw)

    def cells(self, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
        """Yield the cells of every row of a delimited file, with the number of its last line.

        Raises
        ------
        TableError
            If a quotation mark is left open or stands in the wrong place, or a cell is far too long.
        """
        if delimiter == _TAB:  # there a quotation mark is a letter like any other
            for number, line in self.lines():
                yield number, [cell.strip() for cell in line.split(_TAB)]
            return
        rows = csv.reader((f"{line}\n" for _, line in self.lines()), delimiter=delimiter, strict=True)
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                raise self.refuse(rows.line_num, f"not a table in CSV: {error}") from None
            yield rows.line_num, [cell.strip() for cell in row]


def _bounded(source: Source, stream: IO[bytes]) -> Iterator[bytes]:
    allowed = limits()
    number = 0
    try:
        while raw := stream.readline(allowed.line_bytes + 1):
            number += 1
            if len(raw) > allowed.line_bytes:
                raise source.refuse(number, f"longer than {allowed.line_bytes} bytes: not a table")
            if number > allowed.rows:
                raise source.refuse(number, f"more than {allowed.rows} lines: not a table of this kind")
            yield raw
    except (zipfile.BadZipFile, EOFError) as error:
        raise source.refuse(number + 1, f"the archive is damaged here ({error}): download it again") from None


def _decoded(source: Source, number: int, raw: bytes) -> str:
    line = next((text for way in source.encoding if (text := _text(raw, way)) is not None), None)
    if line is None:
        raise source.refuse(number, f"is not text in {' or '.join(source.encoding)}")
    if "\0" in line:
        raise source.refuse(number, "holds a NUL: not a text file")
    return line


def _text(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding).rstrip("\r\n")
    except UnicodeDecodeError:
        return None


def sources(paths: Sequence[Path], kind: Kind) -> tuple[Source, ...]:
    """Return the texts of some files, looked for by name inside archives.

    Parameters
    ----------
    paths : sequence of Path
        Text files, or zip archives that hold them.
    kind : Kind
        What they are; its patterns choose among the members of an archive.

    Returns
    -------
    tuple of Source

    Raises
    ------
    TableError
        If an archive is damaged, encrypted, names a place outside itself, is far larger inside than
        outside, or holds no file of this kind.
    OSError
        If a file cannot be read.
    """
    found: list[Source] = []
    for path in paths:
        if _is_archive(path):
            found.extend(_members(path, kind))
        else:
            found.append(Source(path.name, path.name, None, partial(_plain, path), kind.encoding))
    return tuple(found)


@contextmanager
def _plain(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as stream:
        yield stream


def _is_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _members(path: Path, kind: Kind) -> Iterator[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise TableError(f"{path.name}: the archive cannot be read ({error}): download it again") from None
    _refuse_bomb(path, listed)
    chosen = [item for item in listed if _wanted(item.filename, kind)]
    if not chosen:
        names = ", ".join(repr(item.filename) for item in listed[: limits().examples]) or "nothing"
        raise TableError(f"{path.name}: holds no file of the kind {kind.name!r}; it holds {names}")
    for item in chosen:
        yield _member(path, item, kind)


def _wanted(name: str, kind: Kind) -> bool:
    return any(re.search(pattern, name, re.IGNORECASE) for pattern in kind.members)


def _refuse_bomb(path: Path, listed: Sequence[zipfile.ZipInfo]) -> None:
    allowed = limits()
    if len(listed) > allowed.members:
        raise TableError(f"{path.name}: holds {len(listed)} files, more than {allowed.members}")
    for item in listed:
        _refuse_member(path, item)
        if item.file_size > allowed.ratio * max(item.compress_size, 1):
            raise TableError(
                f"{path.name}: {item.filename!r} grows more than {allowed.ratio} times: a zip bomb"
            )
    if sum(item.file_size for item in listed) > allowed.total_bytes:
        raise TableError(f"{path.name}: holds more than {allowed.total_bytes} bytes")


def _refuse_member(path: Path, item: zipfile.ZipInfo) -> None:
    name = item.filename
    outside = PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts
    if outside or "\\" in name or ":" in name or not name.isprintable():
        raise TableError(f"{path.name}: {name!r} names a place outside the archive")
    if stat.S_ISLNK(item.external_attr >> _KIND_BITS):
        raise TableError(f"{path.name}: {name!r} is a link, not a file")
    if item.flag_bits & _ENCRYPTED:
        raise TableError(f"{path.name}: {name!r} is encrypted: unpack it first")
    if item.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise TableError(f"{path.name}: {name!r} is packed in a way that is not read: unpack it first")


def _member(path: Path, item: zipfile.ZipInfo, kind: Kind) -> Source:
    label = f"{path.name}: {item.filename}"
    name = PurePosixPath(item.filename).name
    return Source(label, name, _stamp(item), partial(_opened, path, item), kind.encoding)


def _stamp(item: zipfile.ZipInfo) -> date | None:
    try:
        return date(*item.date_time[:3])
    except ValueError:
        return None


@contextmanager
def _opened(path: Path, item: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(path) as archive, archive.open(item) as stream:
        yield stream
