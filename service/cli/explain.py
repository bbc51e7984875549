"""``deltoid explain``."""

from __future__ import annotations

from typing import Annotated

import typer

from deltoid.service.cli.exits import Exit, Failure
from deltoid.service.cli.policy import PolicyOption

What = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WHAT]...",
        help="A code, modifier, rule, denial, drug, parameter or source, or a question in your own words.",
    ),
]
Payer = Annotated[str | None, typer.Option(help="Only as it stands for this payer, e.g. medicare.")]
On = Annotated[str | None, typer.Option(metavar="DATE", help="As of this day; today if not given.")]
Lines = Annotated[
    str | None,
    typer.Option(
        "--review", metavar="FILE", help="Explain the lines of a review (review --json) to a patient."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def explain(
    what: What = None,
    payer: Payer = None,
    on: On = None,
    review: Lines = None,
    json: AsJson = False,
    policy: PolicyOption = None,
) -> None:
    """Explain a code, rule, denial or drug; answer a question.

    With --review put the lines of a review in plain words for the patient.
    """
    from deltoid.pipeline.explain.target import Asked
    from deltoid.pipeline.formulary import Formulary
    from deltoid.service.cli import explaining, patients
    from deltoid.service.cli.dates import day_given
    from deltoid.service.cli.policy import book_given, payer_given
    from deltoid.service.settings import read_settings

    if (what is None) == (review is None):
        raise Failure(
            Exit.USAGE, "say what to explain: a code, a rule, a question in quotes, or --review FILE"
        )
    book = book_given(policy, read_settings().policy)
    if review is not None:
        patients.explain(review, book, as_json=json)
    else:
        asked = Asked(book, Formulary.shipped(), day_given("--on", on), payer_given(payer, book))
        explaining.answer(" ".join(what or ()), asked, as_json=json)
