"""Each fault of a site's own file is told with its line."""

from __future__ import annotations

from datetime import date

import pytest

from deltoid.pipeline.policybook import PolicyBook
from deltoid.pipeline.sitepolicy.check import changes, check
from deltoid.pipeline.sitepolicy.places import Places

SOUND = """extends = "commercial"
read = 2026-11-21

[[parameter]]
name = "site_required"
value = true
source = ["NOR-DOC"]
confidence = "V1"

[[rule]]
id = "D-06"
message = "No place is told for {what}."
source = ["ACME"]
confidence = "V1"

[source.ACME]
tier = "P"
title = "Contract"
where = "folder"
read = 2026-11-01
"""


def faults(text: str, name: str = "acme") -> list[tuple[int | None, str]]:
    return [(problem.line, problem.says) for problem in check(text, name).problems]


def changed(before: str, after: str) -> str:
    assert before in SOUND
    return SOUND.replace(before, after)


def test_a_sound_file_is_ready_to_be_put_in_force() -> None:
    found = check(SOUND, "acme")
    assert found.problems == ()
    book = PolicyBook((found.content,))
    policy = book.policy("acme", date(2026, 11, 21))
    assert policy.flag("site_required")
    assert policy.rules["D-06"].message == "No place is told for {what}."
    assert policy.rules["D-06"].source == "Contract [ACME]"
    assert book.default_payer() == "acme"


