"""Every known word of a note, found in one scan: drugs, routes, places, conditions, cues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from deltoid.pipeline import cues, lexicon
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.scan import Scanner, Surface, surfaces
from deltoid.pipeline.text import fold
from deltoid.pipeline.types import Mention

Words = Mapping[str, tuple[Mention, ...]]


def find_words(text: str, scanner: Scanner | None = None) -> Words:
    """Return the mentions of each label, in the order of the note.

    Examples
    --------
    >>> words = find_words("Rocephin 1 g IM R deltoid given")
    >>> words["drug"][0].norm, words["route"][0].norm, words["site"][0].text, words["status"][0].text
    ('ceftriaxone', 'IM', 'deltoid', 'given')
    """
    found: dict[str, list[Mention]] = {}
    for hit in (scanner or shipped_scanner()).scan(fold(text)):
        surface = hit.surface
        words = text[hit.start : hit.end]
        mention = Mention(surface.label, hit.start, hit.end, words, surface.table, surface.norm)
        found.setdefault(surface.label, []).append(mention)
    if levels := _levels(text):
        found["site"] = sorted([*found.get("site", ()), *levels], key=lambda m: m.start)
    return {label: tuple(mentions) for label, mentions in found.items()}


# the level of a spine, counted by its vertebrae: "L5", "C4-5", "L5-S1"
_LEVEL = re.compile(r"(?<![\w-])[CTLS](?:1[0-2]|[1-9])(?:\s?[-/]\s?[CTLS]?(?:1[0-2]|[1-9]))?(?![\w/])")
LEVEL = "spine level"


def _levels(text: str) -> list[Mention]:
    return [Mention("site", m.start(), m.end(), m.group(), "words", LEVEL) for m in _LEVEL.finditer(text)]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The drugs that notes are read by, with the scanner over them and all other words.

    Examples
    --------
    >>> read_by = Vocabulary.of(Formulary.shipped())
    >>> find_words("Toradol", read_by.scanner)["drug"][0].norm
    'ketorolac'
    """

    formulary: Formulary
    scanner: Scanner

    @classmethod
    def of(cls, formulary: Formulary) -> Vocabulary:
        """Return the vocabulary with the drugs of a formulary."""
        return cls(formulary, Scanner(_surfaces(formulary)))

    def __reduce__(self) -> tuple[object, ...]:
        # the scanner is no plain value: another process builds its own
        return Vocabulary.of, (self.formulary,)


@cache
def shipped_vocabulary() -> Vocabulary:
    """Return the vocabulary of the shipped tables, built once."""
    return Vocabulary.of(Formulary.shipped())


def shipped_scanner() -> Scanner:
    """Return the scanner over the shipped tables."""
    return shipped_vocabulary().scanner


def _surfaces(formulary: Formulary) -> Iterator[Surface]:
    yield from surfaces("drugs.csv", "drug", formulary.surfaces())
    yield from surfaces("routes.csv", "route", {s: route.code for s, route in lexicon.routes().items()})
    yield from surfaces("sites.csv", "site", {s: s for s in lexicon.sites()})
    yield from surfaces("conditions.csv", "condition", {s: s for s in lexicon.conditions()})
    yield from surfaces("credentials.csv", "credential", lexicon.credentials())
    for surface in cues.status_cues():
        yield Surface(surface, "status", surface, "status_cues.csv")
    for cue in cues.encounter_cues():
        yield Surface(cue.surface, cue.label, cue.norm, "encounter_cues.csv")
