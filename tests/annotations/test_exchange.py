"""The formats of other tools: what is written is read back equal, whatever the note holds."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin

from deltoid.annotations.exchange.brat import read_brat, write_brat
from deltoid.annotations.exchange.conll import read_conll, write_conll
from deltoid.annotations.exchange.docbin import read_docbin, to_doc, write_docbin
from deltoid.annotations.exchange.prodigy import read_prodigy, write_prodigy
from deltoid.annotations.exchange.records import read_jsonl, write_jsonl
from deltoid.annotations.marked import MarkedText, read_marked

NLP = spacy.blank("en")
TEXT = """[drug#1 Zofran] [dose#1 4 mg] and [drug#2 Toradol] [route#1,2 IM] for [why#2 [why?#2 back] pain].
=> #1 administered IM mixed=2 disposition=supported
=> #2 administered IM mixed=1
=> note id=n1 outcome=supported lines=96372x1
=> context payer=medicare
"""


@given(data=st.data())
def test_every_format_reads_back_what_it_wrote(
    data: st.DataObject, marked_texts: st.SearchStrategy[MarkedText]
) -> None:
    # comments belong to the mark format alone
    notes = [replace(note, comment="") for note in data.draw(st.lists(marked_texts, min_size=1, max_size=3))]
    assert list(read_jsonl(write_jsonl(notes))) == notes
    assert list(read_prodigy(write_prodigy(notes))) == notes
    assert list(read_docbin(NLP, write_docbin(NLP, notes))) == notes
    assert list(read_conll(write_conll(notes))) == notes
    assert [read_brat(*write_brat(note)) for note in notes] == notes


def test_a_task_has_the_keys_that_the_tool_reads() -> None:
    task = json.loads(write_prodigy(read_marked(TEXT)))
    assert {"start": 16, "end": 23, "label": "drug", "event": 2} in task["spans"]
    assert [one["label"] for one in task["relations"]] == ["dose", "route", "route", "why", "why?"]
    assert task["relations"][0]["head_span"]["label"] == "drug"
    assert task["meta"]["id"] == "n1"


def test_a_group_of_spans_is_whole_tokens() -> None:
    (note,) = read_marked("Rocephin [dose#1 1]gm\n[drug#1 B12]\n=> #1 ordered")
    doc = to_doc(NLP, note)
    assert [span.text for span in doc.spans["dose"]] == ["1gm"]


def test_columns_are_cut_at_labels() -> None:
    (note,) = read_marked("[drug#1 Toradol][dose#1 30mg][route#1 IM]\n=> #1 ordered IM")
    rows = [line.split("\t")[3:] for line in write_conll([note]).split("\n") if line[:1].isdigit()]
    assert rows == [["Toradol", "B-drug#1.0"], ["30mg", "B-dose#1.0"], ["IM", "B-route#1.0"]]


def test_standoff_names_marks_events_and_status() -> None:
    _, ann = write_brat(read_marked(TEXT)[0])
    kinds = [line.split("\t")[1].split()[0] for line in ann.splitlines()]
    assert kinds.count("drug") == 2
    assert "why_second" in kinds
    assert "A1\tStatus E1 administered" in ann.splitlines()


def spoiled(written: str, old: str, new: str) -> str:
    assert old in written
    return written.replace(old, new)


def test_damage_is_named_without_the_words() -> None:
    notes = read_marked(TEXT)
    text, ann = write_brat(notes[0])
    damaged = {
        "n1: the span": lambda: list(read_jsonl(spoiled(write_jsonl(notes), '"start": 0', '"start": 1'))),
        "no event": lambda: list(read_prodigy(spoiled(write_prodigy(notes), '"event": 2', '"event": 9'))),
        "holds no labels": lambda: list(read_docbin(NLP, DocBin(docs=[NLP("x")]).to_bytes())),
        "cannot be read": lambda: list(read_conll(spoiled(write_conll(notes), "B-dose", "Q-dose"))),
        "no line '#0'": lambda: [read_brat("x", "T1\tdrug 0 1\tx\n")],
        "names T2": lambda: [read_brat(text, spoiled(ann, "T2\t", "T99\t"))],
    }
    for why, read in damaged.items():
        with pytest.raises(ValueError, match=why) as caught:
            read()
        assert "Toradol" not in str(caught.value)
