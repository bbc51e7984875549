"""The import as a whole: read, compare with what is in force, store, put in force."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deltoid.service.terms.changes import Change, changes
from deltoid.service.terms.kinds import Kind
from deltoid.service.terms.readers import Read, read
from deltoid.service.terms.versions import Version, Versions, name_of
from deltoid.service.versions import deltoid_version

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Import:
    """What an import comes to; `against` is the version that it was compared with, None where there is none.

    `known` says that this very version is the one in force: nothing is to be done.
    """

    version: str
    read: Read
    sources: tuple[tuple[str, str], ...]
    against: Version | None
    changes: tuple[Change, ...]
    known: bool

    def as_json(self) -> dict[str, object]:
        """Return it in plain values."""
        return {
            "kind": self.read.kind.name,
            "version": self.version,
            "effective": self.read.effective.isoformat(),
            "sources": [{"name": name, "sha256": sha} for name, sha in self.sources],
            "counts": self.read.found.counts(),
            "warnings": list(self.read.found.warnings),
            "against": self.against.name if self.against else None,
            "changes": [change.as_json() for change in self.changes],
            "in_force_already": self.known,
        }


def plan(versions: Versions, kind: Kind, paths: Sequence[Path], day: date | None = None) -> Import:
    """Read files and say what importing them would change.

    Parameters
    ----------
    versions : Versions
    kind : Kind
    paths : sequence of Path
    day : datetime.date, optional
        From when on they hold, where the files do not tell it.

    Returns
    -------
    Import

    Raises
    ------
    TableError
        If the files cannot be used, or what is in force cannot be read.
    OSError
        If a file cannot be read.
    """
    digests = tuple((path.name, _sha256(path)) for path in paths)
    taken = read(kind, paths, day)
    name = name_of(kind, taken.effective, digests, taken.found.tables)
    listed = versions.in_force().get(kind.name, ())
    known = name in listed and versions.whole(kind, name)
    against = versions.newest(kind) if listed and versions.whole(kind, listed[-1]) else None
    before = {table: against.rows(table) for table in kind.tables} if against else {}
    return Import(name, taken, digests, against, changes(kind, before, taken.found.tables), known)


def carry_out(versions: Versions, planned: Import, today: date) -> None:
    """Store what was planned and put it in force.

    Raises
    ------
    OSError
        If something cannot be written; what was in force stays so.
    """
    if not planned.known:
        versions.add(planned.read.kind, planned.version, planned.read.found.tables, _manifest(planned, today))


def _manifest(planned: Import, today: date) -> Mapping[str, object]:
    told = planned.as_json()
    kept = {key: told[key] for key in ("kind", "version", "effective", "sources", "counts", "warnings")}
    return {**kept, "imported": today.isoformat(), "tool": f"deltoid {deltoid_version()}"}


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
