"""What a name leads to, and what its card holds."""

from __future__ import annotations

from datetime import date

import pytest

from deltoid.pipeline.explain.codes import CodeCard
from deltoid.pipeline.explain.drugs import DrugCard, DrugCodeCard, drug_card, drug_code_card
from deltoid.pipeline.explain.parameters import parameter_card
from deltoid.pipeline.explain.register import register
from deltoid.pipeline.explain.rules import rule_card
from deltoid.pipeline.explain.sources import Cited, aged, cited, source
from deltoid.pipeline.explain.target import Asked, answers, named, near
from deltoid.pipeline.explain.wording import general
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.policybook import PolicyBook

DAY = date(2026, 11, 21)
SITE = {
    "payer": "acme", "extends": "medicare", "read": date(2026, 1, 5),
    "source": {"ACME": {"tier": "P", "title": "Contract", "where": "folder", "read": date(2026, 1, 5)}},
    "rule": [{"id": "D-06", "severity": "block", "source": ["ACME"], "confidence": "V1"}],
    "parameter": [{"name": "site_required", "value": True, "source": ["ACME"], "confidence": "V1"}],
}  # fmt: skip
BOOK = PolicyBook((SITE,))
ASKED = Asked(PolicyBook(), Formulary.shipped(), DAY)


@pytest.mark.parametrize(
    ("target", "kinds"),
    [
        ("96372", ["CodeCard"]),
        ("cpt 96372", ["CodeCard"]),
        ("j1010", ["DrugCodeCard"]),
        ("J3490", ["CodeCard", "DrugCodeCard"]),
        ("M-09", ["RuleCard"]),
        ("g-8", ["RuleCard"]),
        ("G08?", ["RuleCard"]),
        ("D-03", ["RuleCard"]),
        ("X-26", ["Topic"]),
        ("X-19", ["Topic", "RuleCard"]),
        ("N-14", ["Denial"]),
        ("N-25", ["Denial"]),
        ("CO-197", ["Denial"]),
        ("m119", ["Denial"]),
        ("denied CARC 197", ["Denial"]),
        ("25", ["ModifierCard"]),
        ("-25", ["ModifierCard"]),
        ("modifier jz", ["ModifierCard"]),
        ("split_dose_units", ["ParameterCard"]),
        ("ngs-cert", ["Cited"]),
        ("  toradol ", ["DrugCard"]),
        ("must the site be documented?", []),
        ("J9998", []),
        ("", []),
    ],
)
def test_a_name_leads_to_its_cards(target: str, kinds: list[str]) -> None:
    assert [type(card).__name__ for card in named(target, ASKED)] == kinds


@pytest.mark.parametrize("name", [each.id for each in register()])
def test_every_id_of_the_register_has_a_card(name: str) -> None:
    assert named(name, ASKED)
    assert named(name.lower(), ASKED)


def test_a_rule_tells_each_payer_s_outcome_and_all_their_sources() -> None:
    card = rule_card("D-06", BOOK, DAY)
    assert card
    stands = {stand.payers: stand.rule.severity for stand in card.stands if stand.rule}
    assert stands == {
        ("commercial", "medicaid", "medicare", "self_pay", "workers_comp"): "query",
        ("acme",): "block",
    }
    assert {each.id for each in card.sources} == {"AAPC-SPLIT", "NGS-CERT", "ACME"}
    assert [each.id for each in card.denials] == ["N-08"]
    assert [topic.id for topic in card.topics] == ["X-26"]


def test_a_rule_for_one_payer_and_on_another_day() -> None:
    medicare = rule_card("G-12c", BOOK, DAY, "medicare")
    assert medicare
    assert [stand.payers for stand in medicare.stands] == [("medicare",)]
    assert [(str(p.starts), p.ends and str(p.ends)) for p in medicare.periods] == [
        ("2020-03-01", "2025-12-31"), ("2026-01-01", None),
    ]  # fmt: skip
    before = rule_card("G-12c", BOOK, date(2019, 1, 1))
    assert before
    assert [stand.rule for stand in before.stands] == [None]
    assert before.message == ""


def test_no_message_shows_a_place_that_a_finding_fills() -> None:
    for payer in BOOK.payers():
        for rule in BOOK.policy(payer, DAY).rules.values():
            told = general(rule.message) + general(rule.query or "A")
            assert "{" not in told
            assert told[0] == told[0].upper()


def test_a_drug_code_knows_what_came_before_and_after() -> None:
    old, new = (drug_code_card(code, Formulary.shipped(), DAY) for code in ("J1040", "J1010"))
    assert old
    assert new
    assert old.drugs[0].codes[0].after == ("J1010",)
    assert set(new.drugs[0].codes[0].before) == {"J1020", "J1030", "J1040"}
    assert drug_code_card("J0000", Formulary.shipped(), DAY) is None


def test_codes_for_one_maker_follow_the_common_one() -> None:
    card = drug_card("EPINEPHRINE", Formulary.shipped(), DAY)
    assert card
    assert not card.codes[0].row.maker
    assert card.codes[0].row.in_force(DAY)
    assert [each.row.in_force(DAY) for each in card.codes] == sorted(
        (each.row.in_force(DAY) for each in card.codes), reverse=True
    )


def test_a_parameter_tells_who_has_it_at_what_and_why() -> None:
    card = parameter_card("site_required", BOOK, DAY)
    assert card
    assert [(setting.value, setting.payers[-1]) for setting in card.settings] == [
        (False, "workers_comp"), (True, "acme"),
    ]  # fmt: skip
    assert [each.id for each in card.settings[1].sources] == ["ACME"]
    assert [each.id for each in card.settings[0].sources] == ["NGS-CERT", "NOR-DOC"]


def test_sources_age_by_the_day_that_is_handed_in() -> None:
    assert aged(BOOK, date(2026, 11, 22), older_than=1)[0].source.id == "ACME"
    assert aged(BOOK, date(2026, 11, 22), older_than=1)[1:] == ()
    assert {each.days for each in aged(PolicyBook(), date(2026, 12, 1))} == {10}
    assert next(e for e in aged(PolicyBook(), DAY) if e.source.id == "NGS-CERT").cited_by > 5


def test_sources_are_found_in_what_a_finding_says() -> None:
    for rule in BOOK.policy("acme", DAY).rules.values():
        assert cited(rule.source, BOOK)
    assert source("acme", BOOK) == Cited("ACME", "P", "Contract", "folder", date(2026, 1, 5))
    assert source("nobody", BOOK) is None


def test_names_written_alike_are_offered() -> None:
    assert near("toradoll", ASKED)[0] == "toradol"
    assert near("qqqqqq", ASKED) == ()


def test_answers_carry_their_cards() -> None:
    first = answers("must the site be documented?", ASKED)[0]
    assert (first.id, first.kind, first.card.rules) == ("X-26", "topic", ("D-06",))  # type: ignore[union-attr]


def test_one_code_may_be_a_procedure_and_another_a_product() -> None:
    asked = {type(card) for code in ("90471", "90715") for card in named(code, ASKED)}
    assert asked == {CodeCard, DrugCodeCard}
    assert isinstance(named("tdap", ASKED)[0], DrugCard)
