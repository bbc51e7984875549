"""The mark format: exact offsets, errors that name their line, and writing that reads back equal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deltoid.annotations.escapes import escape, escape_lines
from deltoid.annotations.marked import MarkedEvent, MarkedText, MarkError, read_marked
from deltoid.annotations.marked_writer import write_marked
from deltoid.pipeline.types import Mention

Texts = st.SearchStrategy[MarkedText]

SHARED = """# two drugs, one needle
# and one word that is two things
[giver#1,2+order#1,2 I] gave [drug#1 Zofran] [dose#1 4 mg] and [drug#2 Toradol]
[route#1,2 IM] \\[see MAR\\].

=> #1 administered IM mixed=2 name=ondansetron hydrochloride
=> #2 administered IM mixed=1 sticks=1
=> note setting=office
---
B12 level is low.
=> none
"""


def test_a_text_is_read_with_its_events() -> None:
    both, none = read_marked(SHARED)
    assert both.text == "I gave Zofran 4 mg and Toradol\nIM [see MAR]."
    assert both.comment == "two drugs, one needle\nand one word that is two things"
    assert (both.line, none.line, none.events) == (3, 10, ())
    first, second = both.events
    assert first.slots["route"] == second.slots["route"] == (Mention("route", 31, 33, "IM", "marked"),)
    assert first.slots["giver"][0].start == first.slots["order"][0].start == 0
    assert first.facts == {"mixed": "2", "name": "ondansetron hydrochloride"}
    assert both.facts == {"setting": "office"}


def test_a_file_is_called_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "shots.txt"
    path.write_text("fine\n=> none\n---\n\n[drug#1 B12\n=> #1 ordered\n", encoding="utf-8")
    with pytest.raises(MarkError, match=r"^shots\.txt, line 5: "):
        read_marked(path)


def test_escapes_and_joined_lines() -> None:
    (text,) = read_marked("a\\u00a0b\\r\\n\\\nc\\t\\U0001f489\\[\\]\\\\\n=> none")
    assert text.text == "a\u00a0b\r\nc\t\U0001f489[]\\"


def test_a_file_that_holds_only_comments_has_no_texts() -> None:
    assert read_marked("# nothing yet\n---\n\n") == ()


@pytest.mark.parametrize(
    ("marked", "line", "why"),
    [
        ("x\ny [drug#1 B12", 2, "never closed"),
        ("x]\n=> none", 1, "never began"),
        ("[x]\n=> none", 1, "no mark and no escape"),
        ("\\q\n=> none", 1, "no mark and no escape"),
        ("[drug#1 a [dose#1 b]\n=> #1 ordered", 1, "never closed"),
        ("[drgu#1 a]\n=> #1 ordered", 1, "'drgu' is no slot"),
        ("[drug#1 \\\n]\n=> #1 ordered", 1, "holds no words"),
        ("ok\n[drug#2 a]\n=> #1 ordered", 2, "no line '=> #2"),
        ("ok", 1, "'=> none'"),
        ("ok\n=> none\n=> #1 ordered", 2, "one of the two"),
        ("ok\n=> note setting=ED", 2, "one of the two"),
        ("ok\n=> #1 ordered\nmore", 3, "after the text"),
        ("ok\n=> #1 ordred", 2, "no status"),
        ("ok\n=> #1 ordered PO", 2, "no route"),
        ("ok\n=> #1 ordered\n=> #1 ordered", 3, "told twice"),
        ("ok\n=> #1 ordered colour=red", 2, "'colour' is no fact"),
        ("ok\n=> #1 ordered name=", 2, "says nothing"),
        ("ok\n=> #1 ordered mixed=3", 2, "names an event"),
        ("ok\n=> #1 ordered mixed=two", 2, "names an event"),
    ],
)
def test_what_cannot_be_read_is_named_by_line(marked: str, line: int, why: str) -> None:
    with pytest.raises(MarkError) as caught:
        read_marked(marked if "=>" in marked or why != "never closed" else f"{marked}\n=> #1 ordered")
    assert str(caught.value).startswith(f"text, line {line}: ")
    assert why in str(caught.value)


def test_errors_do_not_repeat_the_text() -> None:
    with pytest.raises(MarkError) as caught:
        read_marked("Mrs. Fernsby got [drug#1 B12\n=> #1 ordered")
    assert "Fernsby" not in str(caught.value)
    assert "B12" not in str(caught.value)


def test_a_mark_may_stand_within_a_mark() -> None:
    marked = "[why#1 [why?#1 sciatica], left], [drug#1 Depo-Medrol].\n=> #1 ordered\n"
    (text,) = read_marked(marked)
    slots = text.events[0].slots
    assert [m.text for m in (*slots["why"], *slots["why?"])] == ["sciatica, left", "sciatica"]
    assert write_marked([text]) == marked


def test_crossing_mentions_cannot_be_written() -> None:
    slots = {"drug": (Mention("drug", 0, 4, "B12 "),), "dose": (Mention("dose", 2, 6, "2 1 "),)}
    with pytest.raises(ValueError, match="cross"):
        write_marked([MarkedText("B12 1 mL", (MarkedEvent(1, "ordered", None, slots),))])


def test_an_empty_text_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="empty"):
        write_marked([MarkedText("")])


@given(data=st.data())
def test_what_is_written_reads_back_equal(data: st.DataObject, marked_texts: Texts) -> None:
    texts = data.draw(st.lists(marked_texts, min_size=1, max_size=3))
    written = write_marked(texts)
    assert read_marked(written) == tuple(texts)
    assert write_marked(read_marked(written)) == written


@given(data=st.data())
def test_escaped_words_read_back(data: st.DataObject, words: st.SearchStrategy[str]) -> None:
    drawn = data.draw(words)
    (text,) = read_marked(f"a{escape_lines(escape(drawn))}z\n=> none")
    assert text.text == f"a{drawn}z"
