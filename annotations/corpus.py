"""The gold corpus on disk: first and second readings, answers, and the notes compiled from them.

``first/`` and ``second/`` hold sheets, ``adjudicated/`` the answers where they part, ``notes/`` the result
with its marks in the text; a file has the same name in each. ``plan.csv`` says who writes what, and for
which part.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deltoid.annotations.adjudication import adjudicate
from deltoid.annotations.answers import read_answers
from deltoid.annotations.marked import MarkedText, read_marked
from deltoid.annotations.marked_events import MarkError
from deltoid.annotations.marked_writer import write_marked
from deltoid.annotations.revisions import Change, read_revisions, revise
from deltoid.annotations.sheets import read_sheets

#: Where the project's own corpus stands, seen from its root.
GOLD = Path("annotations/gold")


@dataclass(frozen=True, slots=True)
class Readings:
    """Both readings of the notes of one file, and the adjudicator's answers by note."""

    name: str
    first: tuple[MarkedText, ...]
    second: Mapping[str, MarkedText]
    answers: Mapping[str, Mapping[int, str]]

    def pairs(self) -> Iterator[tuple[MarkedText, MarkedText]]:
        """Yield first and second reading of each note.

        Raises
        ------
        MarkError
            If a note has no second reading; it names the note.
        """
        for note in self.first:
            if note.facts["id"] not in self.second:
                raise MarkError(f"{self.name}: {note.facts['id']} has no second reading")
            yield note, self.second[note.facts["id"]]


def read_readings(folder: Path, names: str = "*") -> Iterator[Readings]:
    """Yield the readings of every file of the corpus, in the order of the names.

    Parameters
    ----------
    folder : Path
        Of the corpus, with ``first``, ``second`` and ``adjudicated``.
    names : str, default="*"
        Which files, as a pattern without the ending.

    Raises
    ------
    MarkError
        If a sheet cannot be read, or the second is of other notes.
    """
    for path in sorted((folder / "first").glob(f"{names}.txt")):
        first = read_sheets(path)
        texts = {note.facts["id"]: note.text for note in first}
        second = _sheets(folder / "second" / path.name, texts)
        answers = folder / "adjudicated" / path.name
        told = read_answers(answers.read_text(encoding="utf-8"), path.name) if answers.exists() else {}
        yield Readings(path.name, first, {note.facts["id"]: note for note in second}, told)


def _sheets(path: Path, texts: Mapping[str, str]) -> tuple[MarkedText, ...]:
    if not path.exists():
        return ()
    return read_sheets(path.read_bytes().decode("utf-8"), name=f"second/{path.name}", texts=texts)


def compile_notes(folder: Path) -> int:
    """Write ``notes/`` anew from the readings and the answers; return how many notes stand.

    Raises
    ------
    MarkError
        If a note lacks its second reading, or a difference its answer.
    """
    count = 0
    revisions = _revisions(folder)
    (folder / "notes").mkdir(exist_ok=True)
    for readings in read_readings(folder):
        gold = [
            revise(adjudicate(first, second, readings.answers.get(id_, {})), revisions.get(id_, ()))
            for id_, first, second in ((one.facts["id"], one, other) for one, other in readings.pairs())
        ]
        (folder / "notes" / readings.name).write_bytes(write_marked(gold).encode("utf-8"))
        count += len(gold)
    return count


def _revisions(folder: Path) -> dict[str, list[Change]]:
    path = folder / "revisions.txt"
    return read_revisions(path.read_text(encoding="utf-8"), path.name) if path.exists() else {}


def read_notes(folder: Path, part: str | None = None) -> tuple[MarkedText, ...]:
    """Read the compiled notes, of one part of the split or of all.

    Parameters
    ----------
    folder : Path
        Of the corpus.
    part : {"train", "dev", "test"}, optional
        None for all.

    Returns
    -------
    tuple of MarkedText
        In the order of their ids; ``facts`` holds id, setting, form and the decision, ``context`` what is
        known beside.
    """
    writers = {writer for writer, row in read_plan(folder).items() if part in (None, row["split"])}
    paths = sorted(path for path in (folder / "notes").glob("*.txt") if path.stem.split("-")[0] in writers)
    return tuple(note for path in paths for note in read_marked(path))


def read_plan(folder: Path) -> dict[str, dict[str, str]]:
    """Read ``plan.csv``: each writer's split, setting, roles, forms, manner and drugs."""
    with (folder / "plan.csv").open(encoding="utf-8", newline="") as lines:
        return {row["writer"]: row for row in csv.DictReader(lines)}
