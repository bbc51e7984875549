"""Injections told without their substance: "given a shot", "IM injection in the hip"."""

from __future__ import annotations

from collections.abc import Sequence

from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.routing import route_family
from deltoid.pipeline.slots import fill
from deltoid.pipeline.status import decide
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Mention

_SHOT = r"\b(?:<<shot_adjective>>\s+){0,9}<<shot>>\b"
_NO_SHOT = r"<<no_shot_lead>>\W*$|<<shot_idiom>>"  # "fluid injection", "called the shots"
_SHOT_THING = r"\s*<<shot_thing>>"  # "injection site"
_RED_EYE = r"\b<<no_shot_eye>>\b"  # "sclerae without injection" are not red
_SURE = 3.0  # a cue must say what became of it: the bare word "injection" is no event
_NEAR = 2  # sentences in which a named drug is what the word means


def unnamed(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Return a draft for the first injection whose substance no sentence near it names.

    Parameters
    ----------
    reading : Reading
    drafts : sequence of Draft
        Those with a substance.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> [(d.anchor.text, d.status) for d in unnamed(read_note("Pt was given a shot in the left hip."), [])]
    [('a shot', 'administered')]
    """
    if not may_be_unnamed(reading):
        return []
    named = {reading.sentence_index(draft.anchor.start) for draft in drafts}
    for number, stretch in enumerate(reading.sentences):
        if named.isdisjoint(range(number - _NEAR, number + _NEAR + 1)) and (draft := _shot(reading, stretch)):
            return [draft]
    return []


def may_be_unnamed(reading: Reading) -> bool:
    """Return whether a note holds a word for a shot, or a route into muscle or skin, at all.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> [may_be_unnamed(read_note(note)) for note in ("Was given a shot.", "Given an orange.")]
    [True, False]
    """
    routes = reading.words.get("route", ())
    needle = any(route_family(route.norm) == "needle" for route in routes)
    return needle or regex(_SHOT).search(reading.text) is not None


def _shot(reading: Reading, stretch: Stretch) -> Draft | None:
    if reading.within("drug", stretch) or regex(_RED_EYE).search(reading.text, stretch.start, stretch.end):
        return None
    told = (_told(reading, stretch, words) for words in _shot_words(reading.text, stretch))
    return next((draft for draft in told if draft.weight >= _SURE), None) or _unknown(reading, stretch)


def _told(reading: Reading, stretch: Stretch, words: Mention) -> Draft:
    draft = Draft(None, None, words)
    fill(reading, stretch, [draft])
    verdict = decide(reading, words)
    draft.status, draft.weight, draft.evidence = verdict.status, verdict.weight, list(verdict.evidence)
    return draft


def _unknown(reading: Reading, stretch: Stretch) -> Draft | None:
    """Return a draft where an amount of a drug that no table knows went in: "Zyxtril 1 g IM given"."""
    ways = [route for route in reading.within("route", stretch) if route_family(route.norm) == "needle"]
    if not ways:
        return None
    draft = _told(reading, stretch, ways[0])
    sure = draft.weight >= _SURE and draft.status == "administered"
    return draft if sure and draft.dose is not None and draft.route is not None else None


def _shot_words(text: str, stretch: Stretch) -> list[Mention]:
    return [
        Mention("shot", found.start(), found.end(), found.group(), "unnamed")
        for found in regex(_SHOT).finditer(text, stretch.start, stretch.end)
        if not regex(_SHOT_THING).match(text, found.end())
        and not regex(_NO_SHOT).search(text, stretch.start, found.start())
    ]
