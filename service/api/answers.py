"""What the API answers with: JSON as the command line prints it, and problems that repeat no input."""

from __future__ import annotations

import json
from collections.abc import Mapping

from fastapi import Response

from deltoid.pipeline.types import Review
from deltoid.service.problems import ItemError
from deltoid.service.schemas.review import to_review_out

PROBLEM = "application/problem+json"


def problem(error: ItemError) -> dict[str, object]:
    """Return an error as the members of a problem.

    Examples
    --------
    >>> problem(ItemError("empty", "the note has no text", id="x017"))["title"]
    'There is no text'
    """
    told: dict[str, object] = {
        "type": f"urn:deltoid:problem:{error.code}",
        "title": error.kind.title,
        "status": error.kind.status,
        "detail": error.message,
        "code": error.code,
    }
    if error.id is not None:
        told["id"] = error.id
    if error.errors:
        told["errors"] = list(error.errors)
    return told


def refused(error: ItemError, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer that refuses a request."""
    body = json.dumps(problem(error), ensure_ascii=False)
    return Response(body, error.kind.status, dict(headers or {}), PROBLEM)


def said(result: Review | ItemError) -> str:
    """Return the JSON of a review, or of the problem that stands in its place."""
    if isinstance(result, ItemError):
        return json.dumps(problem(result), ensure_ascii=False)
    return to_review_out(result).to_json()


def answered(body: str) -> Response:
    """Return JSON that is already written."""
    return Response(body, media_type="application/json")
