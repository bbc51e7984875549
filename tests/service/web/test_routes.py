"""The routes: pages that work without JavaScript, fragments for htmx, and nothing dangerous in either."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from deltoid.pipeline.types import Context, EncounterFacts, Mention, Note, Person, Review
from deltoid.service.problems import ItemError

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><svg onload=alert(1)>",
    "' hx-get='/x' hx-trigger='load",
    "{{7*7}}{% raw %}",
    "</title><script>alert(1)</script>",
)


def test_the_first_page_has_the_form_and_the_samples(caller: Any) -> None:
    html = caller.get("/").text
    assert '<form class="encounter" action="/review" method="post"' in html
    assert 'href="/samples/hand"' in html


def test_the_samples_are_grouped_by_what_they_come_to(caller: Any) -> None:
    samples = caller.get("/").text.partition('id="samples"')[2]
    assert "Supported" in samples.partition("<ul>")[0]
    assert "ketorolac, promethazine, Tdap vaccine" in samples


def test_a_sample_is_reviewed_once_for_the_picker(caller_of: Callable[..., Any], hand_review: Review) -> None:
    reviewed: list[str] = []

    def count(note: Note) -> Review:
        reviewed.append(note.id)
        return hand_review

    caller = caller_of(count, (Note("one", "B12"), Note("two", "B12")))
    for _ in range(3):
        caller.get("/")
    assert reviewed == ["one", "two"]


def test_a_posted_note_comes_back_as_a_whole_page(caller: Any) -> None:
    answer = caller.post("/review", data={"note": "B12 IM"})
    assert answer.status_code == 200
    assert answer.text.startswith("<!doctype html>")
    assert "Supported" in answer.text


def test_for_htmx_it_comes_back_as_the_main_part_only(caller: Any) -> None:
    html = caller.post("/review", data={"note": "B12 IM"}, headers={"HX-Request": "true"}).text
    assert "<title>" in html
    assert "<html" not in html
    assert 'class="panes"' in html


def test_what_is_wrong_is_said_beside_its_field_and_the_note_stays_in_the_form(caller: Any) -> None:
    answer = caller.post("/review", data={"note": "canary words", "date_of_service": "2026-13-01"})
    assert answer.status_code == 422
    assert 'id="wrong-date_of_service"' in answer.text
    assert answer.text.count("canary words") == 1


def test_what_the_engine_refuses_is_told_in_its_words(caller_of: Callable[..., Any]) -> None:
    def refuse(note: Note) -> Review:
        raise ItemError("unknown_payer", "context.payer: must be one of a, b")

    answer = caller_of(refuse).post("/review", data={"note": "canary words"})
    assert answer.status_code == 422
    assert "must be one of a, b" in answer.text


def test_a_note_over_the_limit_is_refused_in_words(
    caller_of: Callable[..., Any], hand_review: Review
) -> None:
    caller = caller_of(lambda _: hand_review, note_limit=20)
    answer = caller.post("/review", data={"note": "x" * 21})
    assert "21 characters" in answer.text
    assert caller.post("/review", data={"note": "x" * 20}).status_code == 200


def test_a_body_past_all_reason_is_not_read(caller: Any) -> None:
    assert caller.post("/review", content=b"note=" + b"x" * 16_000_001).status_code == 413


def test_a_sample_is_reviewed_and_its_neighbour_offered(caller: Any) -> None:
    html = caller.get("/samples/hand").text
    assert 'href="/samples/other" rel="next"' in html
    assert 'rel="prev"' not in html


@pytest.mark.parametrize(
    "path", ["/samples/none", "/samples/%3Cscript%3E", "/static/none.js", "/static/words.toml"]
)
def test_what_is_not_there_is_a_page_that_says_so(caller: Any, path: str) -> None:
    answer = caller.get(path)
    assert answer.status_code == 404
    assert "No such" in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize("name", ["htmx.min.js", "page.js", "base.css", "icon.svg"])
def test_its_own_files_are_served_and_kept_by_their_tag(caller: Any, name: str) -> None:
    first = caller.get(f"/static/{name}")
    assert first.status_code == 200
    assert caller.get(f"/static/{name}", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_no_page_holds_a_script_or_a_style_of_its_own(caller: Any) -> None:
    for answer in (caller.get("/"), caller.get("/samples/hand"), caller.post("/review", data={"note": ""})):
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", answer.text)


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_words_are_shown_as_words_wherever_they_stand(
    attack: str, caller_of: Callable[..., Any], hand_review: Review
) -> None:
    hostile = hostile_review(attack, hand_review)
    caller = caller_of(lambda _: hostile, (hostile.note, Note(attack + "-2", attack)), payers=(attack,))
    pages = [
        caller.get("/"),
        caller.post("/review", data={"note": attack}),
        caller.post("/review", data={"note": attack, "pos": attack, "payer": attack, "claim": attack}),
        caller.get("/samples/hand"),
    ]
    for answer in pages:
        assert attack not in answer.text or not set("<'") & set(attack)
        assert "49" not in answer.text.partition('class="note-text"')[2].partition("</div>")[0]


def hostile_review(words: str, review: Review) -> Review:
    mention = Mention("drug", 0, len(words), words)
    first = replace(review.events[0], lot=mention, given_by=Person(mention, words))
    finding = replace(
        review.decision.findings[0], message=words, query=words, source=words, evidence=(mention,)
    )
    decision = replace(review.decision, findings=(finding,), missing=(words,))
    context = Context(payer=words, pos=words, em_code=words, claim=words)
    facts = EncounterFacts()
    return Review(
        Note("hand", words * 30, context), (first,), facts, decision, ("coder", words), {"x": words}
    )
