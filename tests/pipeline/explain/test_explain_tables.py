"""The tables of explanations agree with the policy, the register and each other."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from deltoid.pipeline import policyfile
from deltoid.pipeline.explain.codes import code_card, code_words, related
from deltoid.pipeline.explain.modifiers import modifiers
from deltoid.pipeline.explain.parameters import described
from deltoid.pipeline.explain.register import IN_POLICY, register
from deltoid.pipeline.explain.tables import rows, toml
from deltoid.pipeline.explain.tokens import tokens
from deltoid.pipeline.explain.topics import topics
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.lines.families import shipped

LAYERS = (policyfile.base(), *policyfile.payers().values())
PARAMETERS = {entry.key for layer in LAYERS for entry in layer.entries if entry.kind == "parameter"}
IDS = {each.id for each in register()}


def cited_rules() -> list[tuple[str, tuple[str, ...]]]:
    told = [(row.code, row.rules) for row in related()]
    told += [(name, card.rules) for name, card in modifiers().items()]
    told += [(topic.id, topic.rules) for topic in topics()]
    for code, parts in toml("cards.toml").items():
        told += [(code, tuple(each["rules"])) for part in parts.values() for each in part]
    return told


def test_every_rule_that_is_named_is_registered() -> None:
    assert {(name, rule) for name, rules in cited_rules() for rule in rules if rule not in IDS} == set()


def test_every_id_of_the_register_has_a_title_and_no_title_is_left_over() -> None:
    assert [each.id for each in register() if not each.title] == []
    titled = Counter(row["id"] for row in rows("titles.csv", ("id", "title", "asked", "source")))
    assert set(titled) <= IDS
    assert max(titled.values()) == 1


def test_there_is_a_topic_for_every_contradiction_with_its_sources_and_parameter() -> None:
    assert [topic.id for topic in topics()] == [f"X-{number:02}" for number in range(1, 43)]
    for topic in topics():
        assert topic.sources
        assert set(topic.sources) <= set(policyfile.sources())
        assert topic.parameter is None or topic.parameter in PARAMETERS
        assert topic.question.endswith("?")


def test_every_source_of_a_code_is_a_source() -> None:
    assert {name for row in related() for name in row.sources} <= set(policyfile.sources())


def test_every_code_of_administration_has_words() -> None:
    named = [family.first for family in shipped() if family.family not in ("procedure", "monitoring")]
    assert [code for code in named if not code_words(code)] == []


def test_no_code_stands_twice_and_ranges_come_after_what_is_told_by_itself() -> None:
    codes = [row.code for row in related()]
    assert len(codes) == len(set(codes))
    assert code_words("20610") != code_words("20611")
    assert code_words("64405") == code_words("64400")
    assert code_words(None) == code_words("J1885") == code_words("2061") == ""


def test_the_card_of_96372_compares_it_with_all_the_others() -> None:
    card = code_card("96372")
    assert card
    assert card.included
    assert card.when
    assert card.when_not
    assert len(card.related) == len(related()) - 1


def test_every_card_is_of_a_code_in_the_table() -> None:
    assert [code for code in toml("cards.toml") if code_card(code) is None] == []


@pytest.mark.parametrize("name", sorted(described()))
def test_a_parameter_that_is_described_exists_and_its_values_are_among_its_choices(name: str) -> None:
    values = [e.fields["value"] for layer in LAYERS for e in layer.entries if e.key == name]
    assert values
    assert not described()[name].choices or set(values) <= set(described()[name].choices)


def test_every_synonym_leads_somewhere_and_no_row_stands_twice() -> None:
    written = [row["written"] for row in rows("synonyms.csv", ("written", "means", "source"))]
    assert len(written) == len(set(written))
    assert [word for word in written if not tokens(word)] == []


def test_every_kind_of_drug_with_words_is_a_kind_of_drug() -> None:
    known = {substance.category for substance in Formulary.shipped().substances().values()}
    assert {row["kind"] for row in rows("drug_words.csv", ("kind", "words", "source"))} <= known


def test_a_state_of_the_register_names_what_there_is() -> None:
    for each in register():
        assert set(each.see) <= IDS
        assert each.state == IN_POLICY or len(each.state) > 5
        assert re.fullmatch(r"[GRUMHDNX]-\d\d[a-z]?(\.list)?", each.id)
