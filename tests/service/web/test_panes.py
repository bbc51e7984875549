"""Each pane tells what the review holds: marks, cards, claim, checklist, reasons."""

from __future__ import annotations

from dataclasses import replace

from deltoid.pipeline.types import ClaimLine, Injection, Review, Route
from deltoid.service.web.cards import Card, cards_of
from deltoid.service.web.checklist import checklist_of
from deltoid.service.web.claim import pane_of
from deltoid.service.web.marks import marks_of
from deltoid.service.web.reasons import reasons_of
from deltoid.service.web.screen import screen_of


def cards(review: Review) -> tuple[Card, ...]:
    return cards_of(review, marks_of(review))


def quotes(card: Card) -> dict[str, list[str]]:
    return {row.title: [value.chip.quote for value in row.values if value.chip] for row in card.rows}


def test_every_span_is_the_words_it_names(hand_review: Review) -> None:
    text = hand_review.note.text
    marked = {s.id: text[s.start : s.end] for s in marks_of(hand_review).spans}
    assert marked["e1-drug"] == "Toradol"
    assert marked["e2-dose"] == "25 mg"
    assert marked["e3-status"] == "declined"


def test_words_that_serve_two_events_are_one_span_with_both_numbers(hand_review: Review) -> None:
    shared = next(s for s in marks_of(hand_review).spans if s.id == "e1-route")
    assert (shared.tag, shared.events) == ("1+2 route", ("e1", "e2"))


def test_ids_are_never_given_twice(hand_review: Review) -> None:
    ids = [s.id for s in marks_of(hand_review).spans]
    assert len(ids) == len(set(ids))


def test_evidence_that_an_event_has_marked_leads_to_that_mark(hand_review: Review) -> None:
    first, second, *_ = reasons_of(hand_review, marks_of(hand_review))
    assert first.chips[0].href == "#e1-drug"
    assert second.chips[0].href.startswith("#why-")


def test_a_card_gives_each_field_with_its_words(hand_review: Review) -> None:
    told = quotes(cards(hand_review)[0])
    assert told["Drug"] == ["Toradol"]
    assert told["Reason"] == ["Migraine"]
    assert told["Order"] == []


def test_a_card_of_what_was_not_given_is_silent_where_the_note_is(hand_review: Review) -> None:
    assert list(quotes(cards(hand_review)[2])) == ["Drug", "Status words"]


def test_a_meaning_that_only_repeats_the_words_is_left_out(hand_review: Review) -> None:
    rows = {row.title: row.values[0].meaning for row in cards(hand_review)[0].rows if row.values}
    assert (rows["Drug"], rows["Dose"], rows["Site"]) == ("ketorolac", "", "right")


def test_a_route_that_is_only_implied_has_no_chip(hand_review: Review) -> None:
    event = Injection("e1", "administered", route=Route("INTRA_ARTICULAR"))
    card = cards(replace(hand_review, events=(event,)))[0]
    route = next(row for row in card.rows if row.title == "Route")
    assert (route.values[0].meaning, route.values[0].chip) == ("into a joint", None)
    assert card.title == "Unnamed substance"


def test_needles_targets_and_shared_syringes_are_told(hand_review: Review) -> None:
    assert cards(hand_review)[1].how == "needle, muscle, 1 needle entry, same syringe as 1"


def test_the_four_answers_stay_apart(hand_review: Review) -> None:
    answers = {answer.title: answer.label.title for answer in cards(hand_review)[0].answers}
    assert answers == {
        "Coding": "Supported",
        "Biller": "Supported",
        "Coverage": "Supported",
        "Record": "Supported, with gaps",
    }


def test_lines_to_send_and_lines_to_hold_are_apart(hand_review: Review) -> None:
    pane = pane_of(hand_review)
    assert [line.text for line in pane.send] == ["96372 x1", "J1885 x4"]
    assert [line.text for line in pane.held] == ["96372-59 x1"]
    assert pane.text == "96372 x1\nJ1885 x4\n99213-25 x1"


def test_a_draft_line_stands_beside_what_it_should_be(hand_review: Review) -> None:
    first, added = pane_of(hand_review).checks or ()
    assert (first.draft, first.expected, first.label.title) == ("96372 x2", "96372 x1", "Other units")
    assert (added.line, added.draft, added.expected) == (0, "", "J1885 x4")


def test_without_a_draft_there_is_no_check(hand_review: Review) -> None:
    assert pane_of(replace(hand_review, decision=replace(hand_review.decision, claim=None))).checks is None


def test_the_checklist_has_a_state_for_every_element(hand_review: Review) -> None:
    states = {item.name: item.state for item in checklist_of(hand_review, marks_of(hand_review))}
    assert states["order"] == "missing"
    assert states["dose"] == "found"
    assert states["time"] == "partly"
    assert states["lot"] == "unneeded"
    assert states["date"] == "found"
    assert states["unheard_of"] == "missing"


def test_a_missing_element_has_its_question(hand_review: Review) -> None:
    items = {item.name: item for item in checklist_of(hand_review, marks_of(hand_review))}
    assert items["order"].questions == ("Who ordered the ketorolac?",)


def test_a_hard_query_says_that_the_line_waits(hand_review: Review) -> None:
    told = [(reason.rule, reason.label.title) for reason in reasons_of(hand_review, marks_of(hand_review))]
    assert told == [("G-11", "Ask"), ("G-26", "Ask first"), ("G-02", "Stop"), ("M-25", "Advice")]


def test_the_head_says_which_facts_were_assumed(hand_review: Review) -> None:
    facts = {fact.title: (fact.value, fact.remark) for fact in screen_of(hand_review).facts}
    assert facts["Payer"] == ("Commercial", "assumed")
    assert facts["Date of service"] == ("2026-03-02", "from the note")
    assert facts["Place of service"] == ("not known", "")


def test_a_held_line_without_an_amount_has_no_units_yet(hand_review: Review) -> None:
    decision = replace(hand_review.decision, held=(ClaimLine("J0171", 0, (), ("e1",)),))
    assert pane_of(replace(hand_review, decision=decision)).held[0].text == "J0171 x?"


def test_digests_are_shown_by_their_first_twelve_characters(hand_review: Review) -> None:
    made_with = {"tables": "sha256:" + "0123456789abcdef" * 4, "models": {"extraction": None}}
    assert screen_of(replace(hand_review, made_with=made_with)).versions == (
        ("tables", "sha256:0123456789ab…"),
    )
