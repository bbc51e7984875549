"""The application: the API, the page, and what stands around both."""

from __future__ import annotations

from datetime import date

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from deltoid.pipeline.types import Note, Review
from deltoid.service.api.answers import refused
from deltoid.service.api.described import describe
from deltoid.service.api.guard import TOO_LARGE, Guard
from deltoid.service.api.health import health_router
from deltoid.service.api.reviews import reviews_router
from deltoid.service.engine import Engine, build_engine
from deltoid.service.faults import where
from deltoid.service.problems import ItemError
from deltoid.service.review import review
from deltoid.service.samples import samples
from deltoid.service.settings import Settings
from deltoid.service.sitepolicy import site_book
from deltoid.service.terms.force import in_force
from deltoid.service.versions import deltoid_version
from deltoid.service.web.routes import page_router

_BY_STATUS = {
    404: ItemError("not_found", "see /openapi.json for what there is"),
    405: ItemError("method_not_allowed", "see the Allow header"),
    413: TOO_LARGE,
}


def create_app(settings: Settings, engine: Engine | None = None) -> FastAPI:
    """Return the application.

    Parameters
    ----------
    settings : Settings
        The limits.
    engine : Engine, optional
        What reviews; built anew, which takes seconds, if not given.

    Returns
    -------
    FastAPI
    """
    engine = engine or in_force(build_engine(site_book(settings.policy)), settings)

    def review_today(note: Note) -> Review:
        return review(note, engine=engine, today=date.today())

    app = _Guarded(
        title="Deltoid",
        version=deltoid_version(),
        description="Which injections a note tells of, and whether they can be billed as CPT 96372.",
        docs_url=None,
        redoc_url=None,
        max_body_size=settings.max_body_bytes,
    )
    app.include_router(reviews_router(review_today, settings))
    app.include_router(health_router(engine.versions))
    app.include_router(page_router(review_today, samples, engine.payers))
    app.exception_handler(ItemError)(_refuse_item)
    app.exception_handler(HTTPException)(_refuse_request)
    app.exception_handler(RequestValidationError)(_refuse_values)
    app.exception_handler(Exception)(_confess)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


class _Guarded(FastAPI):
    def build_middleware_stack(self) -> ASGIApp:
        """Put the guard outside of all, also of the limit on bodies and of what answers to a fault."""
        return Guard(super().build_middleware_stack())


async def _confess(_request: Request, error: Exception) -> Response:
    return refused(ItemError("internal", f"the request failed: {where(error)}"))


async def _refuse_item(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ItemError)
    return refused(error)


async def _refuse_request(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    fallback = ItemError("bad_shape", "the request cannot be taken")
    return refused(_BY_STATUS.get(error.status_code, fallback), error.headers)


async def _refuse_values(_request: Request, _error: Exception) -> Response:
    return refused(ItemError("bad_shape", "a value of the request has another form than /openapi.json says"))
