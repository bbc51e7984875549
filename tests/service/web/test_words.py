"""The page has words for every value of the contract, and the values stay those of the types."""

from __future__ import annotations

from typing import get_args

import pytest

from deltoid.pipeline import types
from deltoid.pipeline.explain.codes import code_words
from deltoid.service.web.words import elements, label, slots, words


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("outcome", types.Outcome),
        ("disposition", types.Disposition),
        ("line", types.LineStatus),
        ("status", types.Status),
        ("doubt", types.Doubt),
        ("route", types.RouteCode),
        ("device", types.Device),
        ("target", types.Target),
        ("purpose", types.Purpose),
    ],
)
def test_every_value_of_the_contract_has_words_and_no_word_is_left_over(kind: str, values: object) -> None:
    assert set(words(kind)) == set(get_args(values))


def test_every_severity_has_words() -> None:
    assert set(words("severity")) == {*get_args(types.Severity), "hard"}


def test_every_slot_and_every_element_is_a_field_of_an_event() -> None:
    fields = set(types.Injection.__dataclass_fields__)
    assert {slot.name for slot in slots()} <= fields
    assert {element.slot for element in elements() if element.slot} <= fields


def test_a_value_without_words_stands_for_itself() -> None:
    assert label("status", "new_word").title == "new_word"


def test_our_words_for_a_code_are_short() -> None:
    assert 0 < len(code_words("96372")) < 60
