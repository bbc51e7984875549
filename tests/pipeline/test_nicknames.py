"""Vaccines by the name of their disease: only in the company of vaccines, and never the disease itself."""

from __future__ import annotations

import pytest

from deltoid.pipeline.reading import read_note


def drugs(text: str) -> list[str]:
    return [
        mention.text for mention in read_note(text).words.get("drug", ()) if mention.found_by == "phrases.csv"
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Vaccines: flu 10/14/25, shingles due", ["flu", "shingles"]),
        ("Prevnar 20 in 10/2022, Shingrix 05/2021, flu 10/04/2024", ["flu"]),
        ("Immunizations\nTdap 2019 | Pneumo declined", ["Pneumo"]),
        ("Covid boosters, zoster: had both, MMR second 9/2018", ["zoster"]),
    ],
)
def test_in_company_the_vaccine_is_meant(text: str, names: list[str]) -> None:
    assert drugs(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Flu A/B negative, COVID PCR negative, Tdap given",
        "He had flu in March. Tdap 2019",
        "Influenza (Flublok) 0.5 mL IM, Tdap 0.5 mL IM",
        "Flu season. Return as needed.",
        "Shingles on the left flank for two days",
        "Vaccine clinic; history of hepatitis B infection",
        "Tdap given; hepatitis B surface antigen negative",
    ],
)
def test_an_illness_a_test_or_a_bare_word_is_no_vaccine(text: str) -> None:
    assert drugs(text) == []
