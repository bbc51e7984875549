"""How OpenAPI describes the contract: the same models as ``deltoid schema``, under their own names."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from deltoid.service.problems import kinds
from deltoid.service.schemas.encounter import EncounterIn
from deltoid.service.schemas.review import ReviewOut

_REF = "#/components/schemas/{model}"


def _one_or_list(*names: str) -> dict[str, object]:
    each = {"$ref": _REF.format(model=names[0])}
    items = {"oneOf": [{"$ref": _REF.format(model=name)} for name in names]}
    return {"schema": {"oneOf": [each, {"type": "array", "minItems": 1, "items": items}]}}


REQUEST: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": _one_or_list("EncounterIn")}}
}
_PROBLEM = {
    "description": "A problem; it never repeats what was sent.",
    "content": {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}},
}
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The review, or for each item of a list its review or its problem.",
        "content": {"application/json": _one_or_list("ReviewOut", "Problem")},
    },
    **dict.fromkeys((400, 413, 415, 422, 500), _PROBLEM),
}


def problem_schema() -> dict[str, object]:
    """Return the JSON Schema of a problem."""
    text = {"type": "string"}
    fault = {"type": "object", "properties": {"loc": text, "msg": text}, "required": ["loc", "msg"]}
    return {
        "type": "object",
        "description": "RFC 9457, with the code of the problem and the id of the encounter.",
        "properties": {
            "type": text,
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "code": {"type": "string", "enum": sorted(kinds())},
            "id": text,
            "errors": {"type": "array", "items": fault},
        },
        "required": ["type", "title", "status", "detail", "code"],
    }


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description of `app` with the models of the contract.

    Parameters
    ----------
    app : FastAPI

    Returns
    -------
    dict
        An OpenAPI 3.1 document.
    """
    described = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    _, schemas = models_json_schema(
        [(EncounterIn, "validation"), (ReviewOut, "serialization")], ref_template=_REF
    )
    components = described.setdefault("components", {}).setdefault("schemas", {})
    components.update(schemas["$defs"], Problem=problem_schema())
    return described
