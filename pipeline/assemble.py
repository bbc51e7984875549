"""From finished drafts to the injections of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.necessity import reasons
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.routing import route_of
from deltoid.pipeline.targets import device_of, route_code, target_of
from deltoid.pipeline.types import Drug, Injection, Mention, Route


def assemble(reading: Reading, drafts: Sequence[Draft]) -> tuple[Injection, ...]:
    """Return the injections, numbered in the order of the note.

    Parameters
    ----------
    reading : Reading
    drafts : sequence of Draft
        Finished events, as `events_of` returns them.

    Returns
    -------
    tuple of Injection

    Examples
    --------
    >>> from deltoid.pipeline.events import events_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Given Toradol 60 mg IM. Flu shot declined.")
    >>> [(i.id, i.drug.name, i.status) for i in assemble(reading, events_of(reading))]
    [('e1', 'ketorolac', 'administered'), ('e2', 'influenza vaccine', 'declined')]
    """
    numbered = {id(draft): f"e{number}" for number, draft in enumerate(drafts, 1)}
    return tuple(
        replace(_injection(reading, draft, numbered[id(draft)]), mixed_with=_partners(draft, numbered))
        for draft in drafts
    )


def _partners(draft: Draft, numbered: dict[int, str]) -> tuple[str, ...]:
    return tuple(numbered[id(partner)] for partner in draft.partners if id(partner) in numbered)


def _injection(reading: Reading, draft: Draft, name: str) -> Injection:
    return Injection(
        id=name,
        status=draft.status,
        doubt=draft.doubt,
        by_other_entity=draft.by_other_entity,
        drug=_drug(draft),
        dose=draft.dose,
        volume=draft.volume,
        strength=draft.strength,
        route=_route(draft),
        device=device_of(draft),
        target=target_of(draft),
        site=draft.site,
        sites=tuple(draft.sites),
        sticks=draft.sticks,
        necessity=reasons(reading, draft),
        given_by=draft.given_by,
        ordered_by=draft.ordered_by,
        supervised_by=draft.supervised_by,
        time=draft.time or draft.date,
        lot=draft.lot,
        ndc=draft.ndc,
        expiration=draft.expiration,
        response=draft.response,
        consent=draft.consent,
        container=draft.container,
        labelled_amount=draft.labelled_amount,
        waste=draft.waste,
        drug_source=draft.drug_source,
        also=tuple(sorted(_distinct(draft), key=lambda m: (m.start, m.end))),
        evidence=tuple(draft.evidence),
    )


def _distinct(draft: Draft) -> set[Mention]:
    return {mention for mention in draft.also if mention != draft.mention}


def _drug(draft: Draft) -> Drug | None:
    if draft.mention is None or draft.substance is None:
        return None
    return Drug(draft.mention, draft.substance.name, draft.substance.category)


def _route(draft: Draft) -> Route | None:
    code = route_code(draft)
    if code is None:
        return None
    return Route(code, draft.route if route_of(draft) else None)
