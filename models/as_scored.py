"""Injections as the scorer of events reads them (`deltoid.models.event_scores`)."""

from __future__ import annotations

from typing import Any

from deltoid.pipeline.types import Injection, Mention

_AMOUNTS = ("dose", "volume", "strength", "site", "given_by")
_WORDS = ("time", "response")


def as_scored(event: Injection) -> dict[str, Any]:
    """Return an event as a plain value with the spans of its slots.

    Examples
    --------
    >>> told = as_scored(Injection("e1", "ordered", time=Mention("time", 3, 8, "14:05")))
    >>> told["status"], told["time"], told["drug"]
    ('ordered', {'start': 3, 'end': 8}, None)
    """
    told: dict[str, Any] = {"status": event.status, "drug": _span(event.drug.mention) if event.drug else None}
    for name in _AMOUNTS:
        slot = getattr(event, name)
        told[name] = _span(slot.mention) if slot else None
    for name in _WORDS:
        told[name] = _span(getattr(event, name))
    route = event.route
    told["route"] = {"code": route.code, **(_span(route.mention) or {})} if route else None
    told["necessity"] = [_span(reason.mention) for reason in event.necessity]
    return told


def _span(mention: Mention | None) -> dict[str, int] | None:
    return {"start": mention.start, "end": mention.end} if mention else None
