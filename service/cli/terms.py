"""``deltoid terms``: official files that a site downloads, put in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deltoid.service.cli.exits import Exit, Failure

if TYPE_CHECKING:
    from deltoid.service.terms.importing import Import
    from deltoid.service.terms.kinds import Kind
    from deltoid.service.terms.status import State
    from deltoid.service.terms.versions import Versions

terms = typer.Typer(no_args_is_help=True, help="Import official code files, see how old they are, roll back.")

AKind = Annotated[
    str, typer.Argument(metavar="KIND", help="What the file is; `terms status` lists the kinds.")
]
Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="As downloaded: an archive or the text files in it.")
]
Data = Annotated[
    Path | None, typer.Option("--data", metavar="FOLDER", help="The data folder; DELTOID_DATA if not given.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change and change nothing.")]
Effective = Annotated[
    str | None,
    typer.Option(metavar="YYYY-MM-DD", help="From which day it holds, where its name does not say."),
]
AVersion = Annotated[
    str | None,
    typer.Argument(metavar="[VERSION]", help="The version to go back to; the one before if not given."),
]


@terms.command("import")
def import_(
    kind: AKind,
    files: Files,
    effective: Effective = None,
    dry_run: DryRun = False,
    data: Data = None,
    json: AsJson = False,
) -> None:
    """Read an official file, say what it changes, and put it in force."""
    from deltoid.service.terms.importing import carry_out, plan

    versions, known, day = _versions(data), _kind(kind), _day(effective)
    _refuse_missing(files)
    planned = plan(versions, known, files, day)
    if not dry_run:
        try:
            carry_out(versions, planned, date.today())
        except OSError as error:
            raise _unwritable(error) from None
    for warning in planned.read.found.warnings:
        typer.echo(f"deltoid: warning: {warning}", err=True)
    _put({**planned.as_json(), "dry_run": dry_run}, _told(planned, dry_run), as_json=json)


@terms.command()
def status(data: Data = None, json: AsJson = False) -> None:
    """Say which files are in force, out of date or missing."""
    from deltoid.service.terms.status import status as states

    found = list(states(_versions(data), date.today()))
    _put({"terms": [state.as_json() for state in found]}, map(_state, found), as_json=json)


@terms.command()
def rollback(kind: AKind, version: AVersion = None, data: Data = None, json: AsJson = False) -> None:
    """Take the latest version out of force, or all after VERSION."""
    versions, known = _versions(data), _kind(kind)
    try:
        left = versions.back(known, version)
    except OSError as error:
        raise _unwritable(error) from None
    words = (
        f"{known.name}: in force is now {left[-1]}" if left else f"{known.name}: nothing is in force any more"
    )
    _put({"kind": known.name, "in_force": list(left)}, [words], as_json=json)


def _versions(data: Path | None) -> Versions:
    from deltoid.service.settings import read_settings
    from deltoid.service.terms.versions import Versions

    folder = data or read_settings().data
    if folder is None:
        raise Failure(Exit.USAGE, "name the data folder with --data, or set DELTOID_DATA")
    if folder.exists() and not folder.is_dir():
        raise Failure(Exit.USAGE, f"--data {folder}: is not a folder")
    return Versions(folder)


def _kind(name: str) -> Kind:
    from deltoid.service.terms.kinds import kinds

    if name not in kinds():
        raise Failure(Exit.USAGE, f"{name!r} is no kind of file; known are {', '.join(kinds())}")
    return kinds()[name]


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Failure(Exit.USAGE, f"--effective: {written!r} is no date; write YYYY-MM-DD") from None


def _refuse_missing(files: list[Path]) -> None:
    for file in files:
        if not file.is_file():
            raise Failure(Exit.NOTHING_TO_DO, f"{file}: there is no such file")


def _unwritable(error: OSError) -> Failure:
    cannot = isinstance(error, PermissionError | NotADirectoryError | FileExistsError)
    told = (
        f"the data folder cannot be written: {error.strerror}; `deltoid terms status` says what is in force"
    )
    return Failure(Exit.CANNOT_CREATE if cannot else Exit.CANNOT_WRITE, told)


def _put(found: dict[str, object], words: Iterator[str] | list[str], *, as_json: bool) -> None:
    import json

    typer.echo(json.dumps(found, indent=2, ensure_ascii=False) if as_json else "\n".join(words))


def _told(planned: Import, dry_run: bool) -> Iterator[str]:
    found = planned.read.found
    done = "already in force" if planned.known else "would be put in force" if dry_run else "in force"
    yield f"{planned.read.kind.title}: {planned.version} {done}, effective {planned.read.effective}"
    yield f"  rows read {found.read}, kept {found.kept}, dropped {found.dropped.total()}"
    yield from (f"    dropped {count}: {why}" for why, count in sorted(found.dropped.items()))
    yield f"  against {planned.against.name if planned.against else 'nothing in force so far'}:"
    for change in planned.changes:
        counts = f"{change.added} new, {change.gone} gone, {change.ended} ended, {change.changed} changed"
        yield f"    {change.table}: {counts}"
        if planned.against:
            yield from (f"      {words}" for words in change.examples)


def _state(state: State) -> str:
    if state.version is None:
        return f"{state.kind.name:13} missing           {state.kind.title} ({state.kind.rhythm})"
    days = (
        f"effective {state.version.effective}, imported {state.version.imported}, {state.age_days} days old"
    )
    return f"{state.kind.name:13} {state.word:17} {state.kind.title}: {state.version.name}, {days}"
