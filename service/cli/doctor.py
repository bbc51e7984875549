"""``deltoid doctor``."""

from __future__ import annotations

from typing import Annotated

import typer


def doctor(
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say what is installed here, and whether all of it can be used."""
    from deltoid.service.diagnosis import diagnosis, told
    from deltoid.service.settings import read_settings

    found = diagnosis(read_settings())
    typer.echo(told(found, as_json=json))
