"""The second look as a spaCy component: ``nlp.add_pipe("deltoid_second_look")`` behind the events."""

from __future__ import annotations

from datetime import date
from importlib import resources

from spacy.language import Language
from spacy.tokens import Doc

from deltoid.models.current import ArtifactError, served, verified
from deltoid.models.extraction.encoder import Encoder
from deltoid.models.extraction.second_look import second_look
from deltoid.pipeline import plain
from deltoid.pipeline.components import DAY, KEY, READING, Stateless
from deltoid.pipeline.reading import read_note

NAME = "deltoid_second_look"
ROLE = "extraction"
_EVENTS = "deltoid_events"


class SecondLook(Stateless):
    """Lets the encoder confirm, mend and drop events; its weights are an artifact of the store, so that it
    carries nothing of its own to disk.
    """

    def __init__(self, nlp: Language, name: str, encoder: Encoder) -> None:
        super().__init__(nlp, name)
        self.encoder = encoder

    def __call__(self, doc: Doc) -> Doc:
        """Look again at the events of one note."""
        events, facts = plain.load(doc.user_data[KEY])
        day = doc.user_data.get(DAY)
        reading = doc.user_data.pop(READING, None) or read_note(
            doc.text, self.vocabulary, date.fromisoformat(day) if day else None
        )
        seen = second_look(reading, events, self.encoder, self.encoder.settings.sure)
        doc.user_data[KEY] = plain.dump(seen, facts)
        drugs = [event.drug.mention for event in seen if event.drug]
        spans = (doc.char_span(d.start, d.end, label="drug", alignment_mode="expand") for d in drugs)
        doc.spans["injections"] = [span for span in spans if span is not None]
        return doc


@Language.factory(NAME, assigns=["doc.user_data"], default_config={"artifact": ""})
def make_second_look(nlp: Language, name: str, artifact: str) -> SecondLook:
    """Create the component from an artifact of the store, the one that is served if none is named.

    Raises
    ------
    ArtifactError
        If nothing is served, or the artifact does not match its checksums.
    """
    store = resources.files("deltoid.models.store")
    chosen = artifact or _served()
    verified(store, ROLE, chosen)
    return SecondLook(nlp, name, Encoder.load(store / chosen))


def _served() -> str:
    current = served()[ROLE]
    if current is None:
        raise ArtifactError(f"CURRENT.toml serves no {ROLE}: name an artifact, or leave the component out")
    return current.name


def after(nlp: Language) -> None:
    """Have the events of a pipeline hand on their reading of a note, so that it is not read twice."""
    nlp.get_pipe(_EVENTS).hands_on = True  # type: ignore[attr-defined]
