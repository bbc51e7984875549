"""Drug words that name no drug given: allergies, laboratory tests, creams, consent forms, rinses, talk."""

from __future__ import annotations

from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading

_ALLERGY = r"\b<<allergy>>\s*:?[^.;\n]{0,40}$"
_CONSENT = r"\b<<consent_to>>$"
_NOT_THE_DRUG = r"\s*(?:-\s*)?<<not_the_drug>>"
_AT_LARGE = r"<<immunization_at_large>>"
_IRRIGATION = r"<<irrigation>>"
_RINSED_BEFORE, _RINSED_BEHIND = 45, 30  # characters


def only_named(reading: Reading, draft: Draft) -> bool:
    """Return whether a drug is named for an allergy, a test, a cream or a leaflet, and not as given.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Allergic to Rocephin. Zofran causes headache. Toradol IM")
    >>> [only_named(reading, Draft(drug, None, drug)) for drug in reading.words["drug"]]
    [True, True, False]
    """
    sentence = reading.sentence(draft.anchor.start)
    before = reading.text[sentence.start : draft.anchor.start]
    return bool(
        regex(_ALLERGY).search(before)
        or regex(_CONSENT).search(before)
        or regex(_NOT_THE_DRUG).match(reading.text, draft.anchor.end)
    )


def at_large(draft: Draft) -> bool:
    """Return whether a class word speaks of immunizations at large ("immunizations up to date").

    Examples
    --------
    >>> from deltoid.pipeline.types import Mention
    >>> word, route = Mention("drug", 0, 13, "Immunizations"), Mention("route", 14, 16, "IM")
    >>> at_large(Draft(word, None, word)), at_large(Draft(word, None, word, route=route))
    (True, False)
    """
    named = draft.mention is not None and not regex(_AT_LARGE).fullmatch(draft.mention.text)
    return not named and not (draft.dose or draft.site or draft.date or draft.route)


def irrigates(reading: Reading, draft: Draft) -> bool:
    """Return whether a fluid rinses, flushes or dilutes.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("The wound was irrigated with normal saline")
    >>> drug = reading.words["drug"][0]
    >>> irrigates(reading, Draft(drug, None, drug))
    True
    """
    start, end = draft.anchor.start - _RINSED_BEFORE, draft.anchor.end + _RINSED_BEHIND
    return bool(regex(_IRRIGATION).search(reading.text, max(0, start), end))
