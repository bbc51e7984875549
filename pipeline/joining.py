"""What two tellings of one event say together."""

from __future__ import annotations

from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.types import Status

SURE = 4.0  # weight from which a telling is sure of its status
_LIKELY = 3.0  # weight from which the lighter of two tellings still has a say
_NEAR = 160  # characters within which a class word ("steroid injection") and a drug are told in one breath
_SLOTS = (
    "dose", "volume", "strength", "route", "site", "time", "date", "given_by", "ordered_by", "lot", "ndc",
    "expiration", "waste", "labelled_amount", "container", "drug_source", "device", "needle",
)  # fmt: skip

_ANY_VACCINE = frozenset({"vaccine (abbreviated)", "vaccine (not told which)"})
_NOT_TOLD = "(not told which)"
_BARE = "(written bare)"  # a vaccine by the name of its disease alone

# two statuses of one drug that are one story, and what became of it in the end
ONE_STORY: dict[frozenset[Status], Status] = {
    frozenset[Status]({"administered", "ordered"}): "administered",
    frozenset[Status]({"administered", "hypothetical"}): "administered",
    frozenset[Status]({"ordered", "hypothetical"}): "ordered",
    frozenset[Status]({"declined", "ordered"}): "declined",
    frozenset[Status]({"declined", "hypothetical"}): "declined",
    frozenset[Status]({"self_administered", "ordered"}): "self_administered",
    frozenset[Status]({"self_administered", "hypothetical"}): "self_administered",
    frozenset[Status]({"self_administered", "historical"}): "self_administered",
    frozenset[Status]({"historical", "hypothetical"}): "historical",
}


def is_class_word(draft: Draft) -> bool:
    """Return whether a draft names only a class ("steroid"), which may stand for a drug named elsewhere.

    Examples
    --------
    >>> from deltoid.pipeline.events import drafts_of
    >>> from deltoid.pipeline.reading import read_note
    >>> [is_class_word(draft) for draft in drafts_of(read_note("Steroid injection: Kenalog 40 mg"))]
    [True, False]
    """
    if draft.mention is None or draft.substance is None:
        return False
    if draft.substance.category == "vaccine":  # "Td" is one vaccine, "vax" and "immunization" are any
        return draft.name in _ANY_VACCINE or (draft.form == "word" and not draft.name.endswith(_BARE))
    return draft.form == "word" or draft.name.endswith(_NOT_TOLD)


def near(one: Draft, other: Draft) -> bool:
    """Return whether two drafts are told in one breath.

    Examples
    --------
    >>> from deltoid.pipeline.types import Mention
    >>> first, second, third = (Draft(None, None, Mention("drug", n, n + 7, "Toradol")) for n in (0, 90, 900))
    >>> near(first, second), near(second, third)
    (True, False)
    """
    return abs(one.anchor.start - other.anchor.start) < _NEAR


def joined(event: Draft, draft: Draft) -> Draft:
    """Return the fuller of two tellings with what only the other tells; the status is that of the story.

    Parameters
    ----------
    event : Draft
        The one told first.
    draft : Draft
        The one told later.

    Returns
    -------
    Draft
        One of the two, changed in place.

    Examples
    --------
    >>> from deltoid.pipeline.events import drafts_of
    >>> from deltoid.pipeline.reading import read_note
    >>> whole = joined(*drafts_of(read_note("Toradol 60 mg ordered. Toradol given IM L deltoid.")))
    >>> whole.status, whole.dose.mention.text, whole.route.text
    ('administered', '60 mg', 'IM')
    """
    main, other = (draft, event) if _tells_more(draft, event) else (event, draft)
    status, weight = _story(event, draft)
    if is_class_word(other) and not is_class_word(main):
        status, weight = main.status, main.weight
    if main.name == other.name or near(main, other):
        main.complete(other, _SLOTS)
        main.sites = main.sites or other.sites
    main.also += [*other.also, *([other.mention] if other.mention else [])]
    known = set(main.evidence)
    main.evidence += [words for words in other.evidence if words not in known]
    main.status, main.weight = status, weight
    return main


def _tells_more(draft: Draft, event: Draft) -> bool:
    if is_class_word(draft) != is_class_word(event):
        return is_class_word(event)
    return draft.filled() > event.filled()


def _story(event: Draft, draft: Draft) -> tuple[Status, float]:
    heavier = max(event, draft, key=lambda d: d.weight)
    if event.status == draft.status:
        return heavier.status, heavier.weight
    told = frozenset({event.status, draft.status})
    if "hypothetical" in told and told in ONE_STORY and _happened(event, draft):
        return ONE_STORY[told], heavier.weight  # talk of another dose undoes nothing
    if min(event.weight, draft.weight) < _LIKELY:
        return heavier.status, heavier.weight
    return ONE_STORY.get(frozenset({event.status, draft.status}), heavier.status), heavier.weight


def _happened(event: Draft, draft: Draft) -> bool:
    """Return whether the telling that is no talk has a route, a place, a time or an amount of its own."""
    return any(told.filled() > 0 for told in (event, draft) if told.status != "hypothetical")
