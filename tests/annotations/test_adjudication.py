"""Two readings to one: what is asked, what the answers make of it, and how far the readers agree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deltoid.annotations.adjudication import adjudicate, sides
from deltoid.annotations.agreement import agreement, cohen_kappa
from deltoid.annotations.agreement_table import agreement_table
from deltoid.annotations.answers import read_answers
from deltoid.annotations.corpus import compile_notes, read_notes, read_readings
from deltoid.annotations.differences import differences
from deltoid.annotations.marked import MarkedText, MarkError
from deltoid.annotations.sheet_writer import adjudication_packet
from deltoid.annotations.sheets import read_sheets

TEXT = "Toradol 60 mg and Phenergan 25 mg IM R hip by RN Lee for migraine, bad headache. Flu shot last fall."
#: Side A of w01-001 is the first reading (see test_the_letters_hide_the_reader).
NOTE = "w01-001"
FIRST = """\
#1 administered IM supported | drug Toradol | dose 60 mg | route IM | site R hip | why migraine |mixed=2
#2 administered IM supported | drug Phenergan | dose 25 mg | route IM | why migraine | giver RN Lee | mixed=1
=> supported 96372x1 | missing site"""
SECOND = """#1 historical UNKNOWN~IM not_supported | drug Flu shot
#2 administered IM supported | drug Phenergan | dose 25 mg | route IM | why bad headache | giver RN Lee
#3 ordered IM not_supported | drug Toradol | dose 60 mg | route IM | site R hip | why headache | why? migraine
=> supported 96372x1"""


def read(labels: str, note: str = NOTE, text: str = TEXT) -> MarkedText:
    return read_sheets(f"@@@ {note}\n@@ payer=medicare\n{text}\n@@ labels\n{labels}\n")[0]


BOTH = read(FIRST), read(SECOND)


def test_the_letters_hide_the_reader() -> None:
    assert sides(*BOTH) == BOTH
    assert sides(read(FIRST, "w01-003"), read(SECOND, "w01-003"))[0].events[0].status == "historical"


def test_what_is_asked() -> None:
    asked = [(one.pair, one.what, one.a, one.b) for one in differences(*BOTH)]
    assert asked == [
        ((1, 3), "status", "administered", "ordered"),
        ((1, 3), "disposition", "supported", "not_supported"),
        ((1, 3), "mixed", "yes", "-"),
        ((2, 2), "mixed", "yes", "-"),
        ((2, 2), "why", "migraine", "bad headache"),
        ((None, 1), "event", "-", "historical UNKNOWN not_supported"),
        (None, "missing", "site", "-"),
    ]


def test_nobody_is_asked_where_both_agree() -> None:
    assert differences(BOTH[0], BOTH[0]) == []
    assert adjudication_packet([(BOTH[0], BOTH[0])]) == ""
    assert adjudicate(BOTH[0], BOTH[0], {}) == BOTH[0]


def test_an_x_modifier_is_no_difference() -> None:
    a, b = (
        replace(BOTH[0], facts=BOTH[0].facts | {"lines": lines}) for lines in ("96372-59x1", "96372-XSx1")
    )
    assert differences(a, b) == []


def answers(*words: str) -> dict[int, str]:
    return dict(enumerate(words, 1))


def test_the_answers_make_the_gold() -> None:
    gold = adjudicate(*BOTH, answers("A", "A", "A", "A", "both", "B", "none"))
    toradol, phenergan, flu = gold.events
    assert (toradol.status, toradol.facts) == ("administered", {"disposition": "supported", "mixed": "2"})
    assert phenergan.facts["mixed"] == "1"
    assert [m.text for m in phenergan.slots["why"]] == ["migraine", "bad headache"]
    assert [m.text for m in toradol.slots["why?"]] == ["headache"]
    assert (flu.id, flu.status, flu.facts["implied"]) == (3, "historical", "IM")
    assert "missing" not in gold.facts
    assert gold.context == {"payer": "medicare"}


def test_the_other_answers_make_another() -> None:
    gold = adjudicate(*BOTH, answers("B", ":query", "B", "none", "B", "A", ":order,_site"))
    toradol, phenergan = gold.events
    assert (toradol.status, toradol.facts) == ("ordered", {"disposition": "query"})
    assert phenergan.slots["why"][0].text == "bad headache"
    assert gold.facts["missing"] == "order, site"


@pytest.mark.parametrize("told", [{}, answers(*"AAAAAA"), answers(*"AAAAAAAA")])
def test_a_difference_without_an_answer_stops_it(told: dict[int, str]) -> None:
    with pytest.raises(MarkError, match=r"^w01-001: 7 differences and \d answers") as caught:
        adjudicate(*BOTH, told)
    assert "Toradol" not in str(caught.value)


def test_answers_are_read() -> None:
    assert read_answers("w01-001 1=A 2=both # a remark\n\n# more\nw01-002 1=:query\n", "x") == {
        "w01-001": {1: "A", 2: "both"},
        "w01-002": {1: ":query"},
    }
    with pytest.raises(MarkError, match=r"^x, line 2: '1=C' is no answer"):
        read_answers("w01-001 1=A\nw01-002 1=C\n", "x")


def test_agreement_is_counted() -> None:
    found = agreement([BOTH, (BOTH[0], BOTH[0])])
    assert (found.both, found.first_only, found.second_only) == (4, 0, 1)
    assert found.event_f1() == pytest.approx(8 / 9)
    assert found.span_f1("drug") == pytest.approx(8 / 9)
    assert found.span_f1("why") == pytest.approx(6 / 8)
    assert found.kappa("route") == 1
    assert found.kappa("status") == pytest.approx(0, abs=0.01)


def test_kappa_by_hand() -> None:
    # 20 yes-yes, 15 no-no, 5 and 10 apart: seen .7, chance .5
    votes = [("y", "y")] * 20 + [("n", "n")] * 15 + [("y", "n")] * 5 + [("n", "y")] * 10
    assert cohen_kappa(votes) == pytest.approx(0.4)
    assert cohen_kappa([("y", "y")]) == 1
    assert str(cohen_kappa([])) == "nan"


def test_the_table_has_a_row_per_hundred_and_one_for_all() -> None:
    rows = agreement_table([BOTH] * 3, size=2).splitlines()[2:]
    assert [row.split(" | ")[1] for row in rows] == ["2", "1", "3"]


@given(data=st.data())
def test_adjudicating_a_text_with_itself_changes_nothing_but_numbers(
    data: st.DataObject, marked_texts: st.SearchStrategy[MarkedText]
) -> None:
    drawn = data.draw(marked_texts)
    named = tuple(event for event in drawn.events if event.slots.get("drug"))
    note = replace(drawn, events=named, facts={"id": "n1"})
    gold = adjudicate(note, note, {})
    assert sorted(e.status for e in gold.events) == sorted(e.status for e in note.events)
    assert [event.id for event in gold.events] == list(range(1, len(named) + 1))


def test_a_corpus_is_compiled_from_its_readings(tmp_path: Path) -> None:
    for folder, labels in (("first", FIRST), ("second", SECOND)):
        (tmp_path / folder).mkdir()
        text = f"@@@ {NOTE}\n{TEXT if folder == 'first' else '@@ labels'}\n"
        text += f"@@ labels\n{labels}\n" if folder == "first" else f"{labels}\n"
        (tmp_path / folder / "w01-a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "plan.csv").write_text("writer,split\nw01,test\n", encoding="utf-8")
    (tmp_path / "adjudicated").mkdir()
    with pytest.raises(MarkError, match="7 differences"):
        compile_notes(tmp_path)
    (tmp_path / "adjudicated" / "w01-a.txt").write_text(
        f"{NOTE} 1=A 2=A 3=A 4=A 5=A 6=B 7=A\n", encoding="utf-8"
    )
    assert compile_notes(tmp_path) == 1
    assert [event.id for event in read_notes(tmp_path, "test")[0].events] == [1, 2, 3]
    assert read_notes(tmp_path, "train") == ()
    assert "differences\n1. A#1/B#3 status: A administered | B ordered" in adjudication_packet(
        next(read_readings(tmp_path)).pairs()
    )


def test_a_note_without_its_second_reading_is_named(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "w01-a.txt").write_text(
        f"@@@ {NOTE}\n{TEXT}\n@@ labels\n{FIRST}\n", encoding="utf-8"
    )
    with pytest.raises(MarkError, match=r"w01-a\.txt: w01-001 has no second reading"):
        compile_notes(tmp_path)
