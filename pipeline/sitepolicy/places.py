"""Where in a TOML text its keys stand: the parser tells values without their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADER = re.compile(r"^\s*\[+\s*([\w.\"'-]+)\s*\]+")


@dataclass(frozen=True)
class Places:
    r"""The lines of a TOML text.

    Examples
    --------
    >>> places = Places('read = 2026-01-31\n\n[[rule]]\nid = "G-08"\n')
    >>> places.header("rule", 0), places.key("rule", 0, "id"), places.top("read")
    (3, 4, 1)
    """

    text: str

    def header(self, kind: str, index: int) -> int | None:
        """Return the line of the `index`-th table of a kind, from 0; None where it stands inline."""
        found = [line for line, name in self._headers() if name == kind]
        return found[index] if index < len(found) else self.top(kind)

    def key(self, kind: str, index: int, key: str) -> int | None:
        """Return the line of a key in the `index`-th table of a kind, or of its header."""
        start = self.header(kind, index)
        if start is None:
            return None
        after = (line for line, _ in self._headers() if line > start)
        end = next(after, len(self._lines()) + 1)
        return self._within(start, end, key) or start

    def top(self, key: str) -> int | None:
        """Return the line of a key of the file itself."""
        end = next((line for line, _ in self._headers()), len(self._lines()) + 1)
        return self._within(0, end, key)

    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def _headers(self) -> list[tuple[int, str]]:
        found = ((number, _HEADER.match(line)) for number, line in enumerate(self._lines(), 1))
        return [(number, match[1].replace('"', "").replace("'", "")) for number, match in found if match]

    def _within(self, start: int, end: int, key: str) -> int | None:
        written = re.compile(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=")
        lines = enumerate(self._lines()[start : end - 1], start + 1)
        return next((number for number, line in lines if written.match(line)), None)
