"""The option ``--policy``, which every command takes that goes by the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deltoid.pipeline.policybook import PolicyBook
from deltoid.pipeline.policyfile import PolicyError
from deltoid.service.cli.exits import Exit, Failure

PolicyOption = Annotated[
    Path | None,
    typer.Option("--policy", metavar="FILE", help="A site's own policy, or a folder; else DELTOID_POLICY."),
]


def book_given(path: Path | None, setting: Path | None) -> PolicyBook:
    """Return the policies with those of the option, else of the setting, or end with the faults."""
    from deltoid.service.sitepolicy import site_book

    try:
        return site_book(path or setting)
    except PolicyError as error:
        raise Failure(Exit.CONFIG, str(error)) from None


def payer_given(payer: str | None, book: PolicyBook) -> str | None:
    """Return the payer that an option names, or end the command with those that there are."""
    if payer is not None and payer not in book.payers():
        raise Failure(Exit.USAGE, f"--payer must be one of {', '.join(book.payers())}")
    return payer
