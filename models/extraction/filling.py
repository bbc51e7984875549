"""The slots of an event, where the encoder is surer of them than the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from deltoid.models.extraction.answers import Answer, Words
from deltoid.pipeline.people import credential_of
from deltoid.pipeline.places import find_sites, laterality
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Injection, Mention, Person, Reason, Site

Sure = Mapping[str, float]
FOUND_BY: Final = "encoder"
_NO_PLACE = frozenset({None, "muscle", "subcutis", "vessel"})  # targets that follow from the way in alone


def filled(reading: Reading, event: Injection, answer: Answer, sure: Sure) -> Injection:
    """Return the event with the slots that the encoder is sure of."""
    event = _sited(reading, event, answer.slots["site"], sure)
    event = _reasoned(reading, event, answer.slots["why"], sure)
    giver = _mention(reading, "given_by", answer.slots["giver"], sure["giver"])
    if event.given_by is None and giver:
        event = replace(event, given_by=Person(giver, credential_of(giver.text)))
    if event.time is None:
        event = replace(event, time=_mention(reading, "time", answer.slots["time"], sure["time"]))
    response = answer.slots["response"]
    if response.odds >= sure["response"]:
        told = _quoted(reading, "response", response.place) if response.place else None
        event = replace(event, response=told)
    return event


def _sited(reading: Reading, event: Injection, words: Words, sure: Sure) -> Injection:
    if event.site is None and words.place and words.odds >= sure["site_new"]:
        return replace(event, site=_site(reading, words.place))
    if words.place is None and words.odds >= sure["site_none"] and _only_named(event):
        return replace(event, site=None)
    return event


def _only_named(event: Injection) -> bool:
    """Return whether nothing else of the event was read from its place, way in or needles."""
    written = event.route is not None and event.route.mention is not None
    return written and not event.sites and event.sticks is None and event.target in _NO_PLACE


def _site(reading: Reading, place: Stretch) -> Site:
    """Return the place that words name, with its side, which may stand beside them."""
    known = reading.between("site", place.start, place.end)
    for site in find_sites(reading.text, known[-1:]):
        if site.mention.start <= place.start and place.end <= site.mention.end:
            return replace(site, mention=replace(site.mention, found_by=FOUND_BY))
    mention = _quoted(reading, "site", place)
    return Site(mention, next((side for word in mention.text.split() if (side := laterality(word))), None))


def _reasoned(reading: Reading, event: Injection, words: Words, sure: Sure) -> Injection:
    if words.place is None or words.odds < sure["why" if event.necessity else "why_new"]:
        return event
    same = next((reason for reason in event.necessity if _overlap(reason.mention, words.place)), None)
    best = same or Reason(_quoted(reading, "condition", words.place))
    return replace(event, necessity=(best, *(reason for reason in event.necessity if reason is not best)))


def _mention(reading: Reading, label: str, words: Words, needed: float) -> Mention | None:
    if words.place is None or words.odds < needed:
        return None
    return _quoted(reading, label, words.place)


def _quoted(reading: Reading, label: str, place: Stretch) -> Mention:
    """Return words of the note, under the name that a table has for the last known word among them."""
    known = [mention.norm for mention in reading.between(label, place.start, place.end)]
    text = reading.text[place.start : place.end]
    return Mention(label, place.start, place.end, text, FOUND_BY, known[-1] if known else "")


def _overlap(mention: Mention, place: Stretch) -> bool:
    return mention.start < place.end and place.start < mention.end
