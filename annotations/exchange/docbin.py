"""spaCy's DocBin: the notes as Docs, one span group a slot, for training with spaCy.

A token is the least that a span group can hold, so spans are widened to tokens there; the exact offsets
ride in the Doc's user data, and are what is read back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from deltoid.annotations.exchange.records import from_record, to_record
from deltoid.annotations.marked import MarkedText

_KEY = "deltoid_labels"


def to_doc(nlp: Language, note: MarkedText) -> Doc:
    r"""Return a note as a Doc with a span group a slot; a span's id is the number of its event.

    Examples
    --------
    >>> import spacy
    >>> from deltoid.annotations.marked import read_marked
    >>> doc = to_doc(spacy.blank("en"), read_marked("[drug#1 B12] IM\n=> #1 ordered IM")[0])
    >>> [(span.text, span.label_, span.id) for span in doc.spans["drug"]]
    [('B12', 'drug', 1)]
    """
    doc = nlp.make_doc(note.text)
    for event in note.events:
        for slot, mentions in event.slots.items():
            spans = (doc.char_span(m.start, m.end, slot, alignment_mode="expand") for m in mentions)
            told = [Span(doc, span.start, span.end, slot, span_id=event.id) for span in spans if span]
            doc.spans[slot] = [*doc.spans.get(slot, ()), *told]
    doc.user_data[_KEY] = dict(to_record(note))
    return doc


def write_docbin(nlp: Language, notes: Iterable[MarkedText]) -> bytes:
    """Return the notes as the bytes of a DocBin.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> [note.text for note in read_docbin(nlp, write_docbin(nlp, [MarkedText("No shot.")]))]
    ['No shot.']
    """
    docs = [to_doc(nlp, note) for note in notes]
    return DocBin(store_user_data=True, docs=docs).to_bytes()


def read_docbin(nlp: Language, content: bytes) -> Iterator[MarkedText]:
    """Yield the labelled notes of a DocBin that :func:`write_docbin` made.

    Raises
    ------
    ValueError
        If a Doc holds no labels of ours.
    """
    for number, doc in enumerate(DocBin(store_user_data=True).from_bytes(content).get_docs(nlp.vocab), 1):
        if _KEY not in doc.user_data:
            raise ValueError(
                f"document {number} holds no labels: it was not written by 'deltoid gold export'"
            )
        yield from_record(doc.user_data[_KEY])
