"""What a person can type wrongly is told in words, and never with the words of the note."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest

from deltoid.service.web.forms import Form, form_of, note_of, read_form

PAYERS = ("commercial", "medicare")


def read(**typed: str) -> Form:
    return read_form(urlencode({"note": "B12 IM given"} | typed).encode(), PAYERS, 100)


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"note": " \n "}, "note", "empty"),
        ({"note": "x" * 101}, "note", "101 characters"),
        ({"note": "a\0b"}, "note", "NUL"),
        ({"payer": "acme"}, "payer", "Commercial, Medicare"),
        ({"date_of_service": "2026-02-30"}, "date_of_service", "2026-03-02"),
        ({"date_of_service": "soon"}, "date_of_service", "year-month-day"),
        ({"pos": "eleven"}, "pos", "two digits"),
        ({"em_code": "992"}, "em_code", "five characters"),
        ({"claim": "both"}, "claim", "in the list"),
    ],
)
def test_a_bad_field_is_told_in_words(typed: dict[str, str], field: str, says: str) -> None:
    form = read(**typed)
    assert list(form.errors) == [field]
    assert says in form.errors[field]


def test_no_error_repeats_what_was_typed() -> None:
    form = read(
        note="canary" * 50,
        payer="canary",
        date_of_service="canary",
        pos="canary",
        em_code="canary",
        claim="canary",
    )
    assert len(form.errors) == 6
    assert "canary" not in " ".join(form.errors.values()).lower()


@pytest.mark.parametrize("body", [b"note=%ff%fe", b"note=\xff"])
def test_bytes_that_are_not_utf8_are_refused(body: bytes) -> None:
    assert "UTF-8" in read_form(body, PAYERS, 100).errors["note"]


def test_a_body_with_too_many_fields_is_refused() -> None:
    assert read_form(b"&".join(b"a%d=1" % n for n in range(50)), PAYERS, 100).errors


def test_the_line_ends_of_a_form_are_those_of_the_text_area() -> None:
    assert read(note="a\r\nb").note == "a\nb"


def test_what_was_left_empty_is_not_known_and_the_defaults_say_so() -> None:
    context = note_of(read()).context
    assert (context.payer, context.date_of_service, context.pos, context.em_code) == (
        "commercial",
        None,
        None,
        None,
    )
    assert context.origin == {"payer": "default", "claim": "default"}


def test_what_was_typed_is_given() -> None:
    form = read(payer="medicare", date_of_service="2026-03-02", pos="11", em_code="99213", claim="facility")
    context = note_of(form).context
    assert (context.payer, context.date_of_service, context.claim) == (
        "medicare",
        date(2026, 3, 2),
        "facility",
    )
    assert context.origin == {"payer": "given", "claim": "given", "date_of_service": "given"}


def test_a_note_makes_the_form_that_would_give_it() -> None:
    form = read(payer="medicare", date_of_service="2026-03-02", pos="11", em_code="99213", claim="facility")
    assert form_of(note_of(form)) == form
