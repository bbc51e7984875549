"""Where results go: standard output, or a file that appears only when it is whole."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from deltoid.service.cli.exits import Exit, Failure

STDOUT = "-"


@contextmanager
def opened(target: str, *, force: bool = False) -> Iterator[TextIO]:
    """Open where results go, in UTF-8.

    Parameters
    ----------
    target : str
        A file, or ``-`` for standard output.
    force : bool
        Whether a file that exists may be replaced.

    Yields
    ------
    TextIO
        A file is written beside its place and takes it at the end; after an error nothing of it is left.

    Raises
    ------
    Failure
        If the file exists, cannot be made or cannot be written.
    """
    try:
        if target == STDOUT:
            yield _stdout()
            sys.stdout.flush()
        elif Path(target).exists() and not Path(target).is_file():
            with _special(Path(target)) as file:
                yield file
        else:
            with _beside(Path(target), force) as file:
                yield file
    except OSError as error:
        if target == STDOUT:
            _drop_stdout()
        raise Failure(Exit.CANNOT_WRITE, f"{target}: cannot be written: {error.strerror}") from None


def _stdout() -> TextIO:
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    return sys.stdout


def _drop_stdout() -> None:
    """Keep the interpreter from flushing once more, when it ends, what cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _special(path: Path) -> TextIO:
    """Open a device or pipe, which must never be replaced."""
    try:
        return path.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise Failure(Exit.CANNOT_CREATE, f"{path} cannot be made: {error.strerror}") from None


@contextmanager
def _beside(path: Path, force: bool) -> Iterator[TextIO]:
    if path.exists() and not force:
        raise Failure(Exit.CANNOT_CREATE, f"{path} exists: use --force to replace it")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise Failure(Exit.CANNOT_CREATE, f"{path} cannot be made: {error.strerror}") from None
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
