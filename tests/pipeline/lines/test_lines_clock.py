from __future__ import annotations

import pytest

from deltoid.pipeline.lines.clock import minutes


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("14:05", 845),
        ("1402", 842),
        ("0841", 521),
        ("at 2:15 PM", 855),
        ("3pm", 900),
        ("1:15p", 795),
        ("12:00 am", 0),
        ("12:30 p.m.", 750),
        ("11/06/2025 15:20", 920),
    ],
)
def test_a_clock_time_is_minutes_after_midnight(words: str, expected: int) -> None:
    assert minutes(words) == expected


@pytest.mark.parametrize("words", ["today", "8/5/25", "13 pm", "this morning", "2026-03-02"])
def test_what_tells_no_time_is_none(words: str) -> None:
    assert minutes(words) is None
