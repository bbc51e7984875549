"""What is seen only when the whole note is in view: rows, kits, far places, talk, contradictions, codes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from deltoid.pipeline import nlp
from deltoid.pipeline.types import Injection


@pytest.fixture(scope="module")
def read() -> Iterable[object]:
    language = nlp.load(spans=False)
    return lambda note: nlp.extract(language, note)[0]


def only(events: tuple[Injection, ...], name: str) -> Injection:
    found = [event for event in events if event.drug and event.drug.name == name]
    assert len(found) == 1
    return found[0]


SHEET = (
    "FLOWSHEET Depo-Testosterone IM\n4/1/26 200 mg R glut\n4/15/26 100 mg L glut\n4/29/26 {row}\nDOS {day}"
)


@pytest.mark.parametrize(
    ("row", "day", "status", "dose"),
    [
        ("150 mg R glut", "4/29/26", "administered", "150 mg"),
        ("150 mg R glut", "4/15/26", "administered", "100 mg"),
        ("not given - fever", "4/29/26", "declined", None),
    ],
)
def test_only_the_row_of_the_day_counts(read, row: str, day: str, status: str, dose: str | None) -> None:
    event = only(read(SHEET.format(row=row, day=day)), "testosterone cypionate")
    assert event.status == status
    if dose:
        assert event.dose.mention.text == dose


def test_the_parts_of_a_kit_are_its_needles(read) -> None:
    note = "Cabenuva today. Cabotegravir 600 mg IM R glute, rilpivirine 900 mg IM L glute given by RN Lee."
    event = only(read(note), "cabotegravir/rilpivirine")
    assert (event.sticks, event.route.code, len(event.sites)) == (2, "IM", 1)


def test_a_line_far_below_tells_the_way_of_the_only_drug(read) -> None:
    note = "Prolia 60 mg q6mo\nNo jaw pain.\nCa 9.6.\nOrder signed.\nGiven: PFS SC R upper arm 10:22, RN Lee"
    event = only(read(note), "denosumab")
    assert (event.status, event.route.code, event.site.mention.text) == ("administered", "SC", "R upper arm")


def test_nothing_is_guessed_where_two_drugs_wait(read) -> None:
    events = read("Rocephin 1 g. Toradol 60 mg. Seen, stable. Labs fine. Given IM R deltoid and L deltoid.")
    assert sum(event.route is not None for event in events) <= 1


@pytest.mark.parametrize(
    ("note", "name", "status"),
    [
        ("Xolair 150 mg SC R arm given by RN Lee. Epi at hand.", "epinephrine", "hypothetical"),
        ("Depo-Provera 150 mg IM: HOLD - UPT positive. RN Lake", "medroxyprogesterone acetate", "declined"),
        ("Wife gave B12 1000 mcg IM R deltoid Sunday.", "cyanocobalamin", "self_administered"),
        ("Xgeva? - dental work first. Faslodex 500 mg IM R VG given.", "denosumab", "hypothetical"),
    ],
)
def test_talk_is_no_injection(read, note: str, name: str, status: str) -> None:
    assert only(read(note), name).status == status


@pytest.mark.parametrize(
    "note",
    [
        "HPI: declined B12. MAR 1420: B12 1000 mcg IM L deltoid RN Upham.",
        'Nurse: Toradol 30 mg IM L glute. Provider: "Toradol 30 mg IV push." Migraine.',
        'MAR: Toradol 60 mg IM R glute. Note: "gave Toradol 30 mg IM R glute".',
    ],
)
def test_a_note_that_contradicts_itself_is_in_doubt(read, note: str) -> None:
    assert "conflict" in {event.doubt for event in read(note)}


@pytest.mark.parametrize(
    "note",
    [
        "At first declined B12, then agreed. B12 1000 mcg IM L deltoid given by RN Upham.",
        "Toradol 30 mg IM R glute 0900 given. Second dose Toradol 60 mg IM R glute 1500 given.",
    ],
)
def test_a_story_is_no_contradiction(read, note: str) -> None:
    assert {event.doubt for event in read(note)} == {None}


def test_a_code_that_the_note_writes_is_a_reason(read) -> None:
    event = only(read("Depo-Provera 150 mg IM R deltoid by RN Lee. Z30.42"), "medroxyprogesterone acetate")
    assert event.necessity[0].icd10cm == ("Z30.42",)
    beside = only(read("B12 1000 mcg IM R deltoid given for pernicious anemia (D51.0)."), "cyanocobalamin")
    assert beside.necessity[0].icd10cm == ("D51.0",)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("Injection given, no complications.", "no speaks of what follows it"),
        ("Samples not given.", "something else was not given"),
        ("Remaining dose wasted.", "a rest is thrown away, and the dose was given"),
        ("Initially declined but changed her mind.", "a refusal came before"),
        ("Held pressure after IM, hold pressure 30 sec.", "what is held is no drug"),
        ("Mother gave consent.", "consent is no injection"),
    ],
)
def test_words_of_denial_about_something_else_leave_it_given(read, more: str, why: str) -> None:
    event = only(read(f"Toradol 60 mg IM R glute given by RN Lee. {more}"), "ketorolac")
    assert (event.status, event.doubt) == ("administered", None), why


def test_consent_of_the_family_before_the_drug_is_not_their_giving(read) -> None:
    event = only(read("Mother gave consent. Rocephin 500 mg IM R thigh by RN Lee."), "ceftriaxone")
    assert event.status == "administered"


@pytest.mark.parametrize(
    "more", ["Not given - fever.", "Shot was not given.", "Injection given: no", "Pt left. Dose wasted."]
)
def test_a_denial_takes_the_bare_record_back(read, more: str) -> None:
    assert only(read(f"Toradol 60 mg IM R glute. {more}"), "ketorolac").status == "declined"


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("Order: Toradol 60 mg IM R glute 14:00. Dr. Ng", "ordered"),
        ("Order: Toradol 60 mg IM R glute 14:00, RN to give.", "ordered"),
        ("Toradol 60 mg IM R glute ordered for 14:00. Dr. Ng", "ordered"),
        ("Toradol 60 mg IM R glute 14:00 by RN Lee, ordered by Dr. Ng", "administered"),
    ],
)
def test_an_order_with_a_time_is_an_order(read, note: str, status: str) -> None:
    assert only(read(note), "ketorolac").status == status


def told(note: str) -> list[tuple[str, str, str | None]]:
    events, _ = nlp.extract(nlp.load(spans=False), note)
    return [(event.drug.name, event.status, event.doubt) for event in events if event.drug]


def test_what_is_only_listed_and_then_refused_was_not_given() -> None:
    note = "Toradol 60 mg IM left deltoid and Kenalog 40 mg right knee both ordered today. "
    assert told(f"{note}Kenalog given by me at 2:15. Toradol refused.") == [
        ("ketorolac", "declined", None),
        ("triamcinolone acetonide", "administered", None),
    ]


@pytest.mark.parametrize(
    "note",
    [
        "MAR: epinephrine 0.3 mg IM R thigh 2:26 YS RN. Narrative: Epinephrine was not used.",
        "Toradol not given, Medrol dose pack instead. Log: ketorolac 60 mg IM L glute 10:05 T. Wray CMA.",
    ],
)
def test_a_record_with_a_nurse_against_a_refusal_is_a_conflict(note: str) -> None:
    assert "conflict" in [doubt for _, status, doubt in told(note) if status == "administered"]


@pytest.mark.parametrize(
    ("note", "statuses"),
    [
        ("LBP 8/10, no better: Rocephin 1 g IM given R glut 1410 by MA Otis.", ["administered"]),
        ("Last visit 2/11: Toradol 60 mg IM R glut by RN Lee.", ["historical"]),
        ("Refused today: Toradol 60 mg IM R glut, offered by RN Lee.", ["declined"]),
        ("Farrow wants it given here: Uzedy 100 mg SC at the next appointment.", ["ordered"]),
        (
            "Today she got ketorolac 60 mg IM by RN Oduya and refused Decadron 8 mg IM.",
            ["administered", "declined"],
        ),
        ("Last visit, Toradol 60 mg IM R glut by RN Lee.", ["historical"]),
        ("Refused Toradol 60 mg IM R glut, RN Lee told.", ["declined"]),
        ("Toradol IM and Zofran IM were refused.", ["declined", "declined"]),
    ],
)
def test_a_cue_holds_for_the_drugs_that_it_is_said_of(note: str, statuses: list[str]) -> None:
    assert [status for _, status, _ in told(note)] == statuses
