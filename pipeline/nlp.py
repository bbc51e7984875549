"""The pipeline as a whole: load it, give it a text, get the injections and the facts."""

from __future__ import annotations

from datetime import date

import spacy
from spacy.language import Language

from deltoid.pipeline.components import (
    DAY,
    equip,
    facts,
    injections,
    make_events,
    make_mentions,
    make_sections,
)
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.tokens import clinical_tokenizer
from deltoid.pipeline.types import EncounterFacts, Injection

COMPONENTS = ("deltoid_sections", "deltoid_mentions", "deltoid_events")
_REGISTERED = (make_sections, make_mentions, make_events)
MAX_LENGTH = 1_000_000  # characters of one note


def load(*, spans: bool = True, formulary: Formulary | None = None) -> Language:
    """Return the spaCy pipeline by tables and rules.

    Parameters
    ----------
    spans : bool
        Whether to mark sections and words as token spans too; who only wants events leaves them out.
    formulary : Formulary, optional
        The drugs to look for; the shipped ones if not given.

    Examples
    --------
    >>> events, encounter = extract(load(), "Toradol 30 mg IM given for migraine 3/2/2026")
    >>> events[0].drug.name, str(events[0].dose.value), events[0].status, str(encounter.date_of_service)
    ('ketorolac', '30', 'administered', '2026-03-02')
    """
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "deltoid.ClinicalTokenizer.v1"}}})
    nlp.max_length = MAX_LENGTH
    for name in COMPONENTS if spans else COMPONENTS[-1:]:
        nlp.add_pipe(name)
    if formulary is not None:
        equip(nlp, formulary)
    return nlp


def extract(
    nlp: Language, text: str, day: date | None = None
) -> tuple[tuple[Injection, ...], EncounterFacts]:
    """Return the injection events of one note and the facts of its encounter.

    Parameters
    ----------
    nlp : Language
        As `load` returns it, or any pipeline with ``deltoid_events`` in it.
    text : str
        The note.
    day : datetime.date, optional
        The day of the encounter where it is known beside the note: what is dated earlier is past.

    Returns
    -------
    tuple of tuple of Injection and EncounterFacts

    Examples
    --------
    >>> events, _ = extract(load(spans=False), "Given Rocephin 1 g IM")
    >>> events[0].drug.name
    'ceftriaxone'
    """
    doc = nlp.make_doc(text)
    doc.user_data[DAY] = day and day.isoformat()
    nlp(doc)
    return injections(doc), facts(doc)


__all__ = ["COMPONENTS", "MAX_LENGTH", "clinical_tokenizer", "extract", "load"]
