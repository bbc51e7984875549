"""``deltoid schema``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Schema(StrEnum):
    """Which of the two."""

    encounter = "encounter"
    review = "review"


def schema(
    name: Annotated[Schema | None, typer.Argument(help="Only what goes in, or only what comes out.")] = None,
) -> None:
    """Print the JSON Schema of what goes in and of what comes out."""
    import json

    from deltoid.service.schemas.published import json_schema, json_schemas

    typer.echo(json.dumps(json_schema(name.value) if name else json_schemas(), indent=2))
