"""The way and the place told far from the drug: "Given: 1 mL SC R arm" below it, where one drug waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deltoid.pipeline import lexicon
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.places import find_sites
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.routing import is_no_route
from deltoid.pipeline.slots import fill
from deltoid.pipeline.status import decide
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Quantity, Site, Status

_WAITING: frozenset[Status] = frozenset({"administered", "ordered", "self_administered"})
_WAYS = frozenset({"IM", "SC"})
_BESIDE = frozenset({"local_anaesthetic", "fluid"})  # what only dilutes: its sentence may tell of the drug
_SLOTS = ("dose", "volume", "time", "lot", "waste", "container", "given_by")
_SUM = 40  # characters between a dose and what it comes to
_BY_STAFF = r"\b<<staff_gave>>\b"


def complete(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Give the one drug that lacks route and place what a drugless sentence behind it tells, in place.

    Parameters
    ----------
    reading : Reading
    drafts : sequence of Draft
        The events of the note. Where two drugs wait nothing is done: whose route it is would be a guess.

    Examples
    --------
    >>> from deltoid.pipeline.events import events_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Prolia 60 mg q6mo. Ca 9.6. DXA 2026. No jaw pain. Given: PFS SC R upper arm")
    >>> drafts = events_of(reading)
    >>> complete(reading, drafts)
    >>> drafts[0].route.norm, drafts[0].site.mention.text
    ('SC', 'R upper arm')
    """
    for draft in drafts:
        _said_given(reading, draft)
        _worked_out(reading, draft)
    _give_amount(reading, [d for d in drafts if d.status == "administered" and not _dilutes(d)])
    waiting = [d for d in drafts if _waits(d)]
    if len(waiting) != 1:
        return
    draft = waiting[0]
    taken = [d.route for d in drafts if d.route is not None and d is not draft]
    for told in (t for t in _told(reading, draft) if t.route not in taken):
        draft.route, draft.site, draft.sites = told.route, told.site, told.sites
        draft.sticks = max(draft.sticks or 0, 1 + len(told.sites)) if told.sites else draft.sticks
        draft.complete(told, _SLOTS)
        draft.dose = draft.dose or _dose_between(reading, draft, told.anchor.start)
        if _by_staff(reading, draft, told):
            draft.status = "administered"
        return


def _give_amount(reading: Reading, given: Sequence[Draft]) -> None:
    """Give the only drug that was given, and has a way and a place but no amount, the one told between."""
    if len(given) != 1 or given[0].dose or given[0].volume or given[0].strength:
        return
    draft = given[0]
    if draft.route is not None and draft.site is not None:
        draft.dose = _dose_between(reading, draft, draft.site.mention.start)


def _dose_between(reading: Reading, draft: Draft, end: int) -> Quantity | None:
    """Return the amount that a drugless sentence tells on the way: "Loading 600 mg: two 300 mg pens"."""
    way = (s for s in reading.sentences if draft.anchor.start < s.start < end and _free(reading, s))
    return next((dose for s in way if (dose := _shadow(reading, draft, s).dose)), None)


def _said_given(reading: Reading, draft: Draft) -> None:
    """Believe a giver or a response: "15 mg SC weekly. Given by RN Lee", "Tx: 60 mg IM now, tolerated"."""
    here = reading.sentence_index(draft.anchor.start)
    sentence, after = reading.sentences[here], reading.sentences[here + 1 : here + 2]
    told = any(_free(reading, s) and regex(_BY_STAFF).search(reading.text, s.start, s.end) for s in after)
    answered = [m for m in reading.within("response", sentence) if m.start > draft.anchor.end]
    if draft.route is None:
        return
    if draft.status == "self_administered" and told:
        draft.status = "administered"
    if draft.status == "ordered" and draft.doubt == "unclear" and answered:
        draft.status, draft.doubt, draft.response = "administered", None, answered[0]


def _worked_out(reading: Reading, draft: Draft) -> None:
    """Take what a dose comes to: "50 mg/kg x 11.2 kg = 560 mg", "1.2 MU each buttock = 2.4 MU"."""
    if draft.dose is None:
        return
    for told in reading.quantities_in(reading.sentence(draft.anchor.start)):
        place = told.mention.start
        comes_to = reading.text[:place].rstrip().endswith("=") and 0 < place - draft.dose.mention.end <= _SUM
        if comes_to and (told.unit == draft.dose.unit or draft.dose.unit == f"{told.unit}/kg"):
            draft.dose = told
            return


def _waits(draft: Draft) -> bool:
    """Return whether a drug by needle was told with its amount, but neither way nor place."""
    if draft.mention is None or draft.status not in _WAITING or draft.by_other_entity or _dilutes(draft):
        return False
    return draft.route is None and draft.site is None and draft.form in ("needle", "either")


def _dilutes(draft: Draft) -> bool:
    return draft.substance is not None and draft.substance.category in _BESIDE


def _told(reading: Reading, draft: Draft) -> Iterator[Draft]:
    """Yield what sentences behind the drug tell, those that tell both way and place."""
    for stretch in reading.sentences:
        if stretch.start <= draft.anchor.start or not _free(reading, stretch):
            continue
        shadow = _shadow(reading, draft, stretch)
        by_needle = shadow.route is not None and shadow.route.norm in _WAYS and shadow.site is not None
        if by_needle and _given(reading, draft, shadow):
            yield shadow


def _shadow(reading: Reading, draft: Draft, stretch: Stretch) -> Draft:
    """Return what a drugless sentence says of a drug; the flesh that it names with IM or SC was aimed at."""
    anchor = replace(draft.anchor, start=stretch.start, end=stretch.start)
    shadow = Draft(draft.mention, draft.substance, anchor)
    fill(reading, stretch, [shadow])
    ways = [
        m for m in reading.within("route", stretch) if m.norm in _WAYS and not is_no_route(reading.text, m)
    ]
    shadow.route = shadow.route or (ways[0] if ways else None)
    if shadow.site is None:
        found = [s for s in find_sites(reading.text, reading.within("site", stretch)) if _flesh(s)]
        shadow.site, shadow.sites = (found[0], found[1:]) if found else (None, [])
    return shadow


def _flesh(site: Site) -> bool:
    return lexicon.sites()[site.mention.norm].target in ("muscle", "subcutis")


def _free(reading: Reading, stretch: Stretch) -> bool:
    """Return whether a sentence names no drug of its own."""
    return not reading.within("drug", stretch)


def _given(reading: Reading, draft: Draft, shadow: Draft) -> bool:
    said = decide(reading, shadow.anchor).status == "administered"
    return said and (draft.status != "ordered" or _by_staff(reading, draft, shadow))


def _by_staff(reading: Reading, draft: Draft, told: Draft) -> bool:
    sentence = reading.sentence(told.anchor.start)
    named = regex(_BY_STAFF).search(reading.text, sentence.start, sentence.end)
    return draft.status == "administered" or bool(named)
