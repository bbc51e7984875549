"""The lines of a JSONL file, one at a time and never more of one than could be a note."""

from __future__ import annotations

import io
from collections.abc import Iterator

from deltoid.service.inputs.text import UTF8_MARK


def numbered(file: io.BufferedReader, most: int) -> Iterator[tuple[int, bytes | None]]:
    r"""Yield each line that is not blank with its number from 1, None for one that is too long.

    Parameters
    ----------
    file : io.BufferedReader
        Lines end with a line feed; a byte order mark before the first is left out.
    most : int
        The most bytes that a line may have.

    Yields
    ------
    tuple of int and (bytes or None)

    Examples
    --------
    >>> list(numbered(io.BufferedReader(io.BytesIO(b"{}\n\n{too long}\n[]")), 5))
    [(1, b'{}'), (3, None), (4, b'[]')]
    """
    number = 0
    while line := file.readline(most + 1):
        number += 1
        if len(line) > most and not line.endswith(b"\n"):
            _skip_rest(file, most)
            yield number, None
        elif stripped := line.removeprefix(UTF8_MARK if number == 1 else b"").strip(b" \t\r\n"):
            yield number, stripped


def _skip_rest(file: io.BufferedReader, most: int) -> None:
    while (part := file.readline(most)) and not part.endswith(b"\n"):
        pass
