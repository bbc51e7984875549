from __future__ import annotations

import io
import re
from datetime import date

import pytest
from rich.console import Console

from deltoid.pipeline.types import Context, DraftLine, Mention, Note
from deltoid.service.cli.marked import marked
from deltoid.service.cli.readable import show
from deltoid.service.engine import Engine
from deltoid.service.review import review
from deltoid.service.web.spans import Span

NOTE = "Toradol 60 mg IM given.\r\nThen Toradol 30 mg. \x1b]0;owned\x07 \u202eleft [bold]deltoid[/] :smile:"


def shown(engine: Engine, text: str = NOTE, context: Context | None = None, **console) -> str:
    out = io.StringIO()
    result = review(Note("n", text, context or Context()), engine=engine, today=date(2026, 11, 21))
    show(result, Console(file=out, width=120, emoji=False, markup=False, highlight=False, **console))
    return out.getvalue()


def test_everything_that_matters_is_said_in_words(engine: Engine):
    said = shown(
        engine, context=Context("medicare", pos="11", em_code="99213", claim_lines=(DraftLine("96372"),))
    )
    for words in (
        "SUPPORTED — At least one injection in the note can be billed as 96372.",
        "Medicare · 2026-11-21 (today, assumed) · Professional claim (assumed) · place of service 11",
        "⟦1 drug: Toradol⟧ ⟦1 dose: 60 mg⟧ ⟦1 route: IM⟧ given.\n  Then ⟦2 drug: Toradol⟧",
        "1  ketorolac  Given  → Supported 96372",
        "     Dose: 60 mg\n",
        "Lines to send\n  96372 \N{MULTIPLICATION SIGN}1  (e1)\n",
        "Visit\n  99213-25\n",
        "  G-08 Ask first: The route is not written.\n    a manual; 2005-01-01 to now\n",
        "line 1: Other units, expected 96372 \N{MULTIPLICATION SIGN}1 (U-01)",
        "Triage\n  coder: no classifier is served\n",
    ):
        assert words in said


def test_what_is_missing_comes_with_its_question(engine: Engine):
    assert "Missing\n  route: By which route was it given?\n" in shown(engine, "Toradol 60 mg")


def test_a_note_cannot_steer_the_terminal(engine: Engine):
    said = shown(engine, force_terminal=True, color_system="truecolor")
    assert "\x1b]" not in said
    assert "\x07" not in said
    assert "\u202e" not in said
    assert "<U+001B>]0;owned<U+0007> <U+202E>left [bold]deltoid[/] :smile:" in re.sub(
        r"\x1b\[[\d;]*m", "", said
    )


def test_colours_only_repeat_what_the_words_say(engine: Engine):
    coloured = shown(engine, force_terminal=True, color_system="truecolor")
    plain = shown(engine, force_terminal=True, color_system="truecolor", no_color=True)
    assert "\x1b[1;36mToradol" in coloured
    assert re.search(r"\x1b\[[\d;]*3[0-7]m", coloured)
    assert not re.search(r"\x1b\[[\d;]*3[0-7]m", plain)
    bare = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert bare == re.sub(r"\x1b\[[\d;]*m", "", plain) == shown(engine)


def test_no_line_ends_in_spaces(engine: Engine):
    assert [line for line in shown(engine).splitlines() if line != line.rstrip()] == []


def span(start: int, end: int, tag: str) -> Span:
    return Span(tag, start, end, tag, "what", tag)


@pytest.mark.parametrize(
    ("spans", "text"),
    [
        ([], "abcdef"),
        ([span(0, 6, "a")], "⟦a: abcdef⟧"),
        ([span(0, 6, "a"), span(2, 4, "b")], "⟦a: ab⟦b: cd⟧ef⟧"),
        ([span(2, 4, "b"), span(2, 4, "a")], "ab⟦b: ⟦a: cd⟧⟧ef"),
        ([span(0, 3, "a"), span(3, 6, "b")], "⟦a: abc⟧⟦b: def⟧"),
    ],
)
def test_spans_may_touch_and_lie_in_one_another(spans: list[Span], text: str):
    assert marked("abcdef", spans).plain == text


def test_evidence_is_not_marked_twice(engine: Engine):
    assert shown(engine, "Toradol 60 mg").count("⟦") == len(
        [Mention("drug", 0, 7, "Toradol"), Mention("dose", 8, 13, "60 mg")]
    )
