"""The spaCy components: sections, mentions and events, usable from any spaCy pipeline.

``Doc.spans["sections"]`` and ``Doc.spans["mentions"]`` hold token spans with labels; the injections and facts
stand as plain values in ``Doc.user_data``, so that ``to_bytes``, ``DocBin`` and worker processes carry them.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from spacy.language import Language
from spacy.tokens import Doc, Span

from deltoid.pipeline import plain
from deltoid.pipeline.assemble import assemble
from deltoid.pipeline.diagnoses import coded
from deltoid.pipeline.doubts import doubted
from deltoid.pipeline.encounter import facts_of
from deltoid.pipeline.events import events_of
from deltoid.pipeline.flowsheets import by_row
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.kits import of_kits
from deltoid.pipeline.reading import read_note
from deltoid.pipeline.records import complete
from deltoid.pipeline.sections import find_sections
from deltoid.pipeline.statements import widened
from deltoid.pipeline.talk import sifted
from deltoid.pipeline.types import EncounterFacts, Injection
from deltoid.pipeline.words import Vocabulary, find_words

KEY = "deltoid"
READING = "deltoid_reading"  # what a component behind this one may take over, and must take away
DAY = "deltoid_day"  # ISO, where the day of the encounter is known beside the note


class Stateless:
    """A component without weights: nothing to write, nothing to read.

    `vocabulary` is handed in where a site has imported names of drugs; None stands for the shipped one.
    """

    vocabulary: Vocabulary | None = None

    def __init__(self, nlp: Language, name: str) -> None:
        self.vocab = nlp.vocab
        self.name = name

    def to_disk(self, _path: object, **_options: object) -> None:
        """Write nothing: the tables are part of the package."""

    def from_disk(self, _path: object, **_options: object) -> Self:
        """Read nothing."""
        return self

    def to_bytes(self, **_options: object) -> bytes:
        """Return nothing: the tables are part of the package."""
        return b""

    def from_bytes(self, _data: bytes, **_options: object) -> Self:
        """Read nothing."""
        return self


class Sections(Stateless):
    """Marks the sections of a note in ``doc.spans["sections"]``."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the sections of one note."""
        found = find_sections(doc.text)
        doc.spans["sections"] = [
            span for s in found if (span := _span(doc, s.start, s.end, s.kind)) is not None
        ]
        return doc


class Mentions(Stateless):
    """Marks every known word of a note in ``doc.spans["mentions"]``."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the words of one note."""
        words = find_words(doc.text, self.vocabulary.scanner if self.vocabulary else None)
        mentions = sorted((m for found in words.values() for m in found), key=lambda m: (m.start, m.end))
        doc.spans["mentions"] = [
            span for m in mentions if (span := _span(doc, m.start, m.end, m.label)) is not None
        ]
        return doc


class Events(Stateless):
    """Ties mentions into injection events; `injections` and `facts` read them back.

    `hands_on` leaves the reading of the note in ``Doc.user_data`` for a component that looks again.
    """

    hands_on = False

    def __call__(self, doc: Doc) -> Doc:
        """Read the events of one note."""
        day = doc.user_data.get(DAY)
        reading = read_note(doc.text, self.vocabulary, date.fromisoformat(day) if day else None)
        told = widened(reading, facts_of(reading))
        drafts = by_row(reading, events_of(reading), told.date_of_service)
        drafts = of_kits(drafts)
        complete(reading, drafts)
        events = sifted(reading, coded(reading, assemble(reading, drafts)), told)
        injections = doubted(reading, events)
        doc.user_data[KEY] = plain.dump(injections, told)
        if self.hands_on:
            doc.user_data[READING] = reading
        drugs = [i.drug.mention for i in injections if i.drug]
        doc.spans["injections"] = [s for d in drugs if (s := _span(doc, d.start, d.end, "drug")) is not None]
        return doc


def equip(nlp: Language, formulary: Formulary) -> None:
    """Have all components of a pipeline read by the drugs of a formulary.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("deltoid_events")
    >>> from deltoid.pipeline.tabular import Row
    >>> drug = Row("mine.csv", 2, {"surface": "zyxtril", "name": "ceftriaxone", "source": "the site"})
    >>> equip(nlp, Formulary.shipped().with_tables(surfaces=[drug]))
    >>> injections(nlp("Given Zyxtril 1 g IM"))[0].drug.name
    'ceftriaxone'
    """
    vocabulary = Vocabulary.of(formulary)
    for _, component in nlp.pipeline:
        if isinstance(component, Stateless):
            component.vocabulary = vocabulary


def injections(doc: Doc) -> tuple[Injection, ...]:
    """Return the injection events of a processed Doc.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("deltoid_events")
    >>> [(i.drug.name, i.route.code) for i in injections(nlp("Given Rocephin 1 g IM"))]
    [('ceftriaxone', 'IM')]
    """
    return plain.load(doc.user_data[KEY])[0]


def facts(doc: Doc) -> EncounterFacts:
    """Return the facts of the encounter of a processed Doc.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("deltoid_events")
    >>> str(facts(nlp("DOS 3/2/2026: Rocephin 1 g IM")).date_of_service)
    '2026-03-02'
    """
    return plain.load(doc.user_data[KEY])[1]


def _span(doc: Doc, start: int, end: int, label: str) -> Span | None:
    return doc.char_span(start, end, label=label, alignment_mode="expand")


@Language.factory("deltoid_sections", assigns=["doc.spans"])
def make_sections(nlp: Language, name: str) -> Sections:
    """Create the component that marks sections.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("deltoid_sections")
    >>> doc = nlp("PLAN: Toradol IM")
    >>> [(span.label_, span.text) for span in doc.spans["sections"]]
    [('plan', 'PLAN: Toradol IM')]
    """
    return Sections(nlp, name)


@Language.factory("deltoid_mentions", assigns=["doc.spans"])
def make_mentions(nlp: Language, name: str) -> Mentions:
    """Create the component that marks known words.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("deltoid_mentions")
    >>> doc = nlp("Toradol IM")
    >>> [(span.label_, span.text) for span in doc.spans["mentions"]]
    [('drug', 'Toradol'), ('route', 'IM')]
    """
    return Mentions(nlp, name)


@Language.factory(
    "deltoid_events", assigns=["doc.spans", "doc.user_data"], default_config={"hands_on": False}
)
def make_events(nlp: Language, name: str, hands_on: bool) -> Events:
    """Create the component that ties mentions into events; it reads the text and needs no other component.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("deltoid_events")
    >>> [injection.id for injection in injections(nlp("Given Rocephin 1 g IM"))]
    ['e1']
    """
    events = Events(nlp, name)
    events.hands_on = hands_on
    return events
