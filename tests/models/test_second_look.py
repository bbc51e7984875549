"""What the encoder may change, and what it may not: a fake one says what the test wants to see."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import BertPreTokenizer

from deltoid.models.extraction.answers import Answer, Words
from deltoid.models.extraction.labels import FATES, SLOTS
from deltoid.models.extraction.second_look import second_look
from deltoid.models.extraction.windows import Window, Windows
from deltoid.pipeline.assemble import assemble
from deltoid.pipeline.events import events_of
from deltoid.pipeline.reading import Reading, read_note
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Injection

SURE = {
    "status": 0.8, "given": 0.5, "given_by_needle": 0.9, "veto": 0.95, "doubt": 0.4,
    "site_new": 0.6,
    "site_none": 0.97, "why": 0.6, "why_new": 0.5, "giver": 0.8, "time": 0.8,
    "response": 0.7,
}  # fmt: skip
NOTE = "Migraine. Toradol 60 mg IM given R deltoid. Pain in the left hip."
UNFILLED = Words(None, 0.5)


def tokenizer() -> Tokenizer:
    words = {word: n for n, word in enumerate(("[CLS]", "[SEP]", "[UNK]", "[unused0]", "[unused1]"))}
    made = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    made.pre_tokenizer = BertPreTokenizer()
    return made


@dataclass
class Fake:
    """Answers every window alike."""

    fates: dict[str, float] = field(default_factory=dict)
    slots: dict[str, Words] = field(default_factory=dict)
    windows: Windows = field(default_factory=lambda: Windows(tokenizer()))

    def read(self, _window: Window) -> Answer:
        fates = dict.fromkeys(FATES, 0.0) | self.fates
        return Answer(fates, dict.fromkeys(SLOTS, UNFILLED) | self.slots)


def looked(note: str, fake: Fake) -> tuple[Injection, ...]:
    reading = read_note(note)
    return second_look(reading, by_rules(reading), fake, SURE)


def by_rules(reading: Reading) -> tuple[Injection, ...]:
    return assemble(reading, events_of(reading))


def words(note: str, text: str, odds: float) -> Words:
    return Words(Stretch(note.index(text), note.index(text) + len(text)), odds)


def test_where_both_agree_the_event_stays_and_gets_its_odds() -> None:
    [event] = looked(NOTE, Fake({"administered": 0.9, "none": 0.1}))
    assert (event.status, event.confidence) == ("administered", 1.0)
    assert event.site is not None


@pytest.mark.parametrize(("odds", "status"), [(0.79, "administered"), (0.81, "declined")])
def test_another_status_needs_to_be_sure_enough(odds: float, status: str) -> None:
    [event] = looked(NOTE, Fake({"declined": odds, "administered": 1 - odds}))
    assert event.status == status
    assert event.confidence == pytest.approx(odds if status == "declined" else 1 - odds)


def test_a_status_of_the_encoder_shows_the_sentence_as_its_evidence() -> None:
    [event] = looked(NOTE, Fake({"declined": 1.0}))
    assert [(m.text, m.found_by) for m in event.evidence] == [
        ("Toradol 60 mg IM given R deltoid.", "encoder")
    ]


@pytest.mark.parametrize(
    ("note", "odds", "status"),
    [
        ("PLAN: Toradol 60 mg IM.", 0.85, "ordered"),
        ("PLAN: Toradol 60 mg IM.", 0.95, "administered"),
        ("PLAN: Ancef 1 g IV.", 0.55, "administered"),
        ("PLAN: Rocephin 1 g.", 0.85, "ordered"),
    ],
)
def test_what_may_become_a_claim_asks_for_more_certainty(note: str, odds: float, status: str) -> None:
    [event] = looked(note, Fake({"administered": odds, "ordered": 1 - odds}))
    assert event.status == status


@pytest.mark.parametrize(("odds", "doubt"), [(0.35, "unclear"), (0.45, None)])
def test_a_claim_that_the_encoder_rather_disbelieves_is_asked_about(odds: float, doubt: str | None) -> None:
    [event] = looked(NOTE, Fake({"administered": odds, "ordered": 1 - odds}))
    assert (event.status, event.doubt) == ("administered", doubt)


def test_no_question_is_asked_about_what_can_be_no_claim() -> None:
    [event] = looked("Ancef 1 g IV given.", Fake({"administered": 0.35, "ordered": 0.65}))
    assert event.doubt is None


def test_a_doubt_is_not_settled_by_odds() -> None:
    note = "HPI: declined Toradol. MAR: Toradol 60 mg IM L deltoid 1405 RN Lee."
    from deltoid.pipeline.nlp import extract, load

    events, _ = extract(load(spans=False), note)
    assert any(event.doubt for event in events)
    seen = second_look(read_note(note), events, Fake({"historical": 1.0}), SURE)
    assert [e.status for e in seen if e.doubt] == [e.status for e in events if e.doubt]


def test_no_event_at_all_is_dropped_only_when_sure() -> None:
    assert looked(NOTE, Fake({"none": 0.96, "administered": 0.04})) == ()
    assert len(looked(NOTE, Fake({"none": 0.94, "administered": 0.06}))) == 1


def test_a_place_is_added_or_taken_away_by_its_threshold_and_never_replaced() -> None:
    given = {"administered": 1.0}
    bare = "Toradol 60 mg IM given. Pain in the left hip."
    [added] = looked(bare, Fake(given, {"site": words(bare, "left hip", 0.7)}))
    assert added.site is not None
    assert (added.site.mention.text, added.site.laterality) == ("left hip", "left")
    [kept] = looked(NOTE, Fake(given, {"site": words(NOTE, "left hip", 0.99)}))
    assert kept.site is not None
    assert kept.site.mention.text == "R deltoid"
    [sided] = looked(bare, Fake(given, {"site": words(bare, "hip", 0.7)}))
    assert sided.site == added.site
    [gone] = looked(NOTE, Fake(given, {"site": Words(None, 0.99)}))
    assert gone.site is None


def test_a_reason_of_the_encoder_comes_first_and_the_others_stay() -> None:
    told = {"why": words(NOTE, "60 mg", 0.9)}
    [event] = looked(NOTE, Fake({"administered": 1.0}, told))
    assert [reason.mention.text for reason in event.necessity][:1] == ["60 mg"]
    assert "Migraine" in [reason.mention.text for reason in event.necessity]


def test_a_giver_and_a_time_are_taken_over_where_the_rules_have_none() -> None:
    note = "Toradol 60 mg IM given in triage at arrival, Nurse on duty did it."
    told = {"giver": words(note, "Nurse on duty", 0.9), "time": words(note, "at arrival", 0.9)}
    [event] = looked(note, Fake({"administered": 1.0}, told))
    assert event.given_by is not None
    assert event.time is not None
    assert (event.given_by.mention.found_by, event.time.text) == ("encoder", "at arrival")


def test_an_event_without_a_substance_is_left_alone() -> None:
    note = "Pt was given a shot in the left hip."
    seen = looked(note, Fake({"none": 1.0}))
    assert [event.drug for event in seen] == [None]


def test_a_place_that_told_the_way_in_is_not_taken_away() -> None:
    note = "Kenalog 40 mg was injected into the right knee joint."
    [event] = looked(note, Fake({"administered": 1.0}, {"site": Words(None, 1.0)}))
    assert event.route is not None
    assert (event.route.code, event.site is None) == ("INTRA_ARTICULAR", False)


def test_an_unsure_encoder_takes_no_response_away() -> None:
    note = "Toradol 60 mg IM given. Patient tolerated well."
    unsure = {"response": words(note, "Patient", 0.1)}
    [event] = looked(note, Fake({"administered": 1.0}, unsure))
    assert event.response is not None
    assert event.response.text == "Patient tolerated well"


def test_events_that_nobody_asked_about_stay() -> None:
    from deltoid.models.extraction.second_look import combined

    reading = read_note(NOTE)
    assert combined(reading, by_rules(reading), [], SURE) == by_rules(reading)
