from __future__ import annotations

import pytest

from deltoid.pipeline.reading import read_note
from deltoid.pipeline.status import decide


@pytest.mark.parametrize(
    ("text", "statuses", "why"),
    [
        ("Toradol 60 mg IM was given.", ["administered"], "a verb of giving"),
        ("Patient declined Toradol.", ["declined"], "a refusal"),
        ("Toradol declined; will give Rocephin.", ["declined", "ordered"], "a semicolon parts the two"),
        ("If pain returns, Toradol 60 mg IM.", ["hypothetical"], "if rules what follows"),
        ("Declined tablets but was given Toradol IM.", ["administered"], "a nearer verb takes over"),
        ("HPI: had Toradol IM in 2019.", ["historical"], "a year behind it makes it past"),
        ("Toradol and Zofran were given.", ["administered", "administered"], "were holds for both"),
        ("Toradol IM, ordered Dr. Lee.", ["administered"], "the order names who ordered what was given"),
        ("Toradol 60 mg IM", ["administered"], "a bare record was given"),
    ],
)
def test_what_became_of_it(text: str, statuses: list[str], why: str) -> None:
    reading = read_note(text)
    assert [decide(reading, drug).status for drug in reading.words["drug"]] == statuses, why


def test_the_words_that_decided_are_the_evidence() -> None:
    reading = read_note("Patient declined Toradol.")
    verdict = decide(reading, reading.words["drug"][0])
    assert [m.text for m in verdict.evidence] == ["declined"]
    assert verdict.weight > 0


def test_a_possessive_tells_of_what_follows_it_and_of_nothing_before() -> None:
    reading = read_note("Yesterday's Toradol IM; Zofran IM, not at yesterday's site")
    toradol, zofran = reading.words["drug"]
    assert decide(reading, toradol).status == "historical"
    assert decide(reading, zofran).status == "administered"