@pytest.mark.parametrize(
    ("before", "after", "line", "complaint"),
    [
        ('extends = "commercial"\n', "", 1, "extends is missing"),
        ('"commercial"', '"comercial"', 1, "unknown profile 'comercial'; did you mean commercial?"),
        ('"commercial"', '"acme"', 1, "a profile cannot extend itself"),
        ('"commercial"', "3", 1, "extends is not text"),
        ("read = 2026-11-21\n", "", 3, "read is missing"),
        ("read = 2026-11-21\n", 'read = "today"\n', 2, "read is not a date"),
        ("read = 2026-11-21\n", "read = 2026-11-21T10:00:00\n", 2, "read is not a date"),
        ("read = 2026-11-21\n", "read = 2026-11-21\ncolour = 1\n", 3, "unknown key 'colour'"),
        ("read = 2026-11-21\n", 'read = 2026-11-21\npayer = "medicare"\n', 3, "is a shipped profile"),
        ("read = 2026-11-21\n", 'read = 2026-11-21\npayer = "A c"\n', 3, "is no name"),
        ('"site_required"', '"site_requird"', 5, "no parameter has this name; did you mean site_required?"),
        ('name = "site_required"', "name = 3", 4, "a parameter needs name"),
        ("value = true", 'value = "yes"', 6, "value is not true or false"),
        ("value = true\n", "", 5, "value is missing"),
        ('["NOR-DOC"]', '["NOR-DOK"]', 7, "unknown source 'NOR-DOK'"),
        ('["NOR-DOC"]', '"NOR-DOC"', 7, "source is not a list"),
        ('["NOR-DOC"]', "[]", 7, "source is empty"),
        ('source = ["NOR-DOC"]\n', "", 4, "source is missing"),
        ('confidence = "V1"\n\n[[rule]]', "\n[[rule]]", 4, "confidence is missing"),
        ('"V1"\n\n[[rule]]', '"V9"\n\n[[rule]]', 8, "confidence is 'V9'; allowed are V1, V2, T, C"),
        ('"D-06"', '"D-03"', 11, "no rule of the policy: asked as G-07"),
        ('"D-06"', '"D-66"', 11, "no rule has this name"),
        ("message =", "mesage =", 12, "unknown key 'mesage'; did you mean message?"),
        ("{what}", "{durg}", 12, "{durg} is not filled by this rule; known are {what}"),
        ("{what}", "{", 12, "a brace stands alone"),
        ('"D-06"', '"G-12a"', 11, "does not have this rule: say axis, outcome, severity"),
        ('"D-06"\n', '"D-06"\naxis = "sideways"\n', 12, "axis is 'sideways'; allowed are coding"),
        ('"D-06"\n', '"D-06"\nhard = 1\n', 12, "hard is not true or false"),
        ('"D-06"\n', '"D-06"\nstarts = 2026-02-01\nends = 2026-01-01\n', 13, "it ends before it starts"),
        ('tier = "P"', 'tier = "Z"', 17, "tier is 'Z'"),
        ('where = "folder"\n', "", 16, "lacks where"),
        ("[source.ACME]", "[source.NOR-DOC]", 16, "is the name of a shipped source"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(before: str, after: str, line: int, complaint: str) -> None:
    found = faults(changed(before, after))
    assert [where for where, says in found if complaint in says][:1] == [line], found


@pytest.mark.parametrize(
    ("text", "line", "complaint"),
    [
        ('extends = "base"\nrule = [', 2, "this is not TOML"),
        ('extends = "base"\n\n\nx = = 2', 4, "this is not TOML"),
        ('extends = "base"\nrule = 3', 2, "rule is not a list"),
        ('extends = "base"\nparameter = [1]', 2, "write each parameter as a table"),
        ('extends = "base"\nsource = 3', 2, "source is not a table"),
        ('extends = "base"\n[source]\nX = 3', None, "write each source as [source.X]"),
        ("", 1, "extends is missing"),
    ],
)
def test_what_is_no_policy_at_all_is_told(text: str, line: int | None, complaint: str) -> None:
    assert any(where == line and complaint in says for where, says in faults(text)), faults(text)


TWO = """
[[parameter]]
name = "split_dose_units"
value = "one"
source = ["NOR-DOC"]
confidence = "V1"
ends = 2026-06-30

[[parameter]]
name = "split_dose_units"
value = "each"
source = ["NOR-DOC"]
confidence = "V1"
starts = {starts}
"""


@pytest.mark.parametrize(
    ("starts", "complaint"),
    [("2026-06-30", "overlaps with line 22"), ("2026-07-02", "leaves a gap after line 22")],
)
def test_entries_of_one_name_have_to_meet(starts: str, complaint: str) -> None:
    ((line, says),) = faults(SOUND + TWO.format(starts=starts))
    assert (line, complaint in says) == (29, True), says
    assert faults(SOUND + TWO.format(starts="2026-07-01")) == []


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("split_dose_units", '"both"', "allowed are each, one"),
        ("fee_table", '{ "96372" = 15.36 }', "in quotes"),
        ("fee_table", '{ "96372" = "dear" }', "96372 is not an amount"),
        ("mue_table", '{ "96372" = "4" }', "units/indicator"),
        ("facility_pos_set", "[21]", "in quotes"),
        ("facility_pos_set", '"21"', "value is not a list"),
        ("repeat_minutes", "true", "value is not a whole number"),
    ],
)
def test_a_value_is_of_the_kind_that_the_rules_read(name: str, value: str, complaint: str) -> None:
    text = changed('"site_required"', f'"{name}"').replace("value = true", f"value = {value}")
    assert any(complaint in says for _, says in faults(text)), faults(text)


def test_a_file_may_extend_another_of_the_site() -> None:
    first = check(SOUND, "acme").content
    text = 'extends = "acme"\n'
    assert check(text, "north", (first,)).problems == ()
    assert "unknown profile" in faults(text, "north")[0][1]


def test_two_files_that_extend_each_other_are_refused() -> None:
    first = {"payer": "south", "extends": "north"}
    found = check('extends = "south"\n', "north", (first,))
    assert "extends itself" in found.problems[0].says


def test_the_days_on_which_a_file_changes() -> None:
    content = check(SOUND + TWO.format(starts="2026-07-01"), "acme").content
    assert changes(content) == (date.min, date(2026, 7, 1))


def test_a_line_is_found_where_it_stands_and_not_in_the_next_entry() -> None:
    places = Places('a = 1\n[[rule]]\nid = "x"\n[[rule]]\nid = "y"\nhard = true\n')
    assert places.key("rule", 0, "hard") == 2
    assert places.key("rule", 1, "hard") == 6
    assert places.key("rule", 2, "hard") is None
    assert places.top("hard") is None
