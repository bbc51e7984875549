"""Sheets: quotes found where a reader meant them, errors that name their line, labels that read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deltoid.annotations.marked import MarkError
from deltoid.annotations.sheet_quotes import find_quote, quote_of
from deltoid.annotations.sheet_writer import label_lines, reading_packet
from deltoid.annotations.sheets import read_sheets, split_sheets

SHEET = """@@@ w00-001
@@ setting=urgent_care role=np form=soap noise=none family=f01
@@ payer=medicare pos=20 em=99213

B12 1000 mcg IM L arm 0900, B12 500 mcg SC
R arm 0930 | RN Lee.
[x] consent

@@ labels
#1 administered IM supported | drug B12 | dose 1000 mcg | route IM | site L arm | time 0900 | giver RN Lee
#2 administered? SC~IM query | drug B12^2 | dose 500 mcg | route SC | site R arm | time 0930 \\| RN | mixed=1
=> supported 96372x1 96372-76x1 | em 99213-25 | missing site, order
@@@ w00-002
No shot today.
@@ labels
=> not_supported
"""


def test_a_sheet_is_read_whole() -> None:
    note, none = read_sheets(SHEET)
    assert note.text == "B12 1000 mcg IM L arm 0900, B12 500 mcg SC\nR arm 0930 | RN Lee.\n[x] consent"
    assert note.facts == {
        "id": "w00-001", "setting": "urgent_care", "role": "np", "form": "soap", "noise": "none",
        "family": "f01",
        "outcome": "supported", "lines": "96372x1 96372-76x1", "em": "99213-25", "missing": "order, site",
    }  # fmt: skip
    assert note.context == {"payer": "medicare", "pos": "20", "em": "99213"}
    first, second = note.events
    assert (second.status, second.route, second.facts["doubt"]) == ("administered", "SC", "unclear")
    assert second.slots["drug"][0].start == 28
    assert second.slots["time"][0].text == "0930 | RN"
    assert first.slots["giver"][0].text == "RN Lee"
    assert (none.text, none.events, none.facts["outcome"]) == ("No shot today.", (), "not_supported")


def test_labels_are_read_against_the_texts_of_the_first() -> None:
    (labels,) = read_sheets(
        "@@@ n1\n@@ labels\n#1 ordered IM not_supported | drug B12\n=> not_supported", texts={"n1": "B12"}
    )
    assert labels.text == "B12"


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ("@@@ w00-001", "words\n@@@ w00-001", 1, "begins with a line"),
        ("payer=medicare", "pays=medicare", 3, "'pays' is no fact"),
        ("| dose 1000 mcg", "| dose 1 mcg", 10, "'dose' of #1 do not stand"),
        ("drug B12^2", "drug B12^3", 11, "'drug' of #2 do not stand"),
        ("| drug B12 ", "", 10, "neither 'drug' nor 'shot'"),
        ("#1 administered IM", "#1 given IM", 10, "'given' is no status"),
        ("#1 administered IM", "#1 administered PO", 10, "'PO' is no route"),
        ("IM supported |", "IM billable |", 10, "'billable' is no disposition"),
        ("IM supported |", "IM redirect |", 10, "names its code"),
        ("IM supported |", "IM supported:90471 |", 10, "names its code"),
        ("#1 administered IM", "1 administered IM", 10, "an event line begins"),
        ("#2 administered?", "#1 administered?", 1, "two events"),
        ("| mixed=1", "| colour=red", 11, "'colour=red' is no slot"),
        ("| mixed=1", "| dose", 11, "'dose' is no slot"),
        ("=> supported", "=> billable", 12, "'billable' is no outcome"),
        ("96372-76x1", "96372-76", 12, "code, modifiers and units"),
        ("missing site", "missing place", 12, "'place' is no element"),
        ("| em 99213-25", "| visit 99213-25", 12, "'visit' is no part"),
        (
            "=> supported 96372x1 96372-76x1 | em 99213-25 | missing site, order\n",
            "",
            1,
            "no line '=> outcome",
        ),
        ("No shot today.\n", "", 13, "no text is known"),
    ],
)
def test_what_cannot_be_read_is_named_by_line(old: str, new: str, line: int, why: str) -> None:
    assert old in SHEET
    with pytest.raises(MarkError) as caught:
        read_sheets(SHEET.replace(old, new, 1), name="x.txt")
    assert str(caught.value).startswith(f"x.txt, line {line}: ")
    assert why in str(caught.value)
    assert "Lee" not in str(caught.value)


def test_a_packet_holds_no_label() -> None:
    packet = reading_packet(read_sheets(SHEET))
    assert [one.id for one in split_sheets(packet, "x")] == ["w00-001", "w00-002"]
    assert "@@ payer=medicare pos=20 em=99213\nB12 1000" in packet
    assert not {"labels", "setting", "f01", "supported"} & set(packet.replace("=", " ").split())


def test_labels_read_back() -> None:
    for note in read_sheets(SHEET):
        lines = "\n".join(label_lines(note))
        (again,) = read_sheets(
            f"@@@ {note.facts['id']}\n@@ labels\n{lines}", texts={note.facts["id"]: note.text}
        )
        assert again.events == note.events


@pytest.mark.parametrize(
    ("text", "quote", "anchor", "place"),
    [
        ("dose 25 mg, 5 mg", "5 mg", None, (12, 16)),
        ("30mgIM given", "30mg", None, (0, 4)),
        ("right\n  deltoid", "right deltoid", None, (0, 15)),
        ("IM a IM b IM", "IM", (5, 7), (5, 7)),
        ("IM xxx B12 yyy IM", "IM", (7, 10), (15, 17)),
        ("x^2 only", "x^2", None, (0, 3)),
        ("a b", " ", None, None),
    ],
)
def test_where_a_quote_stands(
    text: str, quote: str, anchor: tuple[int, int] | None, place: tuple[int, int] | None
) -> None:
    assert find_quote(text, quote, anchor) == place


@given(st.text("ab 1^", min_size=1, max_size=20), st.data())
def test_a_quote_leads_to_its_place_or_is_refused(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        quote = quote_of(text, (start, end))
    except ValueError:
        return
    assert find_quote(text, quote) == (start, end)
