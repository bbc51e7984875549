"""From words to injection events: candidates, their slots, their status, told once each."""

from __future__ import annotations

from collections.abc import Sequence

from deltoid.pipeline.additives import is_additive
from deltoid.pipeline.candidates import is_event, may_go_on, may_hold_any
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.finishing import finish
from deltoid.pipeline.merging import merge
from deltoid.pipeline.orphans import adopt
from deltoid.pipeline.people import NURSE
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.procedures import name_routes
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.repeats import repeated
from deltoid.pipeline.slots import fill
from deltoid.pipeline.status import decide
from deltoid.pipeline.types import Mention
from deltoid.pipeline.unnamed import unnamed

_RECORDED = 4.5  # weight of a record of giving, verb or no verb
_BY_LINE = frozenset({"IV_PUSH", "IV_INFUSION", "EPIDURAL", "LOCAL", "BLOCK"})  # nobody does these at home


def drafts_of(reading: Reading) -> list[Draft]:
    """Return a draft for each drug mention, with its slots and its status, sentence by sentence.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> [(d.name, d.status) for d in drafts_of(read_note("Zofran 4 mg IM given. Flu shot declined."))]
    [('ondansetron', 'administered'), ('influenza vaccine', 'declined')]
    """
    drafts: list[Draft] = []
    for stretch in reading.sentences:
        here = [_draft(reading, m) for m in reading.within("drug", stretch) if not is_additive(reading, m)]
        if any(draft.form != "never" for draft in here):  # of tablets and creams nothing more is asked
            fill(reading, stretch, here)
            for draft in here:
                _decide(reading, draft)
        if not here:
            adopt(reading, stretch, drafts)
        drafts.extend(here)
    return drafts


def events_of(reading: Reading) -> list[Draft]:
    """Return the injection events of a note, each told once, in the order of the note.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> note = "Nausea. Zofran 4 mg IM and Toradol 60 mg IM given R deltoid by RN Lee. Flu shot declined."
    >>> [(d.name, d.status) for d in events_of(read_note(note))]
    [('ondansetron', 'administered'), ('ketorolac', 'administered'), ('influenza vaccine', 'declined')]
    """
    if not may_hold_any(reading):
        return []
    drafts = _told_by_needle(reading, drafts_of(reading))
    events = repeated(reading, merge(reading, [*drafts, *unnamed(reading, drafts)]))
    name_routes(reading, events)
    finish(reading, events)
    return events


def _told_by_needle(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts that are events; what is once told by needle is so where the note names it."""
    told = [(draft, is_event(reading, draft)) for draft in drafts]
    names = {draft.name for draft, sure in told if sure and draft.form == "either"}
    return [d for d, sure in told if sure or (d.name in names and may_go_on(reading, d))]


def _draft(reading: Reading, mention: Mention) -> Draft:
    return Draft(mention, reading.formulary.substances()[mention.norm], mention)


def _decide(reading: Reading, draft: Draft) -> None:
    verdict = decide(reading, draft.anchor)
    draft.status, draft.weight, draft.evidence = verdict.status, verdict.weight, list(verdict.evidence)
    recorded = draft.route is not None and (draft.site or draft.time or draft.lot) is not None
    if not draft.evidence and (_is_record(draft) or _is_by_line(draft)):
        draft.status = "administered"
    if draft.status == "ordered" and _carried_out(reading, draft):
        draft.status = "administered"
    if draft.status == "administered" and recorded:
        draft.weight = max(draft.weight, _RECORDED)
    elif draft.weight <= 0 and draft.site is None and _used_at_home(draft):
        draft.status = "self_administered"


def _carried_out(reading: Reading, draft: Draft) -> bool:
    """Return whether an order is told with place, time and nurse: "30 mg IM L deltoid 1550, RN Lee".

    What stands under the heading "Order:" is only the order, however whole: its time may be when it is due.
    """
    if not (draft.route and draft.site and draft.time):
        return False
    headed = any(reading.text.startswith(":", m.end) and m.end <= draft.anchor.start for m in draft.evidence)
    end = reading.sentence(draft.anchor.start).end
    return not headed and regex(NURSE).search(reading.text, draft.anchor.end, end) is not None


def _is_record(draft: Draft) -> bool:
    """Return whether route and place are told: a line of a record under "Meds:" is no home medication."""
    return draft.route is not None and draft.site is not None


def _is_by_line(draft: Draft) -> bool:
    """Return whether a home medication cannot be one: "MEDICATIONS: Versed 7 mg IV push" of a procedure."""
    return draft.status == "self_administered" and draft.route is not None and draft.route.norm in _BY_LINE


def _used_at_home(draft: Draft) -> bool:
    """Return whether a drug that nobody is said to have given is one that patients use themselves."""
    return draft.substance is not None and (
        draft.substance.admin_family == "SELF" or "auto-injector" in draft.substance.name
    )
