"""Facts told in many wordings: patterns of words with room between them, read from a table.

A pattern is words apart by blanks: ``a|b`` either, ``{name}`` any word of that class in statement_words.csv,
``{name}*`` any number of them, ``~2`` up to two words of any kind but a denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from deltoid.pipeline import lexicon, moments, tabular
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.text import fold
from deltoid.pipeline.types import EncounterFacts, Mention

TABLE = "statements.csv"
_VISIT_DATE = r"<<visit_date>>\s*:?\s*$"
_WIDTH = 25  # characters between a label and its date, at most
_BETWEEN = r"[\s,:/()\"'-]+"
_ABBREVIATED = r"(?:dr|mr|ms|mrs|st)\."
_ANY = rf"(?!(?:no|not|never|none|nor)\b)(?:{_ABBREVIATED}|\d+\.\d+|[^\s.;,:/()\"-]+)"
_DOT = r"(?:(?<=\bdr)\.|(?<=\bst)\.)?"
_WORD = re.compile(r"\w+")
_CLASS = re.compile(r"\{(?P<name>[a-z]+)\}(?P<many>\*?)")
_ROOM = re.compile(r"~(?P<words>\d)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A pattern and the fact that it states; `needs` are words of which a text must hold one of each set."""

    pattern: re.Pattern[str]
    label: str
    norm: str
    needs: tuple[frozenset[str], ...] = ()


def widened(reading: Reading, facts: EncounterFacts) -> EncounterFacts:
    """Return the facts of an encounter with the statements of its note, its labelled dates and muscles.

    Examples
    --------
    >>> from deltoid.pipeline.encounter import facts_of
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("No MD/NP on premises. TPI into levator scapulae. DOS 3/2/2026")
    >>> facts = widened(reading, facts_of(reading))
    >>> [(m.label, m.norm) for m in facts.mentions if m.label in ("supervision", "muscle", "visit_date")]
    [('supervision', 'absent'), ('muscle', 'levator scapulae'), ('visit_date', '2026-03-02')]
    """
    stated = [*find(reading.text), *_visit_dates(reading.text), *_muscles(reading)]
    return replace(facts, mentions=tuple(over(stated, facts.mentions)))


def _visit_dates(text: str) -> Iterator[Mention]:
    """Return the dates that are labelled as the encounter's own."""
    for mention, day in moments.dates(text):
        if day and regex(_VISIT_DATE).search(text, max(0, mention.start - _WIDTH), mention.start):
            yield replace(mention, label="visit_date", norm=day.isoformat())


def _muscles(reading: Reading) -> Iterator[Mention]:
    """Return the muscles named in which trigger points lie."""
    for mention in reading.words.get("site", ()):
        place = lexicon.sites()[mention.norm]
        if place.target == "trigger_point":
            yield replace(mention, label="muscle", norm=place.place)


def find(text: str) -> Iterator[Mention]:
    """Return the facts that the patterns find.

    Examples
    --------
    >>> sorted((m.norm, m.text) for m in find("No MD/NP on premises. Order of Dr. Ames expired 4/30/26"))
    [('absent', 'No MD/NP on premises'), ('expired', 'Order of Dr. Ames expired')]
    """
    folded = fold(text)
    held = frozenset(_WORD.findall(folded.text))
    for statement in shipped():
        if any(held.isdisjoint(words) for words in statement.needs):
            continue  # most notes lack most words: this is cheaper than a search
        for found in statement.pattern.finditer(folded.text):
            start, end = folded.raw(found.start(), found.end())
            yield Mention(statement.label, start, end, text[start:end], TABLE, statement.norm)


def over(stated: Iterable[Mention], mentions: Iterable[Mention]) -> list[Mention]:
    """Return statements and mentions together, of those of one label only what no longer one holds.

    "on premises" inside "no practitioner on premises" is no presence.
    """
    told = {(m.label, m.norm, m.start, m.end): m for m in (*stated, *mentions)}.values()
    return sorted((m for m in told if not any(_holds(s, m) for s in told)), key=lambda m: m.start)


def _holds(statement: Mention, mention: Mention) -> bool:
    longer = statement.end - statement.start > mention.end - mention.start
    inside = statement.start <= mention.start and mention.end <= statement.end
    return longer and inside and statement.label == mention.label


def compiled(pattern: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """Return a pattern of the table as a regular expression over folded text.

    Examples
    --------
    >>> bool(compiled("order ~2 expired", {}).search("order of may expired"))
    True
    """
    made, lead = "", ""
    for token in pattern.split():
        if room := _ROOM.fullmatch(token):
            made += rf"(?:{_BETWEEN if lead else ''}{_ANY}){{0,{room['words']}}}"
            continue
        named = _CLASS.fullmatch(token)
        either = words[named["name"]] if named else re.escape(token).replace(r"\|", "|")
        one = rf"(?:{either})\b{_DOT}"
        made += rf"(?:{lead}{one})*" if named and named["many"] else rf"{lead}{one}"
        lead = _BETWEEN
    return re.compile(rf"(?<![\w-]){made}(?!\w)")


@cache
def shipped() -> tuple[Statement, ...]:
    """Return the statements of the shipped table.

    Raises
    ------
    TableError
        If a pattern names a class of words that is not in statement_words.csv.
    """
    rows = tabular.read("statement_words.csv", ["name", "surface", "source"])
    words = {row["name"]: "|".join(map(re.escape, row["surface"].split("|"))) for row in rows}
    return tuple(
        _statement(row, words) for row in tabular.read(TABLE, ["pattern", "label", "norm", "source"])
    )


def _needs(pattern: str, words: Mapping[str, str]) -> Iterator[frozenset[str]]:
    """Yield for each token that must be there the first words of its forms."""
    for token in pattern.split():
        named = _CLASS.fullmatch(token)
        if not _ROOM.fullmatch(token) and not (named and named["many"]):
            forms = (words[named["name"]] if named else token).replace("\\", "").split("|")
            yield frozenset(first for form in forms for first in _WORD.findall(form)[:1])


def _statement(row: tabular.Row, words: Mapping[str, str]) -> Statement:
    try:
        needs = tuple(_needs(row["pattern"], words))
        return Statement(compiled(row["pattern"], words), row["label"], row["norm"], needs)
    except (KeyError, re.error):
        raise row.refuse("pattern", "names an unknown class or cannot be read") from None
