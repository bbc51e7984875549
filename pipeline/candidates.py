"""Which drug mentions are injection events at all, and which are tablets or mere names."""

from __future__ import annotations

import re

from deltoid.pipeline import lexicon
from deltoid.pipeline.additives import is_partner
from deltoid.pipeline.closed_sets import category_set, section_set
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.linking import distance
from deltoid.pipeline.naming import at_large, irrigates, only_named
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.routing import NOT_NEEDLE, route_of
from deltoid.pipeline.types import Mention
from deltoid.pipeline.unnamed import may_be_unnamed

_NEEDLE_REACH = 30  # characters that matter between a drug and "injection"
_TOLD = 3.0  # weight from which words say outright that it was given
_INJECTED = ("needle", "iv", "local")  # forms that are practically only injected
_OUTRIGHT = r"<<outright>>"
_SERVES = re.compile(r"[\s:-]*(?:of|with|,|$)", re.IGNORECASE)  # "injection of A, B" serves both
_CLOSE = 25  # characters between a bare class word and the verb that says it was given


def is_event(reading: Reading, draft: Draft) -> bool:
    """Return whether a drug mention tells of a needle or a line; words of a needle are noted in the draft.

    Examples
    --------
    >>> from deltoid.pipeline.events import drafts_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Allergic to Rocephin. Given Toradol 60 mg IM. Zofran 4 mg p.o. at home")
    >>> [draft.name for draft in drafts_of(reading) if is_event(reading, draft)]
    ['ketorolac']
    """
    if draft.substance is None:
        return True
    if draft.form == "never" or not _may_be_given(reading, draft):
        return False
    draft.needle = _needle_words(reading, draft)
    if _by_mouth(reading, draft):
        return False
    if draft.form in _INJECTED:
        washes = draft.substance.category in category_set("irrigant") and irrigates(reading, draft)
        return not washes and not is_partner(reading, draft)
    if route_of(draft) is not None or draft.needle is not None or _into_flesh(draft):
        return not at_large(draft)
    return _told_as_given(reading, draft)


def may_hold_any(reading: Reading) -> bool:
    """Return whether any word of a note could be an injection's; the costly reading is spared where none is.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> [may_hold_any(read_note(note)) for note in ("Took Advil daily.", "A shot was given.", "Lovenox")]
    [False, True, True]
    """
    known = reading.formulary.substances()
    drugs = (known[mention.norm].form for mention in reading.words.get("drug", ()))
    return any(form != "never" for form in drugs) or may_be_unnamed(reading)


def may_go_on(reading: Reading, draft: Draft) -> bool:
    """Return whether a bare mention may speak of an injection that the note tells elsewhere.

    Examples
    --------
    >>> from deltoid.pipeline.events import drafts_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Toradol helped. Toradol by mouth did not. Allergic to Toradol")
    >>> [may_go_on(reading, draft) for draft in drafts_of(reading)]
    [True, False, False]
    """
    return draft.route is None and _may_be_given(reading, draft)


def _may_be_given(reading: Reading, draft: Draft) -> bool:
    return reading.section(draft.anchor.start) != "allergies" and not only_named(reading, draft)


def _needle_words(reading: Reading, draft: Draft) -> Mention | None:
    """Return the words of a needle on or beside a drug: "Toradol injection"."""
    drug = draft.anchor
    for words in reading.within("needle", reading.sentence(drug.start)):
        overlap = words.start < drug.end and drug.start < words.end
        near = distance(reading.text, drug, words) <= _NEEDLE_REACH and not _of_another(
            reading.text, drug, words
        )
        if overlap or near:
            return words
    return None


def _of_another(text: str, drug: Mention, words: Mention) -> bool:
    """Return whether words of a needle end the entry before: "B12 injection weekly, Lopressor"."""
    between = text[words.end : drug.start]
    return "," in between and _SERVES.match(between) is None


def _by_mouth(reading: Reading, draft: Draft) -> bool:
    """Return whether a tablet, cream or spray is meant; words of a needle that stand nearer say no."""
    route = route_of(draft)
    if route is None or route.code != NOT_NEEDLE or draft.route is None:
        return False
    if draft.needle is None:
        return True
    text, drug = reading.text, draft.anchor
    nearer = distance(text, drug, draft.needle) < distance(text, drug, draft.route)
    if nearer:
        draft.route = None
    return not nearer


def _into_flesh(draft: Draft) -> bool:
    if draft.site is None or draft.form == "word":
        return False
    return (lexicon.sites()[draft.site.mention.norm].target or "other") != "other"


def _told_as_given(reading: Reading, draft: Draft) -> bool:
    """Return whether a drug without a word of a needle is nevertheless one that was put in by one."""
    category = draft.substance.category if draft.substance else ""
    if draft.form == "word":
        return category in category_set("surely_by_needle") and _given_outright(draft) and not at_large(draft)
    if draft.form != "either" or (category == "epinephrine" and is_partner(reading, draft)):
        return False
    return _given_in_hospital(reading, draft)


def _given_outright(draft: Draft) -> bool:
    """Return whether a verb of giving stands right beside a bare class word: "given fluids"."""
    return draft.weight >= _TOLD and any(
        regex(_OUTRIGHT).search(words.text)
        and max(draft.anchor.start - words.end, words.start - draft.anchor.end) <= _CLOSE
        for words in draft.evidence
    )


def _given_in_hospital(reading: Reading, draft: Draft) -> bool:
    """Return whether a hospital note tells it as given, with dose or time: by needle more often than not."""
    return (
        (draft.dose is not None or draft.time is not None)
        and draft.status == "administered"
        and draft.weight >= _TOLD
        and reading.section(draft.anchor.start) in section_set("given_in_hospital")
    )
