"""The second look as a component of anybody's spaCy pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from deltoid.models.current import ArtifactError
from deltoid.models.extraction.component import after
from deltoid.pipeline.components import READING, injections

NOTE = "Seen for migraine. Toradol 60 mg IM given in the right deltoid by RN Lee. Tolerated well."


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("en")
    made.add_pipe("deltoid_events")
    made.add_pipe("deltoid_second_look")
    return made


def test_events_carry_the_odds_of_their_status(nlp: Language) -> None:
    [event] = injections(nlp(NOTE))
    assert event.status == "administered"
    assert event.confidence is not None
    assert 0.5 < event.confidence <= 1.0


def test_the_same_note_gives_the_same_events(nlp: Language) -> None:
    assert injections(nlp(NOTE)) == injections(nlp(NOTE))


def test_a_reading_that_is_handed_on_is_used_up_and_changes_nothing(nlp: Language) -> None:
    handed = spacy.blank("en")
    handed.add_pipe("deltoid_events")
    handed.add_pipe("deltoid_second_look")
    after(handed)
    doc = handed(NOTE)
    assert READING not in doc.user_data
    assert injections(doc) == injections(nlp(NOTE))


def test_what_it_leaves_goes_through_bytes(nlp: Language) -> None:
    doc = nlp(NOTE)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert injections(again) == injections(doc)


def test_a_pipeline_with_it_goes_to_disk_and_comes_back(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert injections(spacy.load(tmp_path)(NOTE)) == injections(nlp(NOTE))


def test_an_artifact_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(ArtifactError, match="nothing-1"):
        spacy.blank("en").add_pipe("deltoid_second_look", config={"artifact": "nothing-1.0.0"})
