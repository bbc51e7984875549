"""Reading policy files: dates, places of errors, and what a payer's file may change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from deltoid.pipeline.policyfile import PolicyError, base, parse, payers
from deltoid.pipeline.rulebook import Hit, finding, known, load

DAY = date(2026, 3, 2)
PARAMETER = '[[parameter]]\nname = "x"\nvalue = 1\n'


def test_entries_that_overlap_are_refused_by_file_and_line() -> None:
    text = f"{PARAMETER}ends = 2024-06-30\n\n{PARAMETER}starts = 2024-06-30\n"
    with pytest.raises(PolicyError, match=r"mine\.toml, line 6: .* overlaps with mine\.toml, line 1"):
        parse(text, "mine.toml")


def test_a_gap_between_entries_is_refused_by_file_and_line() -> None:
    text = f"{PARAMETER}ends = 2024-06-30\n\n{PARAMETER}starts = 2024-07-02\n"
    with pytest.raises(PolicyError, match=r"mine\.toml, line 6: .*gap after mine\.toml, line 1.*2024-06-30"):
        parse(text, "mine.toml")


def test_entries_that_meet_are_taken() -> None:
    layer = parse(f"{PARAMETER}ends = 2024-06-30\n\n{PARAMETER}starts = 2024-07-01\n", "mine.toml")
    assert [e.place for e in layer.on(date(2024, 6, 30))] == ["mine.toml, line 1"]
    assert [e.place for e in layer.on(date(2024, 7, 1))] == ["mine.toml, line 6"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[rule]\n", r"mine\.toml: "),
        ("colour = 1\n", r"mine\.toml: unknown key \['colour'\]"),
        ('[[rule]]\naxis = "coding"\n', r"mine\.toml, line 1: a rule needs id"),
        ('[rule]\nid = "G-01a"\n', r"write each rule as \[\[rule\]\]"),
        (f'{PARAMETER}starts = "2024-01-01"\n', "starts is not a date"),
    ],
)
def test_what_cannot_be_used_is_named(text: str, complaint: str) -> None:
    with pytest.raises(PolicyError, match=complaint):
        parse(text, "mine.toml")


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ({"rule": [{"id": "Z-1", "axis": "coding"}]}, r"acme, rule 1: rule Z-1: lacks"),
        ({"rule": [{"id": "G-08", "colour": "red"}]}, r"rule G-08: unknown key \['colour'\]"),
        ({"rule": [{"id": "G-08", "severity": "loud"}]}, r"rule G-08: severity is 'loud'; allowed are block"),
        ({"rule": [{"id": "G-08", "source": ["NOBODY"]}]}, r"rule G-08: source is not"),
        (
            {"parameter": [{"name": "z", "value": 1}]},
            r"parameter z: lacks \['confidence', 'read'",
        ),
    ],
)
def test_a_site_s_own_file_is_checked(entry: dict[str, object], complaint: str) -> None:
    with pytest.raises(PolicyError, match=complaint):
        load("acme", DAY, [{"payer": "acme", "extends": "commercial", **entry}])


@pytest.mark.parametrize("day", [date.min, date(2023, 6, 30), date(2024, 9, 30), date(2026, 1, 1), date.max])
def test_a_policy_of_a_period_is_the_policy_of_its_day(day: date) -> None:
    site = {"payer": "copy", "extends": "medicare"}
    assert load("medicare", day) == replace(load("copy", day, [site]), payer="medicare")


def test_an_unknown_payer_is_told_the_known_ones() -> None:
    with pytest.raises(PolicyError, match="unknown payer 'acme'; known are commercial, medicaid, medicare"):
        load("acme", DAY)
    with pytest.raises(PolicyError, match="unknown payer 'zeta'; known are acme, commercial"):
        load("zeta", DAY, [{"payer": "acme", "extends": "commercial"}])


def test_a_profile_that_extends_itself_is_refused() -> None:
    with pytest.raises(PolicyError, match="payer 'acme' extends itself"):
        load("acme", DAY, [{"payer": "acme", "extends": "acme"}])


def test_a_site_changes_one_word_and_keeps_the_rest() -> None:
    site = {"payer": "acme", "extends": "medicare", "parameter": [{"name": "site_required", "value": True}]}
    own, shipped = load("acme", DAY, [site]), load("medicare", DAY)
    assert own.flag("site_required")
    assert not shipped.flag("site_required")
    assert own.rules == shipped.rules
    assert own.digest != shipped.digest
    assert "acme" in known([site])
    assert "acme" not in known()


def test_a_payer_s_file_changes_the_outcome_and_keeps_the_question() -> None:
    medicare, commercial = load("medicare", DAY).rules["G-22"], load("commercial", DAY).rules["G-22"]
    assert (medicare.outcome, commercial.outcome) == ("coverage_excluded", "query")
    assert medicare.query == commercial.query


def test_the_digest_is_of_what_is_in_force_and_not_of_the_day() -> None:
    assert load("medicare", DAY).digest == load("medicare", date(2026, 3, 3)).digest
    assert load("medicare", DAY).digest != load("medicare", date(2023, 1, 3)).digest
    assert load("medicare", DAY).digest != load("commercial", DAY).digest


@pytest.mark.parametrize(
    ("payer", "name", "day", "value"),
    [
        ("commercial", "rsv_admin_code", date(2023, 10, 5), "96372"),
        ("commercial", "rsv_admin_code", date(2023, 10, 6), "9638x"),
        ("medicare", "prep_admin_code", date(2024, 9, 29), "96372"),
        ("medicare", "prep_admin_code", date(2024, 9, 30), "G0012"),
        ("medicare", "jwjz_required", date(2023, 6, 30), False),
        ("medicare", "jwjz_required", date(2023, 7, 1), True),
        ("medicare", "biologic_period", date(2022, 8, 12), "down-coding by drug name was paused"),
    ],
)
def test_dated_values_change_on_their_day(payer: str, name: str, day: date, value: object) -> None:
    assert load(payer, day).parameter(name) == value


@pytest.mark.parametrize(
    ("ask", "name"),
    [("flag", "rsv_admin_code"), ("text", "sad_list"), ("words", "strict_audit"), ("table", "sad_list")],
)
def test_a_parameter_of_another_kind_is_refused(ask: str, name: str) -> None:
    with pytest.raises(PolicyError, match=name):
        getattr(load("commercial", DAY), ask)(name)


def test_a_parameter_that_is_not_there_is_named() -> None:
    with pytest.raises(PolicyError, match="no parameter 'colour'"):
        load("commercial", DAY).parameter("colour")


def test_what_is_uncertain_says_so() -> None:
    told = finding(Hit("G-19", ("e1",), code="G2069"), load("medicare", DAY))
    assert "Uncertain: " in told.message
    assert told.effective == (date(2020, 1, 1), None)


@pytest.mark.parametrize("layer", [base(), *payers().values()], ids=lambda layer: layer.name)
def test_every_shipped_entry_can_be_used_on_its_first_day(layer: object) -> None:
    payer = getattr(layer, "name", "").removesuffix(".toml").replace("base", "commercial")
    days = {entry.starts for entry in getattr(layer, "entries", ())} - {date.min}
    for day in days:
        assert load(payer, day).digest


def test_every_source_says_where_and_when_it_was_read() -> None:
    import tomllib
    from importlib import resources

    text = (resources.files("deltoid.pipeline.policy") / "sources.toml").read_text("utf-8")
    for key, entry in tomllib.loads(text).items():
        assert entry["tier"] in "OPSCWQT", key
        assert all(entry[word] for word in ("title", "where")), key
        assert isinstance(entry["read"], date)
