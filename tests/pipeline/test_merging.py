from __future__ import annotations

import pytest

from deltoid.pipeline.events import drafts_of
from deltoid.pipeline.merging import merge
from deltoid.pipeline.reading import read_note


@pytest.mark.parametrize(
    ("text", "events", "why"),
    [
        (
            "Toradol 60 mg IM ordered. Toradol 60 mg IM given L deltoid.",
            [("ketorolac", "administered")],
            "an order that was carried out is one story",
        ),
        (
            "Toradol 60 mg IM given 10:00. Toradol 30 mg IM given 14:00.",
            [("ketorolac", "administered")] * 2,
            "two amounts at two times are two events",
        ),
        (
            "Toradol 60 mg IM given. Another Toradol 60 mg IM given.",
            [("ketorolac", "administered")] * 2,
            "another is another",
        ),
        (
            "Offered Toradol IM. Patient declined Toradol.",
            [("ketorolac", "declined")],
            "an offer that was refused",
        ),
        (
            "Toradol 60 mg IM given. Zofran 4 mg IM given.",
            [("ketorolac", "administered"), ("ondansetron", "administered")],
            "two drugs",
        ),
    ],
)
def test_one_story_is_one_event(text: str, events: list[tuple[str, str]], why: str) -> None:
    reading = read_note(text)
    assert [(e.name, e.status) for e in merge(reading, drafts_of(reading))] == events, why


def test_a_class_word_joins_the_drug_that_it_stands_for() -> None:
    reading = read_note("Steroid injection of the knee. Kenalog 40 mg was injected.")
    (event,) = merge(reading, drafts_of(reading))
    assert event.mention is not None
    assert (event.mention.text, [m.text for m in event.also][-1:]) == ("Kenalog", ["Steroid"])


def test_two_brands_of_insulin_are_two_drugs() -> None:
    reading = read_note("Lantus 20 units SC given. Humalog 6 units SC given.")
    assert len(merge(reading, drafts_of(reading))) == 2


def test_the_joined_event_has_what_either_telling_has() -> None:
    reading = read_note("Toradol 60 mg ordered. Toradol given IM L deltoid.")
    (event,) = merge(reading, drafts_of(reading))
    assert event.dose is not None
    assert event.site is not None
    assert (event.dose.mention.text, event.site.mention.text) == ("60 mg", "L deltoid")
