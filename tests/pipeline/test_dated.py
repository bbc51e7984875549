"""Dates in a drug's own clause: what is dated earlier is past, what is dated otherwise is not."""

from __future__ import annotations

from datetime import date

import pytest

from deltoid.pipeline.nlp import extract, load
from deltoid.pipeline.visit_day import visit_day

NLP = load(spans=False)
DAY = date(2026, 3, 2)


def statuses(text: str, day: date | None = DAY) -> list[str]:
    return [event.status for event in extract(NLP, text, day)[0]]


@pytest.mark.parametrize(
    "text",
    [
        "MMR | 11/14/2024 | health department",
        "Tdap: 08/2019. Good until 2029.",
        "MMR on 6/6/95 and 8/19/98.",
        "Hx detox 2022: was given Ativan 2 mg IM at the county unit.",
        "Cabotegravir 600 mg IM q2mo at ID clinic, last 1/9",
        "Chemo with Herceptin every 3 weeks, last infusion in November",
        "Prior: 9/2024 gentamicin 80 mg IM at urology",
    ],
)
def test_a_date_before_the_visit_makes_it_past(text: str) -> None:
    assert statuses(text) == ["historical"]


@pytest.mark.parametrize(
    "text",
    [
        "3/2/2026 Toradol 60 mg IM given R glut by RN Lee",
        "Toradol 60 mg IM given R glut, lot A12, exp 8/2025, by RN Lee",
        "Vit B12 1000 mcg IM given today, level 180 on 1/5/2026",
        "Depo-Provera 150 mg IM given today L deltoid, last 12/9",
        "Rocephin 1 g IM given 3/1/2026 2350 by RN Lee",
        "Prolia 60 mg SC given R arm, order Dr. Ng 1/9/2026",
        "DOB 5/6/1960. Toradol 60 mg IM given R glut",
    ],
)
def test_other_dates_do_not(text: str) -> None:
    assert statuses(text) == ["administered"]


def test_without_a_day_only_months_and_years_count() -> None:
    assert statuses("MMR | 11/14/2024", None) == ["administered"]
    assert statuses("MMR 11/2024, clinic", None) == ["historical"]


def test_the_day_beside_the_note_goes_before_its_own() -> None:
    text = "Seen 3/2/2026. Toradol 60 mg IM given 3/2/2026"
    assert statuses(text, None) == ["administered"]
    assert statuses(text, date(2026, 6, 1)) == ["historical"]
    assert visit_day(text) == DAY


def test_a_stay_is_one_encounter() -> None:
    text = "Discharge day. Admitted to the hospital 2/20/2026; Rocephin 1 g IM given 2/20/2026."
    assert statuses(text) == ["administered"]
    assert statuses(text.replace("Admitted to the hospital", "Clinic")) == ["historical"]
