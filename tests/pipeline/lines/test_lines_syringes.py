"""Events as syringes and doses."""

from __future__ import annotations

from typing import Any

import pytest

from deltoid.pipeline.lines.syringes import Syringe, doses, syringes

APART = 30


def test_a_mixture_may_be_told_from_either_side(chart: Any) -> None:
    one, two, three = (chart.event(f"e{n}", "ketorolac") for n in (1, 2, 3))
    joined = chart.event("e3", mixed_with=("e1", "e2"))
    assert [s.ids for s in syringes([one, two, three])] == [("e1",), ("e2",), ("e3",)]
    assert [s.ids for s in syringes([one, two, joined])] == [("e1", "e2", "e3")]


def test_what_is_mixed_with_an_unknown_event_stands_alone(chart: Any) -> None:
    assert [s.ids for s in syringes([chart.event(mixed_with=("e9",))])] == [("e1",)]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (("10:00", "16:00"), [(("e1",), False), (("e2",), True)]),
        (("10:00", "10:05"), [(("e1", "e2"), False)]),
        ((None, "16:00"), [(("e1", "e2"), False)]),
    ],
)
def test_only_time_makes_a_second_dose_of_the_same_drug(chart: Any, times: Any, expected: Any) -> None:
    events = [
        chart.event(f"e{n}", time=chart.time(time) if time else None) for n, time in enumerate(times, start=1)
    ]
    assert [(dose.ids, dose.again) for dose in doses(events, APART)] == expected


def test_other_drugs_are_other_doses(chart: Any) -> None:
    events = [chart.event("e1"), chart.event("e2", "promethazine"), chart.event("e3", None)]
    assert [dose.ids for dose in doses(events, APART)] == [("e1",), ("e2",), ("e3",)]


@pytest.mark.parametrize(
    ("site", "sites", "told", "sticks"),
    [
        ("left deltoid", [], None, 1),
        (None, [], None, 1),
        ("bilateral gluteus", [], None, 2),
        ("left gluteus", ["right gluteus"], None, 2),
        ("left gluteus", ["left gluteus"], None, 1),
        ("left gluteus", ["right gluteus"], 3, 3),
    ],
)
def test_needle_entries_are_as_told_or_one_for_each_place(
    chart: Any, site: str | None, sites: list[str], told: int | None, sticks: int
) -> None:
    event = chart.event(site=site, sites=tuple(map(chart.site, sites)), sticks=told)
    assert Syringe((event,)).sticks == sticks


def test_a_date_is_no_time_of_day(chart: Any) -> None:
    event = chart.event(time=chart.fact("date", "date"))
    assert Syringe((event,)).minute is None
