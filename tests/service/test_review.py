from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from deltoid.models.current import Artifact
from deltoid.pipeline.types import Context, DraftLine, Note
from deltoid.service.engine import Engine
from deltoid.service.review import review
from deltoid.service.schemas.published import json_schema
from deltoid.service.schemas.review import to_review_out

TODAY = date(2026, 11, 21)
GIVEN = Context(date_of_service=date(2026, 3, 2), origin={"date_of_service": "given"})


def printed(note: Note, engine: Engine, today: date = TODAY) -> dict:
    return json.loads(to_review_out(review(note, engine=engine, today=today)).to_json())


@pytest.mark.parametrize(
    ("context", "text", "value", "origin"),
    [
        (GIVEN, "DOS 2026-01-01", "2026-03-02", "given"),
        (Context(), "DOS 2026-01-01", "2026-01-01", "note"),
        (Context(), "no date", "2026-11-21", "clock"),
    ],
)
def test_the_date_comes_from_the_context_else_the_note_else_the_clock(
    engine: Engine, context: Context, text: str, value: str, origin: str
):
    out = printed(Note("n", text, context), engine)
    assert out["context"]["date_of_service"] == {"value": value, "from": origin}
    assert out["made_with"]["policy"].startswith(f"commercial@{value} sha256:")


def test_the_resolved_context_holds_the_defaults_and_all_that_was_given(engine: Engine):
    lines = (DraftLine("96372", ("59",)),)
    context = Context(
        "medicare",
        pos="11",
        new_patient=False,
        claim_lines=lines,
        origin={"payer": "given", "claim": "default"},
    )
    out = printed(Note("n", "x", context), engine)["context"]
    assert list(out) == ["payer", "date_of_service", "claim", "pos", "new_patient", "claim_lines"]
    assert out["payer"] == {"value": "medicare", "from": "given"}
    assert out["claim"] == {"value": "professional", "from": "default"}
    assert out["new_patient"] == {"value": False, "from": "given"}
    assert out["claim_lines"]["value"][0]["units"] == "1"


def test_a_context_that_does_not_say_where_its_values_come_from_is_taken_at_its_word(engine: Engine):
    out = printed(Note("n", "x", Context("medicare")), engine)["context"]
    assert (out["payer"]["from"], out["claim"]["from"]) == ("given", "default")


def test_a_payer_without_policy_is_an_error_that_lists_those_known(engine: Engine, refused):
    error = refused(lambda: review(Note("n", "x", Context("acme")), engine=engine, today=TODAY))
    assert error.code == "unknown_payer"
    assert error.message == "context.payer: must be one of commercial, medicare"


def test_without_a_classifier_a_coder_looks_and_no_probability_is_made_up(engine: Engine):
    out = printed(Note("n", "Toradol 60 mg IM"), engine)
    assert out["decision"]["triage"] == {"to": "coder", "reason": "no classifier is served"}
    assert out["decision"]["probabilities"] is None
    assert (out["events"][0]["probability"], out["events"][0]["confidence"]) == (None, None)
    assert out["made_with"]["models"] == {"extraction": None, "eligibility": None}


def test_a_served_model_is_named_with_its_digest(engine: Engine):
    with_model = replace(
        engine, models={"extraction": Artifact("extraction", "spans-1", "ab"), "eligibility": None}
    )
    assert printed(Note("n", "x"), with_model)["made_with"]["models"]["extraction"] == "spans-1 sha256:ab"


def test_the_keys_stand_in_the_order_of_the_contract(engine: Engine):
    context = Context(em_code="99213", claim_lines=(DraftLine("96372", units=Decimal(2)),))
    out = printed(Note("n", "Toradol 60 mg IM, then Toradol 30 mg; vaccine", context), engine)
    assert list(out) == [
        "schema_version",
        "note_id",
        "note_sha256",
        "context",
        "events",
        "decision",
        "made_with",
    ]
    assert " ".join(out["events"][0]) == (
        "id status doubt by_other_entity drug dose volume strength route device target site sites sticks "
        "mixed_with necessity given_by time lot ndc expiration ordered_by supervised_by response "
        "consent container labelled_amount waste drug_source also confidence purpose answers disposition "
        "code probability"
    )
    assert list(out["events"][0]["drug"]) == ["text", "start", "end", "name", "category"]
    assert list(out["events"][0]["dose"]) == ["text", "start", "end", "value", "unit"]
    decision = out["decision"]
    assert " ".join(decision) == (
        "outcome probabilities lines held em redirects missing findings claim triage"
    )
    assert " ".join(decision["findings"][0]) == (
        "rule severity hard element message query events evidence source effective"
    )
    assert " ".join(decision["claim"][0]) == "line status expected units_delta money_delta rule carc"
    assert decision["findings"][0]["effective"] == ["2005-01-01", None]
    assert (decision["claim"][0]["units_delta"], decision["claim"][0]["money_delta"]) == (-1, "-27.40")
    assert decision["em"] == {"code": "99213", "modifiers": ["25"]}


def test_every_field_of_a_review_is_valid_by_the_published_schema(engine: Engine):
    context = Context(em_code="99213", claim_lines=(DraftLine("96372", units=Decimal(2)),))
    out = printed(Note("n", "Toradol 60 mg IM, then Toradol 30 mg; vaccine", context), engine)
    Draft202012Validator(json_schema("review")).validate(out)


@given(st.text(alphabet=st.sampled_from("a\r\n\t\u00a0\u200b\U0001f489\u202eé "), max_size=30))
def test_offsets_count_code_points_of_the_raw_text_whatever_stands_before(engine: Engine, before: str):
    text = f"{before}Toradol 60 mg IM"
    event = printed(Note("n", text), engine)["events"][0]
    for slot in ("drug", "dose", "route"):
        assert text[event[slot]["start"] : event[slot]["end"]] == event[slot]["text"]


def test_the_same_note_context_and_versions_give_the_same_bytes(engine: Engine):
    notes = [Note("n", "Toradol 60 mg IM \U0001f489 é", Context("medicare")) for _ in range(2)]
    first, second = (to_review_out(review(n, engine=engine, today=TODAY)).to_json().encode() for n in notes)
    assert first == second


def test_the_string_store_does_not_grow_with_the_notes(engine: Engine):
    before = len(engine.nlp.vocab.strings)
    for number in range(20):
        engine.read(" ".join(f"word{number}x{n}" for n in range(50)))
    assert len(engine.nlp.vocab.strings) == before
