"""The second look as a spaCy component: ``nlp.add_pipe("deltoid_second_look")`` behind the events."""

from __future__ import annotations

from datetime import date
from importlib import resources
from typing import Self

from spacy.language import Language
from spacy.tokens import Doc

from deltoid.models.current import ArtifactError, verified
from deltoid.models.extraction.encoder import Encoder
from deltoid.models.extraction.second_look import second_look
from deltoid.pipeline import plain
from deltoid.pipeline.components import DAY, KEY, READING
from deltoid.pipeline.reading import read_note

NAME = "deltoid_second_look"
ROLE = "extraction"
_EVENTS = "deltoid_events"


class SecondLook:
    """Lets the encoder confirm, mend and drop events; it carries nothing of its own to disk.

    Parameters
    ----------
    encoder : Encoder
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def __call__(self, doc: Doc) -> Doc:
        """Look again at the events of one note."""
        events, facts = plain.load(doc.user_data[KEY])
        day = doc.user_data.get(DAY)
        reading = doc.user_data.pop(READING, None) or read_note(
            doc.text, day=date.fromisoformat(day) if day else None
        )
        seen = second_look(reading, events, self.encoder, self.encoder.settings.sure)
        doc.user_data[KEY] = plain.dump(seen, facts)
        drugs = [event.drug.mention for event in seen if event.drug]
        spans = (doc.char_span(d.start, d.end, label="drug", alignment_mode="expand") for d in drugs)
        doc.spans["injections"] = [span for span in spans if span is not None]
        return doc

    def to_disk(self, _path: object, **_options: object) -> None:
        """Write nothing: the weights are an artifact of the store, under its checksums."""

    def from_disk(self, _path: object, **_options: object) -> Self:
        """Read nothing."""
        return self

    def to_bytes(self, **_options: object) -> bytes:
        """Return nothing: the weights are an artifact of the store."""
        return b""

    def from_bytes(self, _data: bytes, **_options: object) -> Self:
        """Read nothing."""
        return self


@Language.factory(NAME, assigns=["doc.user_data"], default_config={"artifact": ""})
def make_second_look(nlp: Language, name: str, artifact: str) -> SecondLook:  # noqa: ARG001
    """Create the component from an artifact of the store, the one that is served if none is named.

    Raises
    ------
    ArtifactError
        If nothing is served, or the artifact does not match its checksums.
    """
    store = resources.files("deltoid.models.store")
    chosen = artifact or _served()
    verified(store, ROLE, chosen)
    return SecondLook(Encoder.load(store / chosen))


def _served() -> str:
    from deltoid.models.current import served

    current = served()[ROLE]
    if current is None:
        raise ArtifactError(f"CURRENT.toml serves no {ROLE}: name an artifact, or leave the component out")
    return current.name


def after(nlp: Language) -> None:
    """Have the events of a pipeline hand on their reading of a note, so that it is not read twice."""
    nlp.get_pipe(_EVENTS).hands_on = True  # type: ignore[attr-defined]
