from __future__ import annotations

import pytest

from deltoid.pipeline.text import fold, sentences


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("raw", "folded", "why"),
    [
        ("Depo\u2011Medrol", "depo-medrol", "all hyphens and dashes are one"),
        ("Kenalog\u00ae-40", "kenalog -40", "a trade mark is no letter"),
        ("IM \t\r\n now", "im now", "any run of white space is one blank"),
        ("TORADOL\u00a0IM", "toradol im", "a hard blank is a blank"),
        (
            "\u0130V",
            "\u0130v",
            "a capital that lowers to two characters stays, or all offsets behind it move",
        ),
        ("left_deltoid", "left deltoid", "forms write underscores for blanks"),
    ],
)
def test_folding(raw: str, folded: str, why: str) -> None:
    assert fold(raw).text == folded, why


def test_a_folded_span_leads_back_to_the_raw_one() -> None:
    raw = "gave  Depo\r\n Medrol IM"
    folded = fold(raw)
    start = folded.text.index("depo medrol")
    first, end = folded.raw(start, start + len("depo medrol"))
    assert raw[first:end] == "Depo\r\n Medrol"


def test_an_empty_folded_span_is_an_empty_raw_one() -> None:
    assert fold("a  b").raw(2, 2) == (3, 3)


@pytest.mark.parametrize(
    ("text", "pieces", "why"),
    [
        (
            "Given I.M. left arm. Tolerated.",
            ["Given I.M. left arm.", "Tolerated."],
            "I.M. is an abbreviation",
        ),
        ("Zofran 4 mg I.M. He left.", ["Zofran 4 mg I.M.", "He left."], "I.M. may end a sentence too"),
        ("Per Dr. Lee. Done.", ["Per Dr. Lee.", "Done."], "Dr. never ends one"),
        ("By J. Park RN. Done.", ["By J. Park RN.", "Done."], "a single capital is an initial"),
        ("0.5 mL given.", ["0.5 mL given."], "a decimal point is no full stop"),
        ("Nausea; Zofran given", ["Nausea;", "Zofran given"], "a semicolon parts two statements"),
        ("pain.,PLAN: Toradol", ["pain.", "PLAN: Toradol"], "transcripts run headings on with a comma"),
        ("Toradol IM\nLot 12A", ["Toradol IM", "Lot 12A"], "short lines are a nurse's, each its own"),
        ("a line\r\n\r\nanother", ["a line", "another"], "an empty line always parts"),
        ("Wait... what?! No.", ["Wait...", "what?!", "No."], "runs of stops are one"),
        ("", [], "nothing has no sentences"),
    ],
)
def test_sentences(text: str, pieces: list[str], why: str) -> None:
    assert cut(text) == pieces, why


def test_a_line_wrapped_near_the_right_edge_goes_on() -> None:
    text = "The patient was given ketorolac sixty milligrams into the left\ndeltoid muscle without trouble."
    assert len(cut(text)) == 1


def test_what_never_stops_is_cut_between_words() -> None:
    text = "Toradol IM " * 2000
    pieces = cut(text)
    assert len(pieces) > 1
    assert max(map(len, pieces)) <= 8000
    assert {piece.split()[0] for piece in pieces} <= {"Toradol", "IM"}
    assert " ".join(pieces) == text.strip()


def test_a_word_without_end_is_cut_all_the_same() -> None:
    assert sum(map(len, cut("x" * 20_000))) == 20_000
