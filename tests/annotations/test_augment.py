"""The augmenter: every mark stays on its words, whatever is swapped or spoiled."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deltoid.annotations.augment.augmenting import augment
from deltoid.annotations.augment.edits import Edit, apply_edits
from deltoid.annotations.augment.noise import KINDS, scanned, typos
from deltoid.annotations.augment.swaps import swap_doses, swap_drugs, swap_names, swap_sites
from deltoid.annotations.marked import MarkedText, read_marked
from deltoid.pipeline.formulary import Formulary

NOTE = """Pain. [drug#1 Toradol] [dose#1 30 mg] [route#1 IM] [site#1 left deltoid]
by [giver#1 RN Tolliver], ordered by [order#1 Dr. Abernathy].
Then [drug#2 Rocephin] [dose#2 1 g], [also#1 Toradol] helped. RN Tolliver again: [giver#2 Tolliver].
=> #1 administered IM disposition=supported
=> #2 administered disposition=query
=> note id=n1
"""


def note() -> MarkedText:
    return read_marked(NOTE)[0]


def marks_hold(text: MarkedText) -> bool:
    mentions = [m for event in text.events for each in event.slots.values() for m in each]
    return all(m.text == text.text[m.start : m.end] and m.start < m.end for m in mentions)


@given(data=st.data())
def test_marks_stay_on_their_words(data: st.DataObject, marked_texts: st.SearchStrategy[MarkedText]) -> None:
    text = data.draw(marked_texts)
    places = st.integers(0, len(text.text))
    drawn = data.draw(st.lists(st.tuples(places, places, st.text("xyz ", max_size=4)), max_size=5))
    changed = apply_edits(text, [Edit(min(a, b), max(a, b), words) for a, b, words in drawn])
    assert marks_hold(changed)
    assert [event.status for event in changed.events] == [event.status for event in text.events]


@given(data=st.data(), seed=st.integers(0, 99))
def test_noise_of_every_kind_keeps_the_marks(
    data: st.DataObject, seed: int, marked_texts: st.SearchStrategy[MarkedText]
) -> None:
    text = data.draw(marked_texts)
    for noise in KINDS.values():
        assert marks_hold(apply_edits(text, noise(text, random.Random(seed))))


def test_an_edit_across_the_edge_of_a_mark_is_left_out() -> None:
    (text,) = read_marked("a [drug#1 B12] b\n=> #1 ordered")
    assert apply_edits(text, [Edit(1, 4, "x")]).text == text.text
    assert apply_edits(text, [Edit(2, 5, " ")]).text == text.text
    assert apply_edits(text, [Edit(0, 1, "xyz"), Edit(5, 7, "")]).events[0].slots["drug"][0].start == 4


def test_a_drug_becomes_another_of_its_kind_at_every_place() -> None:
    formulary = Formulary.shipped()
    names, kinds = formulary.surfaces(), formulary.substances()
    for seed in range(20):
        new = apply_edits(note(), swap_drugs(note(), random.Random(seed)))
        first, again = (new.events[0].slots[slot][0].text.lower() for slot in ("drug", "also"))
        assert first == again
        old, now = kinds[names["toradol"]], kinds[names[first]]
        assert (old.category, old.form, old.admin_family) == (now.category, now.form, now.admin_family)


def test_amounts_places_and_names_change_and_their_titles_stay() -> None:
    new = note()
    for swap in (swap_doses, swap_sites, swap_names):
        new = apply_edits(new, swap(new, random.Random(5)))
    slots = new.events[0].slots
    assert slots["dose"][0].text not in ("30 mg", "")
    assert slots["giver"][0].text.startswith("RN ")
    assert slots["giver"][0].text != "RN Tolliver"
    assert slots["giver"][0].text.removeprefix("RN ") == new.events[1].slots["giver"][0].text
    assert slots["order"][0].text.startswith("Dr. ")
    assert marks_hold(new)


def test_the_same_seed_gives_the_same_notes() -> None:
    notes = list(augment([note()], seed=3, times=4))
    assert notes == list(augment([note()], seed=3, times=4))
    assert notes != list(augment([note()], seed=4, times=4))
    assert [one.facts["id"] for one in notes] == ["n1~1", "n1~2", "n1~3", "n1~4"]
    assert all(marks_hold(one) for one in notes)
    assert {event.status for one in notes for event in one.events} == {"administered"}


@pytest.mark.parametrize("noise", [typos, scanned])
def test_noise_can_be_measured_out(noise: object) -> None:
    text = MarkedText("Toradol 10 mg given in the left deltoid " * 20)
    assert callable(noise)
    assert not list(noise(text, random.Random(1), share=0))
    assert len(list(noise(text, random.Random(1), share=0.2))) < len(
        list(noise(text, random.Random(1), share=1))
    )
