"""The context that options of the command line give."""

from __future__ import annotations

from deltoid.pipeline.policybook import PolicyBook
from deltoid.pipeline.types import Context
from deltoid.service.cli.exits import Exit, Failure
from deltoid.service.cli.policy import payer_given
from deltoid.service.problems import ItemError
from deltoid.service.schemas.encounter import ContextIn
from deltoid.service.schemas.refusal import checked


def context_given(book: PolicyBook, **options: str | None) -> Context:
    """Return what the options say, or end the command saying which of them cannot be used.

    Examples
    --------
    >>> context_given(PolicyBook(), payer="medicare", pos=None).origin
    {'payer': 'given', 'claim': 'default'}
    """
    payer_given(options.get("payer"), book)
    try:
        return checked(ContextIn, options).to_context()
    except ItemError as error:
        raise Failure(Exit.USAGE, _as_option(error.message)) from None


def _as_option(message: str) -> str:
    name, _, why = message.partition(":")
    return f"--{name.replace('date_of_service', 'date').replace('_', '-')}:{why}"
