"""Where the needle went: a place with its side and position words, as one span."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from deltoid.pipeline import lexicon, tabular
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.types import Laterality, Mention, Site

_BEFORE = 60  # characters before a place in which its side and position may stand


@cache
def _side() -> str:
    return "|".join(sorted(map(re.escape, lexicon.sides()), key=len, reverse=True))


@cache
def _before() -> re.Pattern[str]:
    # "left", "R upper outer", "left side of the", "both"
    return regex(
        rf"(?<![\w/])(?:(?P<side>{_side()})(?![a-z])[\s/-]*(?:side\s+of\s+(?:the\s+)?|(?:the|his|her)\s+)?)?"
        rf"(?:<<position>>(?:,\s*|[\s/-]+)(?:of\s+(?:the\s+)?(?P<inner>(?:{_side()})\s+)?)?)*$"
    )


@cache
def _after() -> re.Pattern[str]:
    # "deltoid muscle", "thigh (L)", "arm, left", "knees bilaterally", "gluteus x2"
    return regex(
        rf"(?:[\s-]+<<position>>\b)*"
        rf"(?:\s*(?:[,(]\s*)?(?<![a-z])(?P<side>\(?(?:{_side()})\)?)(?![a-z'.])(?:\s*side)?\)?)?"
    )


def find_sites(text: str, places: Iterable[Mention]) -> Iterator[Site]:
    """Widen each known place to the whole phrase and read its side.

    Parameters
    ----------
    text : str
        The note.
    places : iterable of Mention
        Its words for places, in order.

    Yields
    ------
    Site

    Examples
    --------
    >>> from deltoid.pipeline.words import find_words
    >>> note = "IM in the left upper outer gluteus; then R deltoid, anterior thigh (L)"
    >>> [(s.mention.text, s.laterality) for s in find_sites(note, find_words(note)["site"])]
    [('left upper outer gluteus', 'left'), ('R deltoid', 'right'), ('anterior thigh (L)', 'left')]
    """
    end = -1
    for place in places:
        if place.start < end or (place.norm in sided_sites() and not place.text.isupper()):
            continue
        site = _widened(text, place)
        end = site.mention.end
        yield site


def _widened(text: str, place: Mention) -> Site:
    head = _before().search(text, max(0, place.start - _BEFORE), place.start)
    tail = _after().match(text, place.end)
    start = head.start() if head and head.group().strip() else place.start
    sided = head is not None and bool(head["side"] or head["inner"])
    if tail and sided and tail["side"]:  # "left deltoid, left thigh": the second side is the next place's
        end = place.end + len(text[place.end : tail.start("side")].rstrip(" ,("))
    else:
        end = tail.end() if tail and tail.group().strip(" ,(") else place.end
    while start < place.start and text[start].isspace():
        start += 1
    told = (head and (head["side"] or head["inner"])) or (tail and tail["side"])
    mention = Mention("site", start, end, text[start:end], place.found_by, place.norm)
    return Site(mention, laterality(told or sided_sites().get(place.norm, "")))


@cache
def sided_sites() -> Mapping[str, str]:
    """Return the abbreviations that name a side with the place; in small letters they are other words.

    Examples
    --------
    >>> sided_sites()["rua"]
    'right'
    """
    rows = tabular.read("sided_sites.csv", ["surface", "side", "source"])
    return {row["surface"]: row["side"] for row in rows}


def laterality(words: str) -> Laterality | None:
    """Return the side that words name.

    Parameters
    ----------
    words : str
        As written, with its brackets and full stop if it has some.

    Examples
    --------
    >>> laterality("Rt."), laterality("(L)"), laterality("upper")
    ('right', 'left', None)
    """
    plain = words.strip().lower()
    return lexicon.sides().get(plain) or lexicon.sides().get(plain.strip("().,"))
