"""Reading the policy's TOML files: entries with the place they stand, dated, without overlap or gap.

A file holds ``[[rule]]`` and ``[[parameter]]`` tables. A change in time is a closed entry and a new one of
the same id; `ends` is the last day in force. File-wide `read` is the day on which its sources were last seen.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

_KEYS = {"rule": "id", "parameter": "name"}
_HEADER = re.compile(r"^\[\[(rule|parameter)\]\]", re.MULTILINE)
_TOP = {"read", "extends", "payer", "rule", "parameter", "source"}
_SOURCE = {"tier": str, "title": str, "where": str, "read": date}


class PolicyError(ValueError):
    """A policy cannot be used as it stands; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``[[rule]]`` or ``[[parameter]]`` with the place it came from."""

    kind: str
    key: str
    fields: Mapping[str, object]
    place: str

    @property
    def starts(self) -> date:
        """The first day in force."""
        return _day(self, "starts", date.min)

    @property
    def ends(self) -> date:
        """The last day in force."""
        return _day(self, "ends", date.max)

    def refuse(self, why: str) -> PolicyError:
        """Return the error that names this entry; the caller raises it."""
        return PolicyError(f"{self.place}: {self.kind} {self.key}: {why}")


@dataclass(frozen=True, slots=True)
class Source:
    """What an entry may cite: how weighty it is, what it is called, where it stands and when it was read."""

    tier: str
    title: str
    where: str
    read: date


@dataclass(frozen=True, slots=True)
class Layer:
    """The entries of one payer's file, or of all files of the base, and the sources that only it cites."""

    name: str
    extends: str | None
    entries: tuple[Entry, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)

    def on(self, day: date) -> Iterator[Entry]:
        """Yield the entries in force on `day`."""
        return (entry for entry in self.entries if entry.starts <= day <= entry.ends)


def _day(entry: Entry, field: str, default: date) -> date:
    value = entry.fields.get(field, default)
    if not isinstance(value, date):
        raise entry.refuse(f"{field} is not a date: write it as 2026-01-31, without quotes")
    return value


def parse(text: str, file: str) -> Layer:
    r"""Parse one policy file.

    Parameters
    ----------
    text : str
        The TOML text.
    file : str
        Its name, for errors.

    Returns
    -------
    Layer

    Raises
    ------
    PolicyError
        If it is not TOML, holds an unknown key, or entries of one id overlap or leave a gap.

    Examples
    --------
    >>> layer = parse('extends = "base"\n[[parameter]]\nname = "site_required"\nvalue = true', "mine.toml")
    >>> layer.entries[0].place
    'mine.toml, line 2'
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise PolicyError(f"{file}: {wrong}") from wrong
    places = [(m[1], text.count("\n", 0, m.start()) + 1) for m in _HEADER.finditer(text)]
    return layer(content, file, places)


def layer(content: Mapping[str, object], file: str, places: Iterable[tuple[str, int]] = ()) -> Layer:
    """Make a layer of parsed TOML; `places` are the lines of its entries in order, where they are known."""
    if unknown := set(content) - _TOP:
        raise PolicyError(f"{file}: unknown key {sorted(unknown)}; known are {sorted(_TOP)}")
    spots = list(places)
    entries = tuple(
        entry for kind in _KEYS for entry in _entries(content, kind, file, [n for k, n in spots if k == kind])
    )
    check_dates(entries)
    extends = content.get("extends")
    name = str(content.get("payer", file))
    return Layer(name, str(extends) if extends else None, entries, _sources(content.get("source", {}), file))


def _entries(content: Mapping[str, object], kind: str, file: str, lines: Sequence[int]) -> Iterator[Entry]:
    tables = content.get(kind, [])
    if not isinstance(tables, list):
        raise PolicyError(f"{file}: write each {kind} as [[{kind}]]")
    for index, fields in enumerate(tables):
        place = f"{file}, line {lines[index]}" if index < len(lines) else f"{file}, {kind} {index + 1}"
        if not isinstance(fields, dict) or not isinstance(fields.get(_KEYS[kind]), str):
            raise PolicyError(f"{place}: a {kind} needs {_KEYS[kind]}")
        shared = {"read": content["read"]} if "read" in content else {}
        yield Entry(kind, fields[_KEYS[kind]], shared | fields, place)


def check_dates(entries: Iterable[Entry]) -> None:
    """Refuse two entries of one id that overlap or leave days between them."""
    last: dict[tuple[str, str], Entry] = {}
    for entry in sorted(entries, key=lambda e: e.starts):
        before = last.get((entry.kind, entry.key))
        if before and before.ends >= entry.starts:
            raise entry.refuse(f"overlaps with {before.place}: close that one with ends before this starts")
        if before and before.ends + timedelta(days=1) != entry.starts:
            raise entry.refuse(f"leaves a gap after {before.place}, which ends on {before.ends}")
        last[entry.kind, entry.key] = entry


def _files() -> Traversable:
    return resources.files("deltoid.pipeline.policy")


@cache
def base() -> Layer:
    """Return what holds for every payer: all files of ``policy/base`` together."""
    files = sorted((_files() / "base").iterdir(), key=lambda f: f.name)
    parts = [parse(f.read_text("utf-8"), f.name) for f in files if f.name.endswith(".toml")]
    entries = tuple(entry for part in parts for entry in part.entries)
    check_dates(entries)
    return Layer("base", None, entries)


@cache
def payers() -> Mapping[str, Layer]:
    """Return the shipped payer profiles by name."""
    found = {}
    for file in sorted(_files().iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml") and "\nextends" in f"\n{file.read_text('utf-8')}":
            found[file.name.removesuffix(".toml")] = parse(file.read_text("utf-8"), file.name)
    return found


@cache
def sources() -> Mapping[str, Source]:
    """Return the shipped sources by the short name that entries cite.

    Examples
    --------
    >>> sources()["NGS-CERT"].tier
    'O'
    """
    return _sources(tomllib.loads((_files() / "sources.toml").read_text("utf-8")), "sources.toml")


def _sources(content: object, file: str) -> Mapping[str, Source]:
    if not isinstance(content, dict) or not all(isinstance(fields, dict) for fields in content.values()):
        raise PolicyError(f"{file}: write each source as [source.SHORT-NAME]")
    return {name: _source(fields, f"{file}, source {name}") for name, fields in content.items()}


def _source(fields: Mapping[str, object], place: str) -> Source:
    if set(fields) != set(_SOURCE):
        raise PolicyError(f"{place}: it needs just {', '.join(_SOURCE)}")
    for key, kind in _SOURCE.items():
        if not isinstance(fields[key], kind):
            raise PolicyError(f"{place}: {key} is not a {'date' if kind is date else 'text'}")
    return Source(**fields)  # type: ignore[arg-type]
