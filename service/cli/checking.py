"""What ``deltoid rules check`` prints."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from deltoid.pipeline.explain.difference import Difference, difference
from deltoid.pipeline.policybook import PolicyBook
from deltoid.pipeline.policyfile import PolicyError
from deltoid.pipeline.sitepolicy.check import changes
from deltoid.service.cli.exits import Exit, Failure
from deltoid.service.cli.printing import put, put_json
from deltoid.service.explain.differing import told_difference
from deltoid.service.explain.lines import Line
from deltoid.service.sitepolicy import SiteFile, site_files


def check(path: Path, today: date, *, as_json: bool) -> None:
    """Print what is wrong with a site's files, or what they change from today on.

    Parameters
    ----------
    path : pathlib.Path
    today : datetime.date
    as_json : bool

    Raises
    ------
    typer.Exit
        ``CONFIG`` where anything is wrong.
    """
    try:
        files = site_files(path)
    except PolicyError as error:
        raise Failure(Exit.CONFIG, str(error)) from None
    faults = [problem for file in files for problem in file.problems()]
    found = () if faults else tuple(each for file in files for each in _changes(file, files, today))
    if as_json:
        put_json({"problems": _problems(files), "changes": found})
    elif not faults:
        put(_told(found))
    if faults:
        raise Failure(Exit.CONFIG, "\n".join((*faults, f"{len(faults)} to mend; nothing of it is in force")))
    sys.stderr.write(
        f"{', '.join(file.file for file in files)}: sound; use it with --policy or DELTOID_POLICY\n"
    )


def _problems(files: tuple[SiteFile, ...]) -> list[dict[str, object]]:
    return [
        {"file": file.file, "line": problem.line, "message": problem.says}
        for file in files
        for problem in file.checked.problems
    ]


def _changes(file: SiteFile, files: tuple[SiteFile, ...], today: date) -> Iterator[Difference]:
    """Yield what differs from the extended profile today, then what each later day of the file changes."""
    book = PolicyBook(tuple(each.checked.content for each in files))
    name, extends = file.checked.name, str(file.checked.content["extends"])
    before = book.policy(extends, today)
    for day in (today, *(each for each in changes(file.checked.content) if each > today)):
        after = book.policy(name, day)
        yield difference(before, after)
        before = after


def _told(found: tuple[Difference, ...]) -> Iterator[Line]:
    return (line for each in found for line in told_difference(each))
