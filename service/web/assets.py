"""The page's own files: a closed list out of the package, each with its type and its digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file with its media type and its entity tag."""

    content: bytes
    media_type: str
    etag: str


@cache
def assets() -> dict[str, Asset]:
    """Return every file that ``/static/`` serves, by name; nothing else can be asked for.

    Examples
    --------
    >>> assets()["page.css"].media_type
    'text/css; charset=utf-8'
    """
    folder = resources.files("deltoid.service.web.static")
    files = (file for file in folder.iterdir() if "." + file.name.rpartition(".")[2] in _TYPES)
    return {file.name: _asset(file.name, file.read_bytes()) for file in files}


def _asset(name: str, content: bytes) -> Asset:
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(content, _TYPES["." + name.rpartition(".")[2]], f'"{digest}"')
