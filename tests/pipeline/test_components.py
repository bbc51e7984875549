from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from deltoid.pipeline.components import facts, injections
from deltoid.pipeline.nlp import COMPONENTS, MAX_LENGTH, extract, load

NOTES = (
    "DOS 3/2/2026. HPI: migraine.\nToradol 60 mg IM given L deltoid at 14:05 by RN Lee. Tolerated well.",
    "Kenalog 40 mg + 1% lidocaine 4 cc injected into R knee. Flu shot declined.",
    "Seen for a cough. No injection today.",
    "",
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="module")
def read(nlp: Language) -> list[tuple[object, object]]:
    return [extract(nlp, note) for note in NOTES]


def told(doc: Doc) -> tuple[object, object]:
    return injections(doc), facts(doc)


def test_there_is_something_to_compare(read: list[tuple[object, object]]) -> None:
    assert [len(events) for events, _ in read if isinstance(events, tuple)] == [1, 3, 0, 0]


@pytest.mark.parametrize("name", COMPONENTS)
def test_each_component_is_found_by_its_entry_point(name: str) -> None:
    (found,) = entry_points(group="spacy_factories", name=name)
    assert found.value.startswith("deltoid.pipeline.components:")
    assert callable(found.load())


def test_the_tokenizer_is_found_by_its_entry_point() -> None:
    (found,) = entry_points(group="spacy_tokenizers", name="deltoid.ClinicalTokenizer.v1")
    assert callable(found.load())


def test_any_pipeline_can_have_the_events(read: list[tuple[object, object]]) -> None:
    other = spacy.blank("en")
    other.add_pipe("deltoid_events")
    assert [told(other(note)) for note in NOTES] == read


def test_events_need_no_other_component(read: list[tuple[object, object]]) -> None:
    assert [extract(load(spans=False), note) for note in NOTES[:1]] == read[:1]


def test_a_saved_pipeline_reads_the_same(
    nlp: Language, tmp_path: Path, read: list[tuple[object, object]]
) -> None:
    nlp.to_disk(tmp_path)
    assert [told(spacy.load(tmp_path)(note)) for note in NOTES] == read


def test_bytes_of_a_pipeline_read_the_same(nlp: Language, read: list[tuple[object, object]]) -> None:
    again = load().from_bytes(nlp.to_bytes())
    assert [told(again(note)) for note in NOTES] == read


def test_stored_docs_keep_their_events(nlp: Language, read: list[tuple[object, object]]) -> None:
    stored = DocBin(store_user_data=True, docs=map(nlp, NOTES)).to_bytes()
    docs = DocBin(store_user_data=True).from_bytes(stored).get_docs(nlp.vocab)
    assert [told(doc) for doc in docs] == read


def test_bytes_of_a_doc_keep_events_and_spans(nlp: Language, read: list[tuple[object, object]]) -> None:
    doc = nlp(NOTES[0])
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert told(again) == read[0]
    assert [span.text for span in again.spans["mentions"]] == [span.text for span in doc.spans["mentions"]]


def test_worker_processes_read_the_same(nlp: Language, read: list[tuple[object, object]]) -> None:
    assert [told(doc) for doc in nlp.pipe(NOTES, n_process=2, batch_size=1)] == read


def test_components_say_what_they_write(nlp: Language) -> None:
    summary = nlp.analyze_pipes()["summary"]
    assert {name: summary[name]["assigns"] for name in COMPONENTS} == {
        "deltoid_sections": ["doc.spans"],
        "deltoid_mentions": ["doc.spans"],
        "deltoid_events": ["doc.spans", "doc.user_data"],
    }
    assert [summary[name]["requires"] for name in COMPONENTS] == [[], [], []]


def test_spans_stand_on_the_words(nlp: Language) -> None:
    doc = nlp(NOTES[0])
    assert [span.label_ for span in doc.spans["sections"]][-1] == "hpi"
    assert ("drug", "Toradol") in {(span.label_, span.text) for span in doc.spans["mentions"]}
    assert [span.text for span in doc.spans["injections"]] == ["Toradol"]


def test_the_text_is_never_changed(nlp: Language) -> None:
    assert [nlp(note).text for note in NOTES] == list(NOTES)


def test_a_note_beyond_the_limit_is_refused(nlp: Language) -> None:
    with pytest.raises(ValueError, match="E088"):
        nlp("x" * (MAX_LENGTH + 1))
