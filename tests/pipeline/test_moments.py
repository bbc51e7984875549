from __future__ import annotations

from datetime import date

import pytest

from deltoid.pipeline.moments import bare_clock_times, clock_times, dates


@pytest.mark.parametrize(
    ("text", "times", "why"),
    [
        ("at 14:05", ["14:05"], "a colon"),
        ("2:05 PM", ["2:05 PM"], "half days"),
        ("8 p.m.", ["8 p.m."], "dotted"),
        ("at 1405", ["1405"], "four digits behind at"),
        ("1405 hrs", ["1405"], "four digits with hours"),
        ("lot #1405 hrs", [], "a number sign is a label"),
        ("at noon", ["noon"], "in words"),
        ("25:00", [], "no such hour"),
        ("10:15 today", ["10:15"], "the blank behind it is not part of it"),
        ("2 am I sure", ["2 am"], "read as written"),
    ],
)
def test_clock_times(text: str, times: list[str], why: str) -> None:
    found = list(clock_times(text))
    assert [m.text for m in found] == times, why
    assert [text[m.start : m.end] for m in found] == times


@pytest.mark.parametrize(
    ("text", "times"),
    [("Toradol 1405 IM", ["1405"]), ("0405", []), ("2460", []), ("1405.5", []), ("A1405", [])],
)
def test_bare_clock_times(text: str, times: list[str]) -> None:
    assert [m.text for m in bare_clock_times(text)] == times


@pytest.mark.parametrize(
    ("text", "day", "why"),
    [
        ("11/26/2025", date(2025, 11, 26), "as Americans write it"),
        ("1-2-25", date(2025, 1, 2), "dashes and two digits"),
        ("9APR93", date(1993, 4, 9), "two digits of the last century"),
        ("2026-03-02", date(2026, 3, 2), "ISO"),
        ("March 14th, 2005", date(2005, 3, 14), "in words"),
        ("Sept 3 2024", date(2024, 9, 3), "a four-letter month"),
        ("March 14", None, "without its year it is no whole day"),
        ("2/30/2025", None, "no such day"),
        ("2026-13-01", None, "no such month"),
    ],
)
def test_dates(text: str, day: date | None, why: str) -> None:
    ((mention, value),) = dates(text)
    assert (mention.text, value) == (text, day), why


@pytest.mark.parametrize("text", ["1/2", "L4/5", "120/80/90", "13/45/2025"])
def test_no_dates(text: str) -> None:
    assert list(dates(text)) == []
