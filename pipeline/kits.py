"""Kits told by their parts: Cabenuva with cabotegravir in one side and rilpivirine in the other."""

from __future__ import annotations

from collections.abc import Sequence

from deltoid.pipeline.drafts import Draft

_SLOTS = ("dose", "volume", "time", "date", "lot", "waste", "container", "given_by")


def of_kits(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, the parts of a kit as needles of the kit.

    Examples
    --------
    >>> from deltoid.pipeline.events import events_of
    >>> from deltoid.pipeline.reading import read_note
    >>> note = "Cabenuva today. Cabotegravir 600 mg IM R glute, rilpivirine 900 mg IM L glute given."
    >>> [(draft.name, draft.sticks) for draft in of_kits(events_of(read_note(note)))]
    [('cabotegravir/rilpivirine', 2)]
    """
    kept = list(drafts)
    for kit in [d for d in drafts if "/" in d.name and d.route is None and d.site is None]:
        names = kit.name.split("/")
        parts = [d for d in kept if d is not kit and d.route is not None and any(n in d.name for n in names)]
        if parts:
            _put_together(kit, parts)
            kept = [d for d in kept if d not in parts]
    return kept


def _put_together(kit: Draft, parts: Sequence[Draft]) -> None:
    places = [site for part in parts for site in (part.site, *part.sites) if site]
    kit.route, kit.status, kit.sticks = parts[0].route, parts[0].status, max(len(parts), len(places))
    kit.site, kit.sites = (places[0], places[1:]) if places else (None, [])
    for part in parts:
        kit.complete(part, _SLOTS)
        kit.also += [part.mention] if part.mention else []
        kit.evidence += part.evidence
