"""The versions of each kind in the data folder, and which of them are in force."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deltoid.pipeline.tabular import TableError
from deltoid.service.terms import disk
from deltoid.service.terms.kinds import Kind, kinds

POINTER = "CURRENT.toml"
MANIFEST = "manifest.json"
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}")
InForce = Mapping[str, tuple[str, ...]]
Tables = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Version:
    """One imported version; `manifest` says what it was made of, when and by which program."""

    kind: Kind
    name: str
    folder: Path
    manifest: Mapping[str, object]

    @property
    def effective(self) -> date:
        """The day from which it holds."""
        return date.fromisoformat(str(self.manifest["effective"]))

    @property
    def imported(self) -> date:
        """The day on which it was imported."""
        return date.fromisoformat(str(self.manifest["imported"]))

    def rows(self, table: str) -> Iterator[list[str]]:
        """Yield the rows of one of its tables.

        Raises
        ------
        TableError
            If the table is not the one that was imported.
        """
        file = f"{table}.csv"
        place = f"{self.kind.name}/{self.name}/{file}"
        try:
            data = (self.folder / file).read_bytes()
        except OSError as error:
            raise TableError(f"{place}: {error.strerror}: import the file again") from None
        told = self.manifest["tables"]
        if not isinstance(told, dict) or hashlib.sha256(data).hexdigest() != told.get(file):
            raise TableError(f"{place} is not what was imported: import the file again, or roll back")
        rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
        if next(rows, None) != list(self.kind.tables[table].columns):
            raise TableError(f"{place}: other columns than this program keeps: import the file again")
        yield from rows


def name_of(kind: Kind, effective: date, sources: Sequence[tuple[str, str]], tables: Tables) -> str:
    """Return the name of a version: its day, and a digest of its sources and of what was made of them.

    Examples
    --------
    >>> name_of(kinds()["mue"], date(2026, 10, 1), [("a.csv", "ab" * 32)], {"units": [("96372", "4", "3")]})
    '2026-10-01-8e99885c4df1'
    """
    made = [
        hashlib.sha256(_csv(layout.columns, tables[name])).hexdigest() for name, layout in kind.tables.items()
    ]
    told = "\0".join([*sorted(sha for _, sha in sources), *made])
    return f"{effective.isoformat()}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions under one data folder: ``terms/<kind>/<version>/``, and ``terms/CURRENT.toml``.

    In force are, for each kind, the versions that the pointer lists, oldest day first: a service is judged by
    the last that holds on its day.
    """

    data: Path

    @property
    def folder(self) -> Path:
        """The folder of all kinds."""
        return self.data / "terms"

    def in_force(self) -> InForce:
        """Return the names of the versions in force by kind, oldest day first.

        Raises
        ------
        TableError
            If the pointer cannot be used.
        """
        path = self.folder / POINTER
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise TableError(f"{POINTER} cannot be read: {error}") from None
        named = told.get("in_force")
        if not isinstance(named, dict) or set(told) != {"in_force"}:
            raise TableError(f"{POINTER}: it holds one table, [in_force]")
        return {kind: tuple(_checked(kind, names)) for kind, names in named.items()}

    def version(self, kind: Kind, name: str) -> Version:
        """Return one version.

        Raises
        ------
        TableError
            If there is none of that name, or its manifest cannot be read.
        """
        folder = self.folder / kind.name / name
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise TableError(
                f"{kind.name}: there is no version {name!r}; there are {self._listed(kind)}"
            ) from None
        except ValueError as error:
            raise TableError(f"{kind.name}/{name}/{MANIFEST} cannot be read: {error}") from None
        return Version(kind, name, folder, manifest)

    def names(self, kind: Kind) -> tuple[str, ...]:
        """Return the names of all versions of a kind, in force or not, oldest day first."""
        folder = self.folder / kind.name
        found = folder.iterdir() if folder.is_dir() else ()
        return tuple(sorted(item.name for item in found if _NAME.fullmatch(item.name)))

    def _listed(self, kind: Kind) -> str:
        return ", ".join(self.names(kind)) or "none"

    def whole(self, kind: Kind, name: str) -> bool:
        """Return whether a version is there as it was imported."""
        try:
            version = self.version(kind, name)
            return all(sum(1 for _ in version.rows(table)) >= 0 for table in kind.tables)
        except TableError:
            return False

    def newest(self, kind: Kind) -> Version | None:
        """Return the version in force with the latest day, None where none is."""
        names = self.in_force().get(kind.name, ())
        return self.version(kind, names[-1]) if names else None

    def add(
        self,
        kind: Kind,
        name: str,
        tables: Tables,
        manifest: Mapping[str, object],
    ) -> None:
        """Store a version and put it in force: after a crash at any point all is as before, or all is done.

        Raises
        ------
        OSError
            If something cannot be written.
        """
        with disk.alone(self.folder):
            folder = self.folder / kind.name / name
            if not self.whole(kind, name):
                self._store(folder, kind, tables, manifest)
            listed = [other for other in self.in_force().get(kind.name, ()) if other != name]
            # of two releases for one day the one imported last is in force
            later = [other for other in listed if other[:10] > name[:10]]
            self._point({**self.in_force(), kind.name: (*listed[: len(listed) - len(later)], name, *later)})

    def back(self, kind: Kind, name: str | None) -> tuple[str, ...]:
        """Take the latest version out of force, or all that came in force after `name`; return those left.

        Raises
        ------
        TableError
            If nothing is in force, or `name` is not.
        OSError
            If the pointer cannot be written.
        """
        with disk.alone(self.folder):
            named = self.in_force()
            listed = named.get(kind.name, ())
            if not listed:
                raise TableError(f"{kind.name}: no version is in force")
            if name is not None and name not in listed:
                raise TableError(f"{kind.name}: {name!r} is not in force; in force are {', '.join(listed)}")
            left = listed[:-1] if name is None else listed[: listed.index(name) + 1]
            self._point({**named, kind.name: left})
            return left

    def _store(
        self,
        folder: Path,
        kind: Kind,
        tables: Tables,
        manifest: Mapping[str, object],
    ) -> None:
        part = folder.with_name(f".{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        digests = {}
        for table, layout in kind.tables.items():
            data = _csv(layout.columns, tables[table])
            disk.write(part / f"{table}.csv", data)
            digests[f"{table}.csv"] = hashlib.sha256(data).hexdigest()
        told = json.dumps({**manifest, "tables": digests}, indent=2, ensure_ascii=False)
        disk.write(part / MANIFEST, f"{told}\n".encode())
        if folder.exists():  # one that was changed or lost a file since
            shutil.rmtree(folder)
        part.rename(folder)
        disk.settle(folder.parent)

    def _point(self, named: InForce) -> None:
        lines = [
            f"{json.dumps(kind)} = {json.dumps(list(names))}"
            for kind, names in sorted(named.items())
            if names
        ]
        disk.write(self.folder / POINTER, "\n".join(["[in_force]", *lines, ""]).encode())


def _checked(kind: str, names: object) -> Iterator[str]:
    if kind not in kinds() or not isinstance(names, list):
        raise TableError(f"{POINTER}: {kind!r} is no kind of file with a list of versions")
    for name in names:
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise TableError(f"{POINTER}, {kind}: {name!r} is not the name of a version")
        yield name


def _csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
