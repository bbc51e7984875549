"""``deltoid rules``: what is in force, on whose authority, and whether a site's own file is sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deltoid.service.cli.exits import Exit, Failure
from deltoid.service.cli.policy import PolicyOption

rules = typer.Typer(invoke_without_command=True)

Payer = Annotated[str | None, typer.Option(help="Whose rules; commercial, or a site's only profile.")]
On = Annotated[str | None, typer.Option(metavar="DATE", help="As of this day; today if not given.")]
Against = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only what is new or different since that day.")
]
AgainstPayer = Annotated[
    str | None, typer.Option(metavar="PAYER", help="Only what is different from that payer.")
]
OlderThan = Annotated[
    int | None,
    typer.Option("--older-than", min=0, metavar="DAYS", help="Only those read longer ago than this."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
Checked = Annotated[Path, typer.Argument(metavar="FILE", help="A policy file, or a folder of them.")]


@rules.callback()
def listed(
    context: typer.Context,
    payer: Payer = None,
    on: On = None,
    against: Against = None,
    against_payer: AgainstPayer = None,
    policy: PolicyOption = None,
    json: AsJson = False,
) -> None:
    """List the rules in force, or what differs by day or payer."""
    if context.invoked_subcommand is not None:
        if any((payer, on, against, against_payer, policy, json)):
            raise Failure(Exit.USAGE, f"write the options behind {context.invoked_subcommand}")
        return
    from deltoid.service.cli import ruling
    from deltoid.service.cli.dates import day_given
    from deltoid.service.cli.policy import book_given, payer_given
    from deltoid.service.settings import read_settings

    book, day = book_given(policy, read_settings().policy), day_given("--on", on)
    whose = payer_given(payer, book) or book.default_payer()
    if against is None and against_payer is None:
        ruling.in_force(book.policy(whose, day), as_json=json)
    else:
        other = book.policy(
            payer_given(against_payer, book) or whose, day_given("--against", against) if against else day
        )
        ruling.differences(other, book.policy(whose, day), as_json=json)


@rules.command()
def sources(older_than: OlderThan = None, policy: PolicyOption = None, json: AsJson = False) -> None:
    """List the sources with the day on which each was last read."""
    from datetime import date

    from deltoid.service.cli import ruling
    from deltoid.service.cli.policy import book_given
    from deltoid.service.settings import read_settings

    book = book_given(policy, read_settings().policy)
    ruling.sources(book, date.today(), older_than, as_json=json)


@rules.command()
def register(json: AsJson = False) -> None:
    """List every id that there is: in the policy, or where it is decided, or why it is left out."""
    from deltoid.service.cli import ruling

    ruling.everything(as_json=json)


@rules.command()
def check(file: Checked, json: AsJson = False) -> None:
    """Check a site's own policy file line by line, and say what it would change."""
    from datetime import date

    from deltoid.service.cli import checking

    checking.check(file, date.today(), as_json=json)
