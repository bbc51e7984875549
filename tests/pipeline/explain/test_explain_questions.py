"""Questions as coders ask them find the rule.

`questions.csv` was written before the search and served in making it, `more_questions.csv` a little; the last
was written after it.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from deltoid.pipeline.explain.asking import weighed
from deltoid.pipeline.explain.entries import entries
from deltoid.pipeline.explain.search import Index
from deltoid.pipeline.explain.tokens import stem, tokens
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.policybook import PolicyBook

HERE = Path(__file__).parent
DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.of(entries(PolicyBook(), DAY))


def questions(name: str) -> list[tuple[str, set[str]]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return [(row["question"], set(row["expected"].split())) for row in csv.DictReader(file)]


def found(index: Index, question: str, most: int) -> list[str]:
    return [each.entry.id for each in index.ask(weighed(question, Formulary.shipped()), most)]


@pytest.mark.parametrize(
    ("name", "least", "first", "top"),
    [
        ("questions.csv", 60, 0.90, 0.97),
        ("more_questions.csv", 40, 0.70, 0.85),
        ("last_questions.csv", 25, 0.64, 0.84),
    ],
)
def test_questions_find_their_rules(index: Index, name: str, least: int, first: float, top: float) -> None:
    asked = questions(name)
    answers = [(question, expected, found(index, question, 3)) for question, expected in asked]
    missed = [
        (question, sorted(expected), got) for question, expected, got in answers if not expected & set(got)
    ]
    at_once = sum(bool(expected & set(got[:1])) for _, expected, got in answers) / len(asked)
    assert len(asked) >= least
    assert at_once >= first, f"{at_once:.2f} at once"
    assert 1 - len(missed) / len(asked) >= top, missed


def test_every_expected_answer_is_one_that_there_is(index: Index) -> None:
    known = {entry.id for entry in index.entries}
    for file in HERE.glob("*questions.csv"):
        assert {name for _, expected in questions(file.name) for name in expected} <= known


def test_a_question_of_unknown_words_has_no_answer(index: Index) -> None:
    assert found(index, "how do I cook rice", 5) == []
    assert found(index, "", 5) == []
    assert found(index, "is it", 5) == []


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("flu shot", "influenza vaccine"),
        ("E/M same day", "visit same day"),
        ("tb skin test", "tuberculin skin test"),
        ("multidose vial", "multi-dose vial"),
    ],
)
def test_other_words_for_the_same_lead_to_the_same(index: Index, asked: str, same: str) -> None:
    assert found(index, asked, 1)[0] in found(index, same, 3)


def test_a_brand_asks_for_its_kind_and_two_drugs_for_different_drugs() -> None:
    brand = weighed("Shingrix", Formulary.shipped())
    assert brand["vaccin"] < 1
    assert "different" not in brand
    assert stem("different") in weighed("Rocephin and Decadron", Formulary.shipped())


def test_codes_and_modifiers_are_words_of_their_own() -> None:
    assert tokens("99213-25 with 96372") == ["99213", "25", "96372"]


def test_who_answers_best_comes_first(index: Index) -> None:
    scores = [each.score for each in index.ask(weighed("modifier 25 on the visit", Formulary.shipped()), 5)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 5
