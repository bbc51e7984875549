"""Numbers without a unit: which are doses, and which count days, cycles and shots."""

from __future__ import annotations

import pytest

from deltoid.pipeline.events import events_of
from deltoid.pipeline.reading import read_note


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("She was given 4 of morphine IV for pain.", "4"),
        ("He got 80 of Lasix IV.", "80"),
        ("Home meds: Lantus 40 at bedtime.", "40"),
        ("LASIX 80 IVP, MS 2 MG IV FOR DYSPNEA.", "80"),
        ("Lanoxin .25 IV given.", ".25"),
        ("Today is day 3 of Rocephin IV.", None),
        ("Completed cycle 2 of carboplatin IV.", None),
        ("Received dose 2 of Shingrix IM today.", None),
        ("Rocephin IV, 2 of 5 doses given.", None),
    ],
)
def test_a_bare_number_is_a_dose_only_where_it_stands_as_one(text: str, dose: str | None) -> None:
    event = events_of(read_note(text))[0]
    assert (event.dose and event.dose.mention.text) == dose
