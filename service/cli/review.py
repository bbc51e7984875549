"""``deltoid review``."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from deltoid.service.cli.exits import Exit, Failure
from deltoid.service.cli.policy import PolicyOption, book_given


class InputFormat(StrEnum):
    """What an input is."""

    auto = "auto"
    txt = "txt"
    jsonl = "jsonl"


class Encoding(StrEnum):
    """How an input is encoded; never guessed."""

    utf_8 = "utf-8"
    utf_16 = "utf-16"
    cp1252 = "cp1252"
    latin_1 = "latin-1"


Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[INPUT]...",
        help="Files, folders, patterns in quotes, @FILE with one of these a line, or - for standard input.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a note, one note a line.")]
AFormat = Annotated[InputFormat, typer.Option("--format", help="What the inputs are; auto goes by the name.")]
AnEncoding = Annotated[Encoding, typer.Option("--encoding", help="How the inputs are encoded.")]
Payer = Annotated[str | None, typer.Option(help="Payer of the notes that name none, e.g. medicare.")]
Pos = Annotated[str | None, typer.Option(help="Place of service of the notes that name none, e.g. 11.")]
Day = Annotated[str | None, typer.Option("--date", help="Date of service of the notes given without one.")]
EmCode = Annotated[str | None, typer.Option(help="Visit code of the notes given without one, e.g. 99213.")]
Claim = Annotated[str | None, typer.Option(help="Whose claim it is: professional or facility.")]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where reviews go; - is stdout.")]
Force = Annotated[bool, typer.Option("--force", help="Replace output files that exist.")]
Errors = Annotated[
    str | None, typer.Option(metavar="FILE", help="Where errors of single items go, not stderr.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No summary at the end.")]
MaxErrors = Annotated[int | None, typer.Option(min=0, help="Stop after more failed items than this.")]
FailFast = Annotated[bool, typer.Option("--fail-fast", help="Stop at the first failed item.")]


def review(
    inputs: Inputs = None,
    json: AsJson = False,
    format: AFormat = InputFormat.auto,  # noqa: A002 - the option's name
    encoding: AnEncoding = Encoding.utf_8,
    payer: Payer = None,
    pos: Pos = None,
    day: Day = None,
    em_code: EmCode = None,
    claim: Claim = None,
    output: Output = "-",
    force: Force = False,
    errors: Errors = None,
    quiet: Quiet = False,
    max_errors: MaxErrors = None,
    fail_fast: FailFast = False,
    policy: PolicyOption = None,
) -> None:
    """Review notes: what can be billed, what is missing, and why."""
    from deltoid.service.cli import batch  # what reviews is loaded only here, so that --help is quick
    from deltoid.service.cli.given import context_given
    from deltoid.service.settings import read_settings

    if errors is not None and Path(errors).resolve() == Path(output).resolve():
        raise Failure(Exit.USAGE, "--output and --errors must be two files")
    settings = read_settings()
    book = book_given(policy, settings.policy)
    options = batch.Options(
        inputs=_inputs(inputs),
        given=context_given(book, payer=payer, pos=pos, date_of_service=day, em_code=em_code, claim=claim),
        json=json,
        format=format.value,
        encoding=encoding.value,
        output=output,
        force=force,
        errors=errors,
        quiet=quiet,
        max_errors=0 if fail_fast else max_errors,
    )
    engine = batch.ready_engine(book)
    raise typer.Exit(batch.run(options, limit=settings.max_note_chars, engine=engine, today=date.today()))


def _inputs(named: list[str] | None) -> tuple[str, ...]:
    if named:
        return tuple(named)
    if sys.stdin.isatty():
        raise Failure(Exit.USAGE, "name a file or a folder, or - for standard input")
    return ("-",)
