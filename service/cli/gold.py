"""``deltoid gold``: labelled notes from two readings to training files, with what keeps them honest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deltoid.service.cli.exits import Exit, Failure
from deltoid.service.cli.gold_exchange import HERE, Folder, augment, export, import_, told

if TYPE_CHECKING:
    from deltoid.annotations.corpus import Readings
    from deltoid.annotations.marked import MarkedText

gold = typer.Typer(no_args_is_help=True, help="Labelled notes: check, compile, compare, split, exchange.")
gold.command()(augment)
gold.command()(export)
gold.command("import")(import_)

Looks = Annotated[bool, typer.Option("--looks", help="Also what is seldom right and wants a look.")]
Freeze = Annotated[
    bool, typer.Option("--write", help="Write the digests down anew, after a change on purpose.")
]
Html = Annotated[Path | None, typer.Option(metavar="FILE", help="Also write a page with charts.")]
Against = Annotated[
    list[Path] | None, typer.Option(metavar="FILE", help="JSON Lines of notes that must not be repeated.")
]
Least = Annotated[float, typer.Option(help="Share of five-word runs from which on a pair is told.")]


@gold.command()
def packets(
    out: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write them; one file a file.")],
    adjudicate: Annotated[bool, typer.Option("--adjudicate", help="For the adjudicator.")] = False,
    names: Annotated[str, typer.Option(help="Which files, as a pattern.")] = "*",
    folder: Folder = HERE,
) -> None:
    """Write what a second reader gets (text and context alone), or what an adjudicator is asked."""
    from deltoid.annotations.sheet_writer import adjudication_packet, reading_packet

    out.mkdir(parents=True, exist_ok=True)
    for readings in _readings(folder, names):
        if adjudicate and not readings.second:
            continue
        packet = adjudication_packet(readings.pairs()) if adjudicate else reading_packet(readings.first)
        (out / readings.name).write_text(packet, encoding="utf-8")


@gold.command("compile")
def compile_(folder: Folder = HERE) -> None:
    """Join readings and answers to the notes with their marks."""
    from deltoid.annotations.corpus import compile_notes

    with told():
        typer.echo(f"{compile_notes(folder)} notes")


@gold.command()
def lint(looks: Looks = False, folder: Folder = HERE) -> None:
    """Say what is impossible in the compiled notes; exit 1 where something is."""
    from deltoid.annotations.lint import lint as check

    problems = [problem for note in _notes(folder) for problem in check(note)]
    for problem in problems:
        if looks or problem.kind == "error":
            event = "" if problem.event is None else f" #{problem.event}"
            typer.echo(f"{problem.note}{event}: {problem.why}")
    counts = Counter(problem.kind for problem in problems)
    typer.echo(f"{counts['error']} errors, {counts['look']} to look at", err=True)
    if counts["error"]:
        raise typer.Exit(Exit.SOME_FAILED)


@gold.command()
def unmarked(folder: Folder = HERE) -> None:
    """List injectable drugs that a note names and nobody marked, by note and place."""
    from deltoid.annotations.unmarked import unmarked_drugs

    for note in _notes(folder):
        for drug in unmarked_drugs(note):
            typer.echo(f"{note.facts.get('id')}\t{drug.start}\t{drug.end}\t{drug.text}")


@gold.command()
def agreement(folder: Folder = HERE) -> None:
    """Print how far both readings agree, a row per hundred notes, before adjudication."""
    from deltoid.annotations.agreement_table import agreement_table

    with told():
        pairs = [pair for readings in _readings(folder) if readings.second for pair in readings.pairs()]
    typer.echo(agreement_table(pairs), nl=False)


@gold.command()
def stats(html: Html = None, folder: Folder = HERE) -> None:
    """Print how the notes are spread."""
    from deltoid.annotations.spread import shares, spread
    from deltoid.annotations.spread_page import spread_markdown, spread_page

    notes = _notes(folder)
    figures, tables = shares(notes), spread(notes)
    if html:
        html.write_text(spread_page(figures, tables), encoding="utf-8")
    typer.echo(spread_markdown(figures, tables), nl=False)


@gold.command()
def split(write: Freeze = False, folder: Folder = HERE) -> None:
    """Say whether each part still holds the notes that were frozen; exit 1 where not."""
    from deltoid.annotations.splits import FROZEN, frozen_digests, frozen_toml, split_digests

    now = split_digests(folder)
    if write:
        (folder / FROZEN).write_text(frozen_toml(now), encoding="utf-8")
    frozen = frozen_digests(folder)
    for part, digest in now.items():
        typer.echo(f"{part}: {'as frozen' if frozen.get(part) == digest else 'changed'}")
    if frozen != now:
        raise typer.Exit(Exit.SOME_FAILED)


@gold.command()
def duplicates(against: Against = None, least: Least = 0.3, folder: Folder = HERE) -> None:
    """List pairs of notes that share many five-word runs, the families of the corpus left out."""
    from deltoid.annotations.duplicates import near_duplicates
    from deltoid.annotations.spread import family
    from deltoid.service.cli.gold_exchange import texts_of

    notes = {note.facts["id"]: note for note in _notes(folder)}
    texts = {name: note.text for name, note in notes.items()}
    others = None if against is None else {name: text for path in against for name, text in texts_of(path)}
    for pair in near_duplicates(texts, others, least):
        same = pair.other in notes and (told := family(notes[pair.one])) and told == family(notes[pair.other])
        if not same:
            typer.echo(f"{pair.shared:.2f}\t{pair.one}\t{pair.other}")


@gold.command()
def leaks(folder: Folder = HERE) -> None:
    """Say how many drug, dose, route and site wordings dev and test share with the rest, and how many by
    chance.
    """
    from deltoid.annotations.corpus import read_plan
    from deltoid.annotations.leaks import leak

    by_writer: dict[str, list[MarkedText]] = {}
    for note in _notes(folder):
        by_writer.setdefault(note.facts["id"].partition("-")[0], []).append(note)
    for part in ("dev", "test"):
        held = {writer for writer, row in read_plan(folder).items() if row["split"] == part} & set(by_writer)
        found = leak(by_writer, held)
        chance = f"{found.chance:.1f} by chance, as many in {found.as_many:.0%} of random splits"
        typer.echo(f"{part}: {found.shared} shared, {chance}")


def _notes(folder: Path) -> tuple[MarkedText, ...]:
    from deltoid.annotations.corpus import read_notes

    with told():
        notes = read_notes(folder)
    if not notes:
        raise Failure(Exit.NOTHING_TO_DO, f"no compiled notes under {folder}: run 'deltoid gold compile'")
    return notes


def _readings(folder: Path, names: str = "*") -> Iterator[Readings]:
    from deltoid.annotations.corpus import read_readings

    with told():
        yield from read_readings(folder, names)
