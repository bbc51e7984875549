"""Routes of drugs: which words are routes, whose they are, and what routes.csv says of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deltoid.pipeline import lexicon
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.forms import RouteForm
from deltoid.pipeline.linking import distance, tie
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Mention

NOT_NEEDLE = "NOT_NEEDLE"  # the code of words like "by mouth", which prove that a drug was not injected
_LIMIT = 60.0  # characters that matter
_MOUTH_LIMIT = 32.0  # "by mouth" or "cream" speaks only of the drug that it stands beside
_BEFORE = 12  # characters in which "stage", a gauge or an amount may stand before a route
_NOT_THIS_BEFORE = 14

_NUMBERED = r"<<numbered>>\s*$"  # "stage IV"
_VEIN_THING = r"\s*<<vein_thing>>\b"  # "IV access"
_GAUGE = r"\d\s?-?<<gauge>>\.?,?\s*$"  # "22g spinal" is a needle
_SPINE_THING = r"\s*(?:(?:epidural|subdural)\s+)?<<spine_thing>>\b"
_SKIN_TEST = r"\d\s*<<skin_test_unit>>\s*$"
_TISSUE_THING = r"\s*<<tissue_thing>>\b"
_NOT_THIS = r"<<not_this>>\s*$"


def route_of(draft: Draft) -> RouteForm | None:
    """Return what routes.csv says of the draft's route words.

    Examples
    --------
    >>> draft = Draft(None, None, Mention("drug", 0, 7, "Toradol"), route=Mention("route", 8, 10, "IM"))
    >>> route_of(draft).code
    'IM'
    """
    if draft.route is None:
        return None
    return lexicon.routes().get(re.sub(r"\s+", " ", draft.route.text.lower()))


def tie_routes(reading: Reading, stretch: Stretch, drafts: Sequence[Draft]) -> None:
    """Fill the route of the drugs of one sentence, in place.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("IV access lost, so Toradol was given IM")
    >>> draft = Draft(None, None, reading.words["drug"][0])
    >>> tie_routes(reading, reading.sentences[0], [draft])
    >>> draft.route.text
    'IM'
    """
    text = reading.text
    routes = [m for m in reading.within("route", stretch) if not is_no_route(text, m)]

    def near(drug: Mention, route: Mention) -> float:
        far = distance(text, drug, route, _LIMIT)
        return far if route.norm != NOT_NEEDLE or far < _MOUTH_LIMIT else _LIMIT

    used = tie(text, drafts, "route", routes, _LIMIT, near)
    for index, route in enumerate(routes):
        if index not in used and route.norm != NOT_NEEDLE:
            _serve(text, drafts, route)


def _serve(text: str, drafts: Sequence[Draft], route: Mention) -> None:
    """Give a route that is left over to the nearest drug that has none: "IV … given IM"."""
    spare = [(distance(text, d.anchor, route, _LIMIT), d) for d in drafts if d.route is None]
    if spare:
        far, nearest = min(spare, key=lambda pair: pair[0])
        if far < _LIMIT:
            nearest.route = route


def is_no_route(text: str, route: Mention) -> bool:
    """Return whether a route's words mean something else here: "stage IV", "IV access", "spinal stenosis".

    Examples
    --------
    >>> is_no_route("the subcutaneous tissue", Mention("route", 4, 16, "subcutaneous", norm="SC"))
    True
    """
    before = max(0, route.start - _BEFORE)
    if route.norm == "ID" and len(route.text) == 2:  # "0.1 mL ID", never "ID clinic" or "id"
        return not (route.text.isupper() and regex(_SKIN_TEST).search(text, before, route.start))
    if regex(_TISSUE_THING).match(text, route.end):
        return True
    if regex(_NOT_THIS).search(text, max(0, route.start - _NOT_THIS_BEFORE), route.start):
        return True
    if route.norm == "EPIDURAL":
        gauge = regex(_GAUGE).search(text, before, route.start)
        return bool(gauge or regex(_SPINE_THING).match(text, route.end))
    numbered = route.norm == "IV" and regex(_NUMBERED).search(text, before, route.start)
    return bool(numbered or (route.norm == "IV" and regex(_VEIN_THING).match(text, route.end)))


def route_family(code: str) -> str:
    """Return how a route goes in, coarsely: ``needle`` (IM, SC), ``line`` (any IV), else the code itself.

    Examples
    --------
    >>> route_family("SC"), route_family("IV_PUSH"), route_family("INTRALESIONAL")
    ('needle', 'line', 'INTRALESIONAL')
    """
    if code in ("IM", "SC"):
        return "needle"
    return "line" if code.startswith("IV") else code
