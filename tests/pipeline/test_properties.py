"""What holds for any text whatever, be it a note or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from deltoid.pipeline import plain
from deltoid.pipeline.assemble import assemble
from deltoid.pipeline.encounter import facts_of
from deltoid.pipeline.events import events_of
from deltoid.pipeline.nlp import extract, load
from deltoid.pipeline.reading import Reading, read_note
from deltoid.pipeline.text import fold
from deltoid.pipeline.types import EncounterFacts, Injection, Mention

WORDS = (
    "Toradol", "Rocephin", "epinephrine", "lidocaine", "Kenalog", "flu shot", "a shot", "steroid", "insulin",
    "IM", "IV", "SC", "by mouth", "epidural", "left", "R", "deltoid", "knee", "given", "declined", "ordered",
    "if", "today", "yesterday", "by RN Lee", "per Dr. Nash", "60 mg", "1/2 cc", "1%", "1:1000", "1:0000",
    "40 mg/mL", "2 L", "5", "1/2-3 mg", "x2", "lot 12A", "exp 06/27", "NDC 0409-3795-01", "14:05", "1405",
    "10:15 ", "3/2/2026", "March 14", "13/45/2025", "for pain", "nausea", "wasted", "HPI:", "PLAN:", "54F",
    "POS 11", "mixed", "again", "and", "with", "/", ",", ".", ";", ":", "(", ")", "-", "+", "&",
)  # fmt: skip
# line ends, blanks of all kinds, letters that change their length or their look when case or form changes
ODDITIES = (
    "\r\n", "\n", "\r", "\t", "\u00a0", "\u2028", "\x0b", "\x0c", "\x1c", "\u200b", "\ufeff", "\u0130",
    "\u0131", "\u017f", "\u00df", "\ufb01", "e\u0301", "\u0345", "\U0001f489", "\U0001f468\u200d\u2695\ufe0f",
    "\u0663", "\u00b2", "\u00bd", "\u2013", "\u2019", "\u00ae", "_", "\x00",
)  # fmt: skip
NOTES = st.one_of(
    st.lists(st.sampled_from((*WORDS, " ", " ", *ODDITIES)), max_size=60).map(" ".join),
    st.lists(st.sampled_from((*WORDS, " ", *ODDITIES)), max_size=40).map("".join),
    st.text(max_size=200),
)
EVENT = "Seen for migraine and knee pain{stop} Toradol 60 mg IM given L deltoid at 14:05 by RN Lee{stop} "
HUGE = 300_000
MONOTONOUS = {
    "prose": EVENT.format(stop="."),
    "no full stop": EVENT.format(stop=","),
    "blanks": " ",
    "hard blanks": "\u00a0",
    "line ends": "\r\n",
    "full stops": ".",
    "digits": "1",
    "numbers": "1 : ",
    "gaps behind a lot": "lot" + " " * 997,
    "abbreviations": "Dr. ",
    "articles": "the ",
    "brackets": "(",
    "one word": "x",
}


def read(text: str) -> tuple[Reading, tuple[Injection, ...], EncounterFacts]:
    reading = read_note(text)
    return reading, assemble(reading, events_of(reading)), facts_of(reading)


@cache
def events_only() -> Language:
    return load(spans=False)


def mentions(value: object) -> Iterator[Mention]:
    """Yield every mention within a value, whatever holds it."""
    if isinstance(value, Mention):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from mentions(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from mentions(getattr(value, field.name))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NOTES)
def test_every_mention_is_words_of_the_note(text: str) -> None:
    reading, events, facts = read(text)
    words = tuple(m for found in reading.words.values() for m in found)
    for mention in mentions((words, reading.amounts, events, facts)):
        assert text[mention.start : mention.end] == mention.text != ""


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NOTES)
def test_so_is_every_mention_of_the_whole_pipeline(text: str) -> None:
    for mention in mentions(extract(events_only(), text)):
        assert text[mention.start : mention.end] == mention.text != ""


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NOTES)
def test_the_same_text_gives_the_same_events_and_they_survive_being_stored(text: str) -> None:
    _, events, facts = read(text)
    assert read(text)[1:] == (events, facts)
    assert plain.load(plain.dump(events, facts)) == (events, facts)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NOTES)
def test_events_are_numbered_and_partners_are_mutual(text: str) -> None:
    _, events, _ = read(text)
    assert [event.id for event in events] == [f"e{number}" for number in range(1, len(events) + 1)]
    partners = {event.id: event.mixed_with for event in events}
    assert all(one in partners[other] for one, others in partners.items() for other in others)


@given(NOTES)
def test_sentences_and_sections_stand_in_order_and_within_the_note(text: str) -> None:
    reading = read_note(text)
    edges = [edge for s in reading.sentences for edge in (s.start, s.end)]
    assert edges == sorted(edges)
    assert edges[-1] <= len(text)
    assert [s.end for s in reading.sections] == [*(s.start for s in reading.sections[1:]), len(text)]


@given(st.text())
def test_each_folded_character_leads_back_to_its_own(text: str) -> None:
    folded = fold(text)
    places = [folded.raw(place, place + 1)[0] for place in range(len(folded.text))]
    assert places == sorted(set(places))
    assert all(0 <= place < len(text) for place in places)


@pytest.mark.parametrize("name", MONOTONOUS)
def test_a_text_of_any_length_comes_to_an_end(name: str) -> None:
    piece = MONOTONOUS[name]
    text = (piece * (HUGE // len(piece) + 1))[:HUGE]
    _, events, _ = read(text)
    assert bool(events) == ("Toradol" in piece)
