"""Templates to responses. The headers that shut a page in are those of the whole application."""

from __future__ import annotations

from functools import cache

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from deltoid.service.web.glyphs import shown
from deltoid.service.web.words import words


@cache
def environment() -> Environment:
    """Return the templates: everything is escaped, and a name that is not there is an error.

    Examples
    --------
    >>> environment().autoescape
    True
    """
    found = Environment(
        loader=PackageLoader("deltoid.service.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["words"] = words
    found.filters["shown"] = shown
    return found


def page(template: str, *, fragment: bool = False, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page, or only its main part for htmx.

    Parameters
    ----------
    template : str
        The template's name, without its ending.
    fragment : bool
        Leave out the frame about the main part.
    status : int
        The HTTP status.
    **values : object
        What the template names.

    Returns
    -------
    HTMLResponse

    Examples
    --------
    >>> page("problem", title="Not found", says="There is no such sample.").status_code
    200
    """
    frame = "fragment.html" if fragment else "frame.html"
    html = environment().get_template(f"{template}.html").render(frame=frame, **values)
    return HTMLResponse(html, status, {"Vary": "HX-Request"})
