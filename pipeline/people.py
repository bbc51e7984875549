"""Who gave it, who ordered it, who supervised: people as notes name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from deltoid.pipeline import lexicon
from deltoid.pipeline.phrases import expand, phrases, regex
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Mention, Person

Stretches = Sequence[Stretch] | None

#: A nurse or an assistant by title or credential, name or none.
NURSE = r"\b(?:<<nurse_credential>>|<<nurse_title>>|nurse)\b"
_SHORT = 4  # letters up to which a credential must stand in capitals: "do", "pa" and "ma" are words
_CAPITAL, _SMALL = "A-Z\u00c0-\u00d6\u00d8-\u00de", "a-z\u00df-\u00f6\u00f8-\u00ff"
_INITIAL = rf"[{_CAPITAL}](?:\.|\b)"
_JOINED = rf"(?:-|['\u2019](?!s\b))[{_CAPITAL}]?[{_SMALL}]+"
_PART = rf"(?:(?:[{_CAPITAL}]['\u2019]|Mc|Mac)?[{_CAPITAL}][{_SMALL}]+(?:{_JOINED})*)"
_NAME = rf"(?:{_INITIAL}\s?)?{_PART}(?:\s(?:{_PART}|{_INITIAL})){{0,3}}"
_DOCTOR = rf"<<doctor>>\.?\s+(?:[A-Z]\b\.?(?:\s+{_NAME})?|{_NAME})"

# the ways in which a note says who gave a drug; the first that fits names the person in its group
_GIVEN_BY = (
    r"(?:(?i:\b<<given_verb>>\b[^.;\n]{0,70}?\bby\s+(?:<<by_article>>\s+)*)"
    r"|(?i:\b<<given_by_lead>>\s+by\s*:\s*)|(?i:\bby\s+(?:the\s+)?)(?=PERSON)"
    r"|(?i:\bnurse\s*:\s*)|(?<=\s)per\s+(?=<<per_credential>>\b))(?P<who>PERSON|(?i:<<staff>>)\b)",
    r"(?:(?:^|(?<=[\s,;/]))[-~\u2013\u2014]{1,2}|\b(?i:signed)\s*:)\s?"
    rf"(?P<signed>{_NAME},?\s+CREDENTIAL)",
    rf"(?:^|(?<=\n))[^\S\n]*(?P<signature>{_NAME},?\s+<<nurse_credential>>)(?:\s[A-Z-]{{2,5}})?[^\S\n]*\.?(?=\n|$)",
    r"\b(?P<pronoun><<first_person>>)(?:,[^.;]{3,40},)?\s+(?:<<first_person_adverb>>\s+){0,2}"
    r"<<first_person_verb>>",
    r"(?i:\bby\s+)(?P<oneself>(?i:me|myself))\b",
    r"\b<<before_initials>>\s+(?P<initials>(?!<<not_initials>>)[A-Z]{2,3})\b"
    r"(?!\s*<<not_behind_initials>>)",
    rf"(?<![\w.])(?P<standing>(?:{_NAME}|[A-Z]{{2,}}|[A-Za-z]{{2,3}})\s*(?:[,/]\s*)?<<nurse_credential>>\b"
    r"|<<nurse_title>>\s+(?:[A-Z]\.?\s*)?[A-Z][a-z]+)",
    r"(?P<active>PERSON)\s+(?i:<<active_verb>>\b)",
)
_ORDERED_BY = (
    r"(?i:\b<<order_lead>>\b(?:\s+<<order_link>>){0,2}\s*(?::\s*)?(?:by\s+)?|<<order_short>>)(?P<who>PERSON)",
    r"(?P<mine>(?i:my)\s+order)",
    rf"(?P<possessive>{_DOCTOR})(?:'s)?\s+(?i:order)",
)
_ATTENDS = r"<<at_hand>>|supervis"  # without one of these nobody is told to have been at hand
_SUPERVISED_BY = (
    r"(?P<who>PERSON)[^.;\n]{0,25}?\b<<at_hand>>\b",
    r"(?i:supervis(?:ed|ing)\s+<<supervising>>?:?\s*)(?P<after>PERSON)",
)


def givers(text: str, stretches: Stretches = None) -> Iterator[Person]:
    """Return the people whom the note names as those who gave the drug.

    Parameters
    ----------
    text : str
        The note.
    stretches : sequence of Stretch, optional
        Where to look; everywhere if not given.

    Yields
    ------
    Person
        The mention's norm is the way in which the note names the person: ``who``, ``signed``, ``pronoun`` …

    Examples
    --------
    >>> [(p.mention.text, p.credential) for p in givers("IM given by RN Lee. Later I injected the knee")]
    [('RN Lee', 'RN'), ('I', None)]
    """
    yield from _people(text, _pattern(_GIVEN_BY), "given_by", stretches)


def orderers(text: str, stretches: Stretches = None) -> Iterator[Person]:
    """Return the people whom the note names as having ordered.

    Parameters
    ----------
    text, stretches
        As for `givers`.

    Yields
    ------
    Person

    Examples
    --------
    >>> [p.mention.text for p in orderers("Order valid Dr. Nash, on premises")]
    ['Dr. Nash']
    """
    yield from _people(text, _pattern(_ORDERED_BY), "ordered_by", stretches)


def supervisors(text: str, stretches: Stretches = None) -> Iterator[Person]:
    """Return the people whom the note names as supervising or at hand.

    Parameters
    ----------
    text, stretches
        As for `givers`.

    Yields
    ------
    Person

    Examples
    --------
    >>> [p.mention.text for p in supervisors("Order valid Dr. Nash, on premises")]
    ['Dr. Nash']
    """
    places = [Stretch(0, len(text))] if stretches is None else stretches
    told = [piece for piece in places if regex(_ATTENDS).search(text, piece.start, piece.end)]
    yield from _people(text, _pattern(_SUPERVISED_BY), "supervised_by", told)


@cache
def _pattern(ways: Sequence[str]) -> re.Pattern[str]:
    # capitals matter in names, so that words in any case are marked (?i:…) one by one
    whole = "|".join(ways).replace("PERSON", _person()).replace("CREDENTIAL", _credential())
    # nobody's name begins within a word, and most places of a note are: looked at first, it is cheap
    return re.compile(rf"(?<![A-Za-z0-9])(?:{expand(whole)})")


@cache
def _credential() -> str:
    surfaces = sorted(lexicon.credentials(), key=len, reverse=True)
    capitals = [re.escape(s.upper()) for s in surfaces if len(s) <= _SHORT]
    spelled = [re.escape(s) for s in surfaces if len(s) > _SHORT or s in phrases("small_credential")]
    return rf"(?:{'|'.join(capitals)}|{'|'.join(map(_any_case, spelled))})(?![a-z])"


def _any_case(word: str) -> str:
    """Return a pattern for a word in any case; a first letter as a set is quick to rule out."""
    return rf"[{word[0].upper()}{word[0].lower()}](?i:{word[1:]})"


@cache
def _person() -> str:
    titled = rf"{_credential()}\s+{_NAME}(?:,?\s*{_credential()})?"
    named = rf"{_NAME}\s*(?:,\s*)?{_credential()}"
    return f"(?:{_DOCTOR}|{titled}|{named}|{_credential()})"


def _people(text: str, pattern: re.Pattern[str], label: str, stretches: Stretches) -> Iterator[Person]:
    for piece in [Stretch(0, len(text))] if stretches is None else stretches:
        for found in pattern.finditer(text, piece.start, piece.end):
            way = found.lastgroup
            if way and found[way]:
                mention = Mention(label, found.start(way), found.end(way), found[way], "people", way)
                yield Person(mention, credential_of(found[way]))


def credential_of(words: str) -> str | None:
    """Return the credential that the words for a person hold, None where they hold none.

    Examples
    --------
    >>> credential_of("Lee, R.N."), credential_of("Dr. Nash"), credential_of("me")
    ('RN', 'MD', None)
    """
    found = _bare_credential().search(words)
    if found:
        return lexicon.credentials().get(found.group().lower())
    return "MD" if _doctor().match(words) else None


@cache
def _bare_credential() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?:{_credential()})(?![A-Za-z])")


@cache
def _doctor() -> re.Pattern[str]:
    return re.compile(r"(?i)(?:dr|doctor)\b")
