"""The command line: one file a command; data on standard output, everything else on standard error."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from deltoid.service.cli.doctor import doctor
from deltoid.service.cli.exits import Exit, Failure
from deltoid.service.cli.explain import explain
from deltoid.service.cli.gold import gold
from deltoid.service.cli.review import review
from deltoid.service.cli.rules import rules
from deltoid.service.cli.schema import schema
from deltoid.service.cli.serve import serve
from deltoid.service.cli.terms import terms
from deltoid.service.cli.training import evaluate, train
from deltoid.service.faults import UNUSABLE, unusable, where
from deltoid.service.versions import deltoid_version

COMMANDS = (doctor, explain, review, schema, serve)

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)
for _command in COMMANDS:
    app.command()(_command)
app.add_typer(evaluate, name="evaluate")
app.add_typer(gold, name="gold")
app.add_typer(rules, name="rules")
app.add_typer(terms, name="terms")
app.add_typer(train, name="train")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"deltoid {deltoid_version()}")
        raise typer.Exit


@app.callback()
def deltoid(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Read clinical notes and say whether an injection can be billed as CPT 96372, and what to mend first."""


def main() -> None:
    """Run the command line and exit with one of :class:`~deltoid.service.cli.exits.Exit`."""
    try:
        app(prog_name="deltoid")
    except Failure as failure:
        _end(failure.status, failure.message)
    except UNUSABLE as error:
        _end(Exit.CONFIG, unusable(error))
    except Exception as error:  # its message may hold words of a note: only its kind and place are told
        _end(Exit.INTERNAL, f"a fault of Deltoid itself: {where(error)}")


def _end(status: Exit, message: str) -> None:
    sys.stderr.write(f"deltoid: {message}\n")
    raise SystemExit(int(status)) from None
