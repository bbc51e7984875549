from __future__ import annotations

import pytest

from deltoid.pipeline.statements import compiled, find


def told(text: str) -> set[tuple[str, str]]:
    return {(mention.label, mention.norm) for mention in find(text)}


@pytest.mark.parametrize(
    ("text", "label", "norm"),
    [
        ("No MD/NP on premises this afternoon.", "supervision", "absent"),
        ("no provider at this location today", "supervision", "absent"),
        ("Dr. Fox not in office today", "supervision", "absent"),
        ("NP on vacation", "supervision", "absent"),
        ("Dr. Moss on the phone only", "supervision", "audio_only"),
        ("Dr. Melo immediately available by real-time audio/video", "supervision", "virtual"),
        ("standing order from Dr. Ames expired 4/30/26", "order", "expired"),
        ("the order in the chart ran out 12/31", "order", "expired"),
        ("the standing order for her B12 had not been renewed", "order", "expired"),
        ("Order, nobody renewed it", "order", "expired"),
        ("Neither CNM nor MD in bldg", "supervision", "absent"),
        ("Pt did it herself", "observed_self", "yes"),
        ("she did her own", "observed_self", "yes"),
        ("Order in chart for Vivitrol unsigned", "order", "absent"),
        ("Unclear from note if pt or MA did the injection", "giver", "unknown"),
        ("initials on the line cannot be identified", "giver", "unknown"),
        ("Counseled by me", "counselling", "today"),
        ("needle came out", "partial", "stopped"),
        ("under US", "guidance", "ultrasound"),
        ("from vial found to be EXPIRED", "error", "expired"),
        ("no MAR entry that it was given", "given", "unclear"),
        ("CKD4 anemia, not ESRD", "esrd", "no"),
        ("prior auth is still pending", "prior_auth", "pending"),
        ("No pre-authorisation on file", "prior_auth", "absent"),
        ("pt changed her mind", "not_given", "yes"),
        ("Wife (an LPN) gave", "family_gave", "yes"),
    ],
)
def test_facts_are_found_in_other_wordings(text: str, label: str, norm: str) -> None:
    assert (label, norm) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "No provider seen. RN in clinic",
        "MD not in the room but in the suite",
        "vial not expired, exp 3/27",
        "no evidence of infection at injection site",
        "Order signed. Lot expired was not used elsewhere",
    ],
)
def test_what_only_looks_alike_is_no_statement(text: str) -> None:
    assert not {("supervision", "absent"), ("order", "expired"), ("given", "unclear")} & told(text)


def test_spans_are_of_the_raw_text() -> None:
    text = "RN:  No   MD/NP\non premises."
    assert [text[m.start : m.end] for m in find(text)] == [m.text for m in find(text)]
    assert next(find(text)).text == "No   MD/NP\non premises"


def test_room_takes_no_denial_and_no_new_sentence() -> None:
    pattern = compiled("order ~2 expired", {})
    assert pattern.search("order of may expired")
    assert not pattern.search("order not expired")
    assert not pattern.search("order signed. vial expired")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Order stands, will not be renewed after June", "order"),
        ("I only observed for 15 min after the shot", "observed_self"),
        ("She did it at home before", "observed_self"),
    ],
)
def test_what_only_sounds_like_a_fact_is_none(text: str, label: str) -> None:
    assert label not in {found for found, _ in told(text)}
