"""From arguments to files, in an order that is the same every time."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from deltoid.service.problems import ItemError, Place

STDIN = "-"
SUFFIXES = {".txt": "txt", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_WILD = "*?["


def expand(arguments: Iterable[str]) -> Iterator[str | ItemError]:
    """Yield the path of each file that the arguments name, ``-`` for standard input.

    Parameters
    ----------
    arguments : iterable of str
        Files, folders (their notes, at any depth), patterns, ``@list`` files of such, one a line, or ``-``.

    Yields
    ------
    str or ItemError
        ``missing_file`` or ``unreadable_file`` for an argument that leads to nothing.
    """
    for argument in arguments:
        if argument.startswith("@"):
            yield from _listed(argument[1:])
        else:
            yield from _expanded(argument)


def told(path: str) -> str:
    """Return a path for a message: names that are not UTF-8 keep what can be shown."""
    return os.fsencode(path).decode("utf-8", "replace")


def absent(path: str, why: str = "there is no such file") -> ItemError:
    """Return the error for a path that leads to nothing."""
    return ItemError("missing_file", why, place=Place(told(path)))


def unreadable(path: str, error: OSError) -> ItemError:
    """Return the error for a file that exists and cannot be read."""
    if isinstance(error, FileNotFoundError):
        return absent(path)
    return ItemError("unreadable_file", f"it cannot be read: {error.strerror}", place=Place(told(path)))


def _listed(path: str) -> Iterator[str | ItemError]:
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        yield unreadable(path, error)
    except UnicodeDecodeError:
        yield ItemError("not_utf8", "the list of files is not UTF-8", place=Place(told(path)))
    else:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield from _expanded(line.strip())


def _expanded(argument: str) -> Iterator[str | ItemError]:
    if argument == STDIN:
        yield STDIN
    elif Path(argument).is_dir():
        yield from _in_folder(argument)
    elif any(mark in argument for mark in _WILD) and not Path(argument).exists():
        matches = glob.glob(argument, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
        found = sorted(path for path in matches if Path(path).is_file())
        yield from found
        if not found:
            yield absent(argument, "no file matches")
    else:
        yield argument


def _in_folder(folder: str) -> Iterator[str | ItemError]:
    files = sorted(str(path) for path in Path(folder).rglob("*") if path.suffix.lower() in SUFFIXES)
    seen = [path for path in files if Path(path).is_file() and not _hidden(path, folder)]
    yield from seen
    if not seen:
        yield absent(folder, f"the folder holds no file that ends in {', '.join(SUFFIXES)}")


def _hidden(path: str, folder: str) -> bool:
    return any(part.startswith(".") for part in Path(path).relative_to(folder).parts)
