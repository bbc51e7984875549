"""What differs between two policies."""

from __future__ import annotations

from datetime import date

from deltoid.pipeline.explain.difference import difference
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.policies import load


def test_nothing_differs_within_a_period() -> None:
    assert not difference(load("medicare", date(2026, 3, 2)), load("medicare", date(2026, 4, 2)))


def test_a_rule_that_begins_is_new_and_the_other_way_round_gone() -> None:
    before, after = load("medicare", date(2023, 12, 31)), load("medicare", date(2024, 1, 1))
    assert [rule.id for rule in difference(before, after).added] == ["M-08"]
    assert [rule.id for rule in difference(after, before).closed] == ["M-08"]


def test_changed_words_and_outcomes_are_told_field_by_field() -> None:
    found = difference(load("commercial", date(2023, 9, 10)), load("commercial", date(2023, 9, 11)))
    changed = {rule.id: {change.name for change in rule.changes} for rule in found.changed}
    assert changed["R-03"] >= {"outcome", "message", "starts", "ends", "confidence"}
    assert "read" not in changed["R-03"]
    assert [(c.name, c.before, c.after) for c in found.parameters] == [("covid_vaccine_code", "", "90480")]


def test_payers_differ_in_rules_and_settings() -> None:
    found = difference(load("commercial", date(2026, 3, 2)), load("medicare", date(2026, 3, 2)))
    assert {"G-12a", "M-08"} <= {rule.id for rule in found.added}
    assert "G-22" in {rule.id for rule in found.changed}
    assert "jwjz_required" in {change.name for change in found.parameters}
    assert found.codes_added == found.codes_closed == ()


def test_drug_codes_begin_and_end_with_the_days() -> None:
    before, after = load("commercial", date(2024, 3, 31)), load("commercial", date(2024, 4, 1))
    found = difference(before, after, Formulary.shipped())
    assert "J1010" in found.codes_added
    assert {"J1020", "J1030", "J1040"} <= set(found.codes_closed)
    assert found
    assert not difference(before, after)
