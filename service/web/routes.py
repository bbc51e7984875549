"""The page's routes: the form with its samples, a review, a sample's review, and the page's own files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import HTMLResponse

from deltoid.pipeline.types import Note, Review
from deltoid.service.problems import ItemError
from deltoid.service.web.assets import assets
from deltoid.service.web.forms import Form, form_of, note_of, read_form
from deltoid.service.web.pages import page
from deltoid.service.web.screen import screen_of
from deltoid.service.web.shelf import Shelf, neighbours, shelf

Reviewer = Callable[[Note], Review]
Samples = Callable[[], Sequence[Note]]

BODY_LIMIT = 16_000_000
"""How many bytes of a form are read at all; a character of the note may take nine of them."""

NOTE_LIMIT = 1_000_000
"""The longest note that the page takes, in characters: spaCy's own limit."""

PAYERS = ("commercial", "medicare", "medicaid", "workers_comp", "self_pay")
"""The payers of the shipped policy."""


async def _body(request: Request) -> bytes:
    return await request.body()


Body = Annotated[bytes, Depends(_body)]
Htmx = Annotated[bool, Header(alias="HX-Request")]


@dataclass(frozen=True)
class _Desk:
    """What the pages are made of: the reviewer, the samples, and the limits of the form."""

    review: Reviewer
    samples: Samples
    payers: Sequence[str]
    note_limit: int

    @cached_property
    def shelf(self) -> Shelf:
        return shelf(self.samples(), self.review)

    def home(self) -> HTMLResponse:
        return self._first_page(Form())

    def posted(self, body: Body, htmx: Htmx = False) -> HTMLResponse:
        form = read_form(body, self.payers, self.note_limit)
        if form.errors:
            return self._first_page(form, 422, htmx)
        try:
            screen = screen_of(self.review(note_of(form)))
        except ItemError as problem:
            told = replace(form, errors={"note": f"{problem.kind.title}: {problem.message}."})
            return self._first_page(told, problem.kind.status, htmx)
        return page("review", fragment=htmx, screen=screen, form=form, payers=self.payers, around=None)

    def sample(self, name: str) -> HTMLResponse:
        notes = {note.id: note for note in self.samples()}
        if name not in notes:
            return _nothing("sample", "Pick one from the list of samples.")
        screen, around = screen_of(self.review(notes[name])), neighbours(tuple(notes.values()), name)
        return page("review", screen=screen, form=form_of(notes[name]), payers=self.payers, around=around)

    def _first_page(self, form: Form, status: int = 200, fragment: bool = False) -> HTMLResponse:
        offered = {"payers": self.payers, "shelf": self.shelf}
        return page("home", fragment=fragment, status=status, form=form, **offered)


def page_router(
    review: Reviewer,
    samples: Samples,
    payers: Sequence[str] = PAYERS,
    note_limit: int = NOTE_LIMIT,
) -> APIRouter:
    """Return the routes of the page.

    Parameters
    ----------
    review : callable
        From a note to its review.
    samples : callable
        The sample notes, in the order in which they are offered. Each is reviewed once for the picker.
    payers : sequence of str
        The payers that the policy knows.
    note_limit : int
        The longest note, in characters.

    Returns
    -------
    APIRouter
        ``GET /``, ``POST /review``, ``GET /samples/{name}``, ``GET /static/{name}``.
    """
    desk = _Desk(review, samples, payers, note_limit)
    router = APIRouter(include_in_schema=False, max_body_size=BODY_LIMIT)
    router.get("/")(desk.home)
    router.post("/review")(desk.posted)
    router.get("/samples/{name}")(desk.sample)
    router.get("/static/{name}")(_static)
    return router


def _nothing(what: str, says: str) -> HTMLResponse:
    return page("problem", status=404, title=f"No such {what}", says=says)


def _static(name: str, request: Request) -> Response:
    asset = assets().get(name)
    if asset is None:
        return _nothing("file", "The page has no file of this name.")
    headers = {"ETag": asset.etag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == asset.etag:
        return Response(status_code=304, headers=headers)
    return Response(asset.content, media_type=asset.media_type, headers=headers)
