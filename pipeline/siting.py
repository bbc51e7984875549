"""Sites of injections: which places the needle went into, and which only hurt, were washed or stood by."""

from __future__ import annotations

from collections.abc import Sequence

from deltoid.pipeline import lexicon
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.linking import tie
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.places import find_sites
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Site
from deltoid.pipeline.words import LEVEL

_LIMIT = 90.0  # characters that matter
_FURTHER = 3 * _LIMIT  # characters behind a drug in which a second place of it may stand
_AHEAD = 150  # characters before a drug in which its place may stand
_BESIDE = 3  # characters between a place and the route, drug or amount that leads to it

# words that lead to a place of the needle, and words that lead to a place of something else
_INTO = (
    r"(?:\b<<site_lead>>\b|\bof)\s*(?:(?:all|all of)\s+)?<<site_article>>?\s*$"
    r"|[@:,(/|-]\s*(?:both|each|#\d:?)?\s*$"
)
_INTO_WIDTH = 25
_DONE_TO = (
    r"[^.;]{0,50}?\b<<passive>>\s+(?:\w+\s+){0,2}?\w*<<needled>>"
    r"|\s*(?:was\s+)?<<needle_procedure>>"
)
_HURTS_IN = r"<<complaint>>\s+<<complaint_link>>\s+(?:the|his|her|both)?\s*$"
_HURTS_WIDTH = 40
_SPINAL = r"\b<<spinal_procedure>>"
_HURTS_OR_WASHED = r"\s*<<site_complaint>>|[^.;]{0,50}?\b<<site_prepared>>"


def tie_sites(reading: Reading, stretch: Stretch, drafts: Sequence[Draft]) -> None:
    """Fill the site of the drugs of one sentence, and further ones where a drug went into several.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("For pain in the hip gave Toradol IM in left deltoid and right deltoid")
    >>> draft = Draft(None, None, reading.words["drug"][0])
    >>> tie_sites(reading, reading.sentences[0], [draft])
    >>> draft.site.mention.text, [site.mention.text for site in draft.sites]
    ('left deltoid', [])
    """
    places = find_sites(reading.text, reading.within("site", stretch))
    sites = [site for site in places if _is_target(reading, site, drafts)]
    # where only one drug is named, a place far behind can be no other's
    used = tie(reading.text, drafts, "site", sites, _LIMIT if len(drafts) > 1 else _FURTHER)
    for index, site in enumerate(sites):
        start = site.mention.start
        holders = [d for d in drafts if d.site and d.site.mention.end <= start]
        if index not in used and holders and start - holders[-1].anchor.end < _FURTHER:
            holders[-1].sites.append(site)


def _is_target(reading: Reading, site: Site, drafts: Sequence[Draft]) -> bool:
    text, start, end = reading.text, site.mention.start, site.mention.end
    sentence = reading.sentence(start)
    if site.mention.norm == LEVEL and not regex(_SPINAL).search(text, sentence.start, sentence.end):
        return False  # a strain at L4-5 is no place of the needle
    if regex(_HURTS_IN).search(text, max(0, start - _HURTS_WIDTH), start):
        return False
    if regex(_HURTS_OR_WASHED).match(text, end):
        return False
    led = (
        regex(_INTO).search(text[max(0, start - _INTO_WIDTH) : start]) is not None
        or _beside(reading, start)
        or regex(_DONE_TO).match(text, end) is not None
        or _plainly_by_needle(site, drafts)
    )
    return led and any(d.anchor.start - _AHEAD < start for d in drafts)


def _beside(reading: Reading, place: int) -> bool:
    """Return whether a route, a drug or an amount ends right before a place."""
    words = (reading.last_before("route", place), reading.last_before("drug", place))
    amount = reading.last_quantity_before(place)
    return any(m is not None and place - m.end <= _BESIDE for m in (*words, amount))


def _plainly_by_needle(site: Site, drafts: Sequence[Draft]) -> bool:
    """Return whether a muscle or a fold of skin is named behind a drug's route: "60 mg IM given, L glute"."""
    target = lexicon.sites()[site.mention.norm].target
    if target in ("muscle", "subcutis"):
        return any(d.route is not None and d.route.end <= site.mention.start for d in drafts)
    gel = any(d.substance and d.substance.category == "viscosupplement" for d in drafts)
    return target == "joint" and gel
