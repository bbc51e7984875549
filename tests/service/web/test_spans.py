"""The marked note is the note: not a character lost, moved or made dangerous."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deltoid.service.web.spans import Span, render


class Reader(HTMLParser):
    """Reads HTML back as a browser does: its text, and the text within each span."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.spans: dict[str, str] = {}
        self.ids: list[str] = []
        self.open: list[str] = []
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "mark":
            self.open.append(str(found["data-span"]))
            self.ids += [str(found["id"])] if "id" in found else []

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        for span in set(self.open):
            self.spans[span] = self.spans.get(span, "") + data


def span(name: str, start: int, end: int) -> Span:
    return Span(name, start, end, "route", "how", f"1 {name}", ("e1",))


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60) | st.text(
    "a \r\n\t<>&\"'\u202e\U0001f489\u200b", max_size=40
)
places = st.lists(st.tuples(st.integers(-2, 65), st.integers(-2, 65)), max_size=12)


@given(texts, places)
def test_the_text_content_is_the_note_whatever_is_marked(text: str, where: list[tuple[int, int]]) -> None:
    spans = [span(f"s{n}", start, end) for n, (start, end) in enumerate(where)]
    read = Reader(render(text, spans))
    assert read.text == text
    assert read.open == []


@given(texts, places)
def test_every_usable_span_holds_its_own_characters_and_one_id(
    text: str, where: list[tuple[int, int]]
) -> None:
    spans = [span(f"s{n}", start, end) for n, (start, end) in enumerate(where)]
    usable = {s.id: text[s.start : s.end] for s in spans if 0 <= s.start < s.end <= len(text)}
    read = Reader(render(text, spans))
    assert read.spans == usable
    assert sorted(read.ids) == sorted(usable)


@pytest.mark.parametrize(
    ("text", "spans", "shape"),
    [
        # side by side: two elements, the plain text between them stays outside
        ("ab cd", [span("x", 0, 2), span("y", 3, 5)], "[x ab] [y cd]"),
        # one inside the other: nested, the outer one unbroken
        ("abcd", [span("in", 1, 3), span("out", 0, 4)], "[out a[in bc]d]"),
        # crossing: the later one is split where the earlier one ends
        ("abcd", [span("x", 0, 3), span("y", 2, 4)], "[x ab[y c]][y d]"),
        # the same characters in two roles: both stand, one in the other
        ("ab", [span("x", 0, 2), span("y", 0, 2)], "[x [y ab]]"),
        # an emoji is one code point in Python, two units in a browser
        ("\U0001f489 IM", [span("x", 2, 4)], "\U0001f489 [x IM]"),
    ],
)
def test_nested_spans_stay_whole_and_crossing_ones_are_split(
    text: str, spans: list[Span], shape: str
) -> None:
    html = str(render(text, spans))
    for each in spans:
        html = re.sub(f'<mark [^>]*data-span="{each.id}"[^>]*>', f"[{each.id} ", html)
    assert html.replace("</mark>", "]") == shape


def test_a_tag_stands_only_before_the_first_piece() -> None:
    assert render("abcd", [span("x", 0, 3), span("y", 2, 4)]).count("data-tag") == 2


def test_carriage_returns_survive_an_html_parser() -> None:
    assert render("a\r\nb\rc", []) == "a&#13;\nb&#13;<br>c"


def test_marks_that_turn_text_around_are_named_and_shut_in() -> None:
    assert '<bdi class="control" data-name="RLO">\u202e</bdi>' in render("ab\u202ecd", [])


def test_nul_which_html_cannot_hold_is_shown_as_its_picture() -> None:
    assert Reader(render("a\0b", [])).text == "a\u2400b"
