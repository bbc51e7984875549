"""The JSON Schema of the contract, as ``deltoid schema`` prints it and ``docs/schema.json`` holds it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from deltoid.service.schemas.encounter import EncounterIn
from deltoid.service.schemas.review import ReviewOut

_PUBLISHED: Mapping[str, tuple[type[EncounterIn] | type[ReviewOut], JsonSchemaMode]] = {
    "encounter": (EncounterIn, "validation"),
    "review": (ReviewOut, "serialization"),
}
NAMES = tuple(_PUBLISHED)


def json_schema(name: str) -> dict[str, object]:
    """Return the JSON Schema of ``encounter`` (what goes in) or ``review`` (what comes out).

    Examples
    --------
    >>> json_schema("review")["required"][:2]
    ['schema_version', 'note_id']
    """
    model, mode = _PUBLISHED[name]
    return {"$schema": GenerateJsonSchema.schema_dialect, **model.model_json_schema(mode=mode)}


def json_schemas() -> dict[str, dict[str, object]]:
    """Return the JSON Schemas of both, by name."""
    return {name: json_schema(name) for name in NAMES}
