"""The bag of words learns words and cannot see what they hang on."""

from __future__ import annotations

from deltoid.annotations.marked import MarkedText
from deltoid.models.bag_of_words import by_writer, families, held_out, table


def note(writer: str, number: int, text: str, outcome: str, family: str = "-") -> MarkedText:
    facts = {"id": f"{writer}-{number:03}", "outcome": outcome, "family": family}
    return MarkedText(text, facts=facts)


def notes(writer: str, family: bool = False) -> list[MarkedText]:
    told = [
        ("Toradol given, refill refused", "supported"),
        ("refill given, Toradol refused", "not_supported"),
    ]
    plain = [("nurse gave the shot", "supported"), ("no shot, pills only", "not_supported")]
    return [
        note(writer, 10 * n + k, text, outcome, f"f{n:02}" if family else "-")
        for n in range(4)
        for k, (text, outcome) in enumerate(told if family else plain)
    ]


def test_words_that_tell_are_learned() -> None:
    found = held_out(notes("w01"), notes("w02"))
    assert (found.auroc, found.accuracy, found.commoner, found.notes) == (1.0, 1.0, 0.5, 8)


def test_a_family_with_the_same_words_is_a_coin_toss_to_single_words() -> None:
    told = list(by_writer([*notes("w01", True), *notes("w02", True)]))
    assert len(told) == 16
    _, pairs = families(told)
    assert pairs == 8
    assert families([(one, 0.5) for one, _ in told])[0] == 0.5


def test_no_writer_is_scored_by_a_model_that_saw_it() -> None:
    # w02 says the opposite of w01 with the same words: a model that saw w02 would be right about half of it
    swapped = [
        note("w02", n, one.text, "supported" if n % 2 else "not_supported")
        for n, one in enumerate(notes("w01"))
    ]
    told = list(by_writer([*notes("w01"), *swapped]))
    right = [(score > 0.5) == (one.facts["outcome"] == "supported") for one, score in told]
    assert not any(right)


def test_the_table_says_how_many() -> None:
    assert "| test split | 8 | 1.000 |" in table(held_out(notes("w01"), notes("w02")), {"all": (0.5, 3)})
