"""What is served: the artifacts that ``CURRENT.toml`` names, each checked against its checksums.

An artifact is a folder of the store that holds its files and a ``SHA256SUMS`` over every one of them. What
does not match to the byte is refused, so that nobody is ever judged by weights that nobody released.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

ROLES = ("extraction", "eligibility")
POINTER = "CURRENT.toml"
CHECKSUMS = "SHA256SUMS"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_CHECKSUM = re.compile(r"(?P<digest>[0-9a-f]{64}) [ *](?P<path>\S.*)")


class ArtifactError(ValueError):
    """An artifact cannot be served; the message names the file and what to do."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A served model: its role, the name of its folder and the digest of its list of checksums."""

    role: str
    name: str
    digest: str


def served(store: Traversable | None = None) -> Mapping[str, Artifact | None]:
    """Return what is served in each role, None where nothing is.

    Parameters
    ----------
    store : Traversable, optional
        The folder of artifacts; the one shipped with the package if not given.

    Returns
    -------
    mapping of str to Artifact or None
        One entry for every role.

    Raises
    ------
    ArtifactError
        If the pointer is unreadable or names an unknown role, or an artifact does not match its checksums.

    Examples
    --------
    >>> sorted(served())
    ['eligibility', 'extraction']
    """
    store = store or resources.files("deltoid.models.store")
    named = _pointer(store)
    return {role: verified(store, role, named[role]) if role in named else None for role in ROLES}


def verified(store: Traversable, role: str, name: str) -> Artifact:
    """Return the artifact `name` of `store` after checking every one of its files.

    Raises
    ------
    ArtifactError
        If the folder or its checksums are absent, or a file is changed, absent or not listed.
    """
    if not _NAME.fullmatch(name):
        raise ArtifactError(f"{POINTER}, {role}: {name!r} is not the name of an artifact folder")
    folder = store / name
    if not (folder / CHECKSUMS).is_file():
        raise ArtifactError(f"{POINTER}, {role}: there is no {name}/{CHECKSUMS} in the store")
    listing = (folder / CHECKSUMS).read_bytes()
    _compare(name, dict(_listed(name, listing)), dict(_present(folder)))
    return Artifact(role, name, hashlib.sha256(listing).hexdigest())


def _pointer(store: Traversable) -> dict[str, str]:
    try:
        table = tomllib.loads((store / POINTER).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArtifactError(f"{POINTER} cannot be read: {error}") from error
    named = table.get("served", {})
    if not isinstance(named, dict) or set(table) - {"served"}:
        raise ArtifactError(f"{POINTER}: it holds one table, [served]")
    for role, name in named.items():
        if role not in ROLES or not isinstance(name, str):
            raise ArtifactError(f"{POINTER}: {role!r} must be one of {', '.join(ROLES)} and name a folder")
    return named


def _listed(name: str, listing: bytes) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(listing.decode("utf-8", "replace").splitlines(), start=1):
        found = _CHECKSUM.fullmatch(line)
        if found is None:
            raise ArtifactError(f"{name}/{CHECKSUMS}, line {number}: not a checksum line")
        yield found["path"], found["digest"]


def _present(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        path = prefix + item.name
        if item.is_dir():
            yield from _present(item, path + "/")
        elif path != CHECKSUMS:
            yield path, hashlib.sha256(item.read_bytes()).hexdigest()


def _compare(name: str, listed: Mapping[str, str], present: Mapping[str, str]) -> None:
    for path in sorted(listed.keys() | present.keys()):
        if path not in present:
            raise ArtifactError(f"{name}/{path} is listed in {CHECKSUMS} and absent: restore the artifact")
        if path not in listed:
            raise ArtifactError(f"{name}/{path} is not listed in {CHECKSUMS}: remove it or release anew")
        if listed[path] != present[path]:
            raise ArtifactError(f"{name}/{path} does not match its checksum: restore the artifact")
