"""``POST /v1/reviews``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from deltoid.pipeline.types import Note, Review
from deltoid.service.api.answers import answered, refused, said
from deltoid.service.api.described import REQUEST, RESPONSES
from deltoid.service.api.logs import LOG
from deltoid.service.faults import where
from deltoid.service.inputs.encounter import encounter
from deltoid.service.problems import ItemError
from deltoid.service.settings import Settings
from deltoid.service.strict_json import parse

Reviewer = Callable[[Note], Review]

JSON = "application/json"


async def _json_body(request: Request) -> bytes:
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != JSON:
        raise ItemError("media_type", f"send the encounter as {JSON}")
    return await request.body()


Body = Annotated[bytes, Depends(_json_body)]


def reviews_router(review: Reviewer, settings: Settings) -> APIRouter:
    """Return the route that reviews one encounter, or a list of a few.

    Parameters
    ----------
    review : callable
        From a note to its review.
    settings : Settings
        The limits.

    Returns
    -------
    APIRouter
    """
    router = APIRouter(tags=["reviews"])

    @router.post("/v1/reviews", openapi_extra=REQUEST, responses=RESPONSES)
    def review_encounters(body: Body) -> Response:
        """Review one encounter, or each of a list: it answers with a review or a problem for each."""
        data = parse(body)
        if isinstance(data, list):
            return answered(f"[{','.join(said(result) for result in _each(data, review, settings))}]")
        result = _one(data, "1", review, settings)
        return refused(result) if isinstance(result, ItemError) else answered(said(result))

    return router


def _each(data: list[object], review: Reviewer, settings: Settings) -> list[Review | ItemError]:
    if not 0 < len(data) <= settings.max_list:
        raise ItemError(
            "too_large", f"a list has 1 to {settings.max_list} encounters; this one has {len(data)}"
        )
    return [_one(item, str(number), review, settings) for number, item in enumerate(data, 1)]


def _one(data: object, id: str, review: Reviewer, settings: Settings) -> Review | ItemError:  # noqa: A002
    try:
        note = encounter(data, limit=settings.max_note_chars, id=id)
    except ItemError as error:
        return error.at(error.place, id)
    try:
        return review(note)
    except ItemError as error:
        return error.at(error.place, note.id)
    except Exception as error:  # one encounter must not spoil the others, and no message may come out
        LOG.error("review failed", extra={"told": {"fault": where(error)}})
        return ItemError("internal", f"the review failed: {where(error)}", id=note.id)
