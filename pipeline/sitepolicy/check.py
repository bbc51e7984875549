"""Checking a site's own policy file: every fault with its line, not only the first."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from deltoid.pipeline import policies, policyfile
from deltoid.pipeline.lines.settings import amounts, most_units
from deltoid.pipeline.policybook import PolicyBook
from deltoid.pipeline.policyfile import PolicyError
from deltoid.pipeline.sitepolicy.entries import Known, faults
from deltoid.pipeline.sitepolicy.places import Places
from deltoid.pipeline.sitepolicy.shape import NAMED, meant, misshapen

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_AT_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and in which line where that can be told."""

    line: int | None
    says: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A site's file: its content with the profile's name, and what is wrong with it."""

    name: str
    content: Mapping[str, object]
    problems: tuple[Problem, ...]


def check(text: str, name: str, others: tuple[Mapping[str, object], ...] = ()) -> Checked:
    """Check one file.

    Parameters
    ----------
    text : str
        Its TOML text.
    name : str
        The profile's name where the file has no ``payer``: that of the file without its ending.
    others : tuple of mapping
        The site's other files, which this one may extend.

    Returns
    -------
    Checked
        Without problems, `content` can be put in force.

    Examples
    --------
    >>> found = check('extends = "comercial"', "acme")
    >>> found.problems[0]
    Problem(line=1, says="extends: unknown profile 'comercial'; did you mean commercial?")
    """
    try:
        content: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else len(text.splitlines())
        return Checked(name, {}, (Problem(line, f"this is not TOML: {error}"),))
    named = {"payer": name, **content}
    problems = tuple(sorted(_problems(named, Places(text), others), key=lambda each: each.line or 0))
    return Checked(str(named["payer"]), named, problems or tuple(_as_a_whole(named, others)))


def _problems(
    content: Mapping[str, object], places: Places, others: tuple[Mapping[str, object], ...]
) -> Iterator[Problem]:
    yield from (
        Problem(places.top(key) or places.header(key, 0), f"{why}") for key, why in misshapen("top", content)
    )
    yield from _naming(content, places, others)
    known = Known.of(content, PolicyBook(others))
    for kind in NAMED:
        tables = content.get(kind, [])
        for index, fields in enumerate(tables if isinstance(tables, list) else []):
            yield from _entry(kind, index, fields, known, places)
        yield from _dates(kind, tables, places)
    yield from _sources(content.get("source"), places)


def _naming(
    content: Mapping[str, object], places: Places, others: tuple[Mapping[str, object], ...]
) -> Iterator[Problem]:
    name, extends = content["payer"], content.get("extends")
    at_name, at_extends = places.top("payer"), places.top("extends") or 1
    if isinstance(name, str) and not _NAME.fullmatch(name):
        yield Problem(at_name, f"payer: {name!r} is no name: write small letters, digits, - and _")
    if name in (*policyfile.payers(), "base"):
        yield Problem(at_name, f"payer: {name!r} is a shipped profile: choose a name of your own")
    profiles = ("base", *policies.known(others))
    if extends is None:
        yield Problem(
            1, f'extends is missing: write which profile this changes, such as extends = "{profiles[1]}"'
        )
    elif extends == name:
        yield Problem(at_extends, "extends: a profile cannot extend itself: name the one that it changes")
    elif isinstance(extends, str) and extends not in profiles:
        yield Problem(at_extends, f"extends: unknown profile {extends!r}{meant(extends, profiles)}")


def _entry(kind: str, index: int, fields: object, known: Known, places: Places) -> Iterator[Problem]:
    if not isinstance(fields, dict):
        yield Problem(places.top(kind), f"write each {kind} as a table, [[{kind}]]")
        return
    name = fields.get(NAMED[kind])
    if not isinstance(name, str):
        yield Problem(places.header(kind, index), f"a {kind} needs {NAMED[kind]}")
        return
    for key, why in (*misshapen(kind, fields), *faults(kind, name, fields, known)):
        yield Problem(places.key(kind, index, key), f"{kind} {name}: {why}")


def _dates(kind: str, tables: object, places: Places) -> Iterator[Problem]:
    try:
        layer = policyfile.layer({kind: tables}, "", _lines(kind, tables, places))
    except PolicyError as error:
        at = _AT_LINE.search(str(error))
        if at and (
            "overlaps" in str(error) or "gap" in str(error)
        ):  # any other fault is told with its key already
            yield Problem(
                int(at[1]), re.sub(r"(^|with |after ), line", r"\1line", str(error)).split(": ", 1)[1]
            )
        return
    for index, entry in enumerate(layer.entries):
        if entry.starts > entry.ends:
            yield Problem(places.key(kind, index, "ends"), f"{kind} {entry.key}: it ends before it starts")


def _lines(kind: str, tables: object, places: Places) -> list[tuple[str, int]]:
    count = len(tables) if isinstance(tables, list) else 0
    return [(kind, places.header(kind, index) or 1) for index in range(count)]


def _sources(tables: object, places: Places) -> Iterator[Problem]:
    for name, fields in (tables if isinstance(tables, dict) else {}).items():
        at = places.header(f"source.{name}", 0)
        if not isinstance(fields, dict):
            yield Problem(at or places.top("source"), f"write each source as [source.{name}]")
            continue
        for key, why in misshapen("source", fields):
            yield Problem(places.key(f"source.{name}", 0, key), f"source {name}: {why}")
        if missing := {"tier", "title", "where", "read"} - set(fields):
            yield Problem(at, f"source {name}: lacks {', '.join(sorted(missing))}")
        if name in policyfile.sources():
            yield Problem(at, f"source {name}: is the name of a shipped source: choose another")


def _as_a_whole(content: Mapping[str, object], others: tuple[Mapping[str, object], ...]) -> Iterator[Problem]:
    """Load the policy on each day on which it changes, as a review would."""
    name, own = str(content["payer"]), (*others, content)
    for day in changes(content):
        try:
            policy = policies.load(name, day, own)
            amounts(policy, "fee_table")
            most_units(policy)
        except PolicyError as error:
            yield Problem(None, str(error))
            return


def changes(content: Mapping[str, object]) -> tuple[date, ...]:
    """Return the days on which a site's own entries begin or have ended, the beginning of time included.

    Examples
    --------
    >>> changes({"payer": "acme", "rule": [{"id": "G-08", "ends": date(2026, 6, 30)}]})
    (datetime.date(1, 1, 1), datetime.date(2026, 7, 1))
    """
    entries = policyfile.layer(content, str(content["payer"])).entries
    ended = {entry.ends + timedelta(days=1) for entry in entries if entry.ends < date.max}
    return tuple(sorted({date.min, *(entry.starts for entry in entries), *ended}))
