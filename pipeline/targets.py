"""What the needle was aimed at and with what: route code, target and device of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, get_args

from deltoid.pipeline import lexicon
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.forms import RouteForm
from deltoid.pipeline.routing import NOT_NEEDLE, route_of
from deltoid.pipeline.types import Device, RouteCode, Target

# the route that a place alone tells: "injected the left knee"
_BY_PLACE: dict[Target, RouteCode] = {
    "joint": "INTRA_ARTICULAR",
    "bursa": "INTRA_ARTICULAR",
    "tendon": "INTRA_ARTICULAR",
    "trigger_point": "INTRA_ARTICULAR",
    "nerve": "BLOCK",
    "spine": "EPIDURAL",
    "lesion": "INTRALESIONAL",
    "eye": "INTRAVITREAL",
}
# the two classes whose name tells what is done with them
_BY_CATEGORY: dict[str, RouteCode] = {"local_anaesthetic": "LOCAL", "neurotoxin": "IM"}
_INTO_VEIN = ("IV", "IV_PUSH")

_Word = TypeVar("_Word")


def route_code(draft: Draft) -> RouteCode | None:
    """Return the route: as written, else as the place tells it; never from the drug alone.

    A local anaesthetic without further words is local, because that is what the word says.

    Examples
    --------
    >>> from deltoid.pipeline.events import events_of
    >>> from deltoid.pipeline.reading import read_note
    >>> note = "Injected Kenalog 40 mg into the left knee. Gave Toradol 60 mg IM"
    >>> [route_code(event) for event in events_of(read_note(note))]
    ['INTRA_ARTICULAR', 'IM']
    """
    route = route_of(draft)
    category = draft.substance.category if draft.substance else ""
    if route is not None and route.code != NOT_NEEDLE:
        return "IV_INFUSION" if _runs_in(draft, route, category) else _one_of(get_args(RouteCode), route.code)
    if category == "fluid" and draft.infused:
        return "IV_INFUSION"
    place = _place_target(draft)
    if place is not None and place in _BY_PLACE:
        return _BY_PLACE[place]
    told = draft.status == "administered" or draft.site is not None
    return _BY_CATEGORY.get(category) if told else None


def _runs_in(draft: Draft, route: RouteForm, category: str) -> bool:
    """Return whether what goes into a vein is an infusion: over time, or a fluid."""
    return (route.code == "IV" and draft.over_time) or (category == "fluid" and route.code in _INTO_VEIN)


def _place_target(draft: Draft) -> Target | None:
    return lexicon.sites()[draft.site.mention.norm].target if draft.site else None


def target_of(draft: Draft) -> Target | None:
    """Return what the needle was aimed at, as the route or the place tells it.

    Examples
    --------
    >>> from deltoid.pipeline.types import Mention
    >>> drug, route = Mention("drug", 0, 7, "Toradol"), Mention("route", 8, 10, "IM")
    >>> target_of(Draft(None, None, drug, route=route))
    'muscle'
    """
    route = route_of(draft)
    return (route.target if route else None) or _place_target(draft)


def device_of(draft: Draft) -> Device | None:
    """Return the device, where words name one.

    Examples
    --------
    >>> from deltoid.pipeline.types import Mention
    >>> pen = Mention("device", 8, 11, "pen", norm="pen")
    >>> device_of(Draft(None, None, Mention("drug", 0, 7, "Ozempic"), device=pen))
    'pen'
    """
    if draft.device:
        return _one_of(get_args(Device), draft.device.norm)
    route = route_of(draft)
    return route.device if route else None


def _one_of(words: Sequence[_Word], told: str) -> _Word | None:
    return next((word for word in words if word == told), None)
