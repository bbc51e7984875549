"""The scorer of events: what is right, missed, invented and wrong, counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from deltoid.models.event_scores import Scores, commonest, is_core, pair, score_events


def span(start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "text": ""}


def gold(at: int, **told: Any) -> dict[str, Any]:
    return {"drug": span(at, at + 3), "status": "administered", "route_class": "IM", "necessity": [], **told}


def answer(at: int, **told: Any) -> dict[str, Any]:
    return {"drug": span(at, at + 3), "status": "administered", "route": {"code": "IM"}, **told}


def one(want: dict[str, Any], got: dict[str, Any]) -> Scores:
    return score_events([([want], [got])])


def test_found_missed_and_invented() -> None:
    scores = score_events([([gold(0), gold(10)], [answer(0), answer(20, status="ordered")]), ([], [])])
    assert (scores.right["event"], scores.missed["event"], scores.invented["event"]) == (1, 1, 1)
    assert scores.f1("event") == 0.5
    assert (scores.right["core"], scores.missed["core"], scores.invented["core"]) == (1, 1, 0)
    assert scores.accuracy("complete") == 0.5
    assert set(scores.errors) == {"missed event, administered IM", "invented event, ordered"}


def test_an_event_without_a_drug_cannot_be_found() -> None:
    assert score_events([([], [{"drug": None, "status": "administered"}])]).invented["event"] == 0


def test_an_optional_event_counts_neither_way() -> None:
    assert not score_events([([gold(0, optional=True)], [])]).missed
    assert not one(gold(0, optional=True), answer(0, status="ordered")).errors


def test_slots_by_overlap_and_not_by_width() -> None:
    want = gold(0, dose=span(10, 15))
    assert one(want, answer(0, dose=span(12, 17))).f1("dose") == 1
    wide = one(want, answer(0, dose=span(0, 90)))
    assert (wide.right["dose"], wide.missed["dose"], wide.invented["dose"]) == (0, 1, 1)
    assert wide.errors["dose wrong"] == 1
    assert one(want, answer(0)).errors["dose missed"] == 1
    assert one(gold(0), answer(0, dose=span(10, 15))).errors["dose invented"] == 1


def test_other_places_and_optional_ones_are_accepted() -> None:
    assert (
        one(gold(0, site=span(10, 15) | {"also": [span(30, 35)]}), answer(0, site=span(30, 34))).f1("site")
        == 1
    )
    assert not one(gold(0, optional_slots={"site": [span(10, 15)]}), answer(0, site=span(10, 15))).invented[
        "site"
    ]


def test_any_accepted_reason_is_right_and_only_the_first_answer_counts() -> None:
    want = gold(0, necessity=[span(10, 15), span(30, 35)])
    assert one(want, answer(0, necessity=[span(30, 35)])).f1("necessity") == 1
    assert one(want, answer(0, necessity=[span(50, 55), span(30, 35)])).errors["necessity wrong"] == 1


@pytest.mark.parametrize(
    ("told", "core"),
    [
        ({}, True),
        ({"route_class": "IV"}, False),
        ({"status": "ordered"}, False),
        ({"status_any": ["administered", "ordered"]}, None),
        ({"route_class_any": ["IM", "IV"]}, None),
        ({"route_class_any": ["IM", "SC"]}, True),
        ({"route_class_any": ["IM", "IV"], "status": "ordered"}, False),
    ],
)
def test_what_can_become_a_line(told: dict[str, Any], core: bool | None) -> None:
    assert is_core(gold(0, **told)) is core
    counted = one(gold(0, **told), answer(0))
    assert (counted.right["core"], counted.invented["core"]) == (core is True, core is False)


def test_either_reading_is_right_where_the_readers_part() -> None:
    want = gold(0, status_any=["ordered", "administered"], route_class_any=["SC", "IM"])
    assert one(want, answer(0)).accuracy("status") == one(want, answer(0)).accuracy("route_class") == 1


def test_pairs_are_the_likeliest() -> None:
    twice = [gold(0, dose=span(10, 12)), gold(0, dose=span(20, 22))]
    answers = [answer(0, dose=span(20, 22)), answer(0, dose=span(10, 12))]
    assert pair(twice, answers) == [(0, 1), (1, 0)]
    also = gold(50) | {"also": [span(0, 3)]}
    assert pair([also], [answer(0)]) == [(0, 0)]


def test_the_commonest_errors_stand_side_by_side() -> None:
    a, b = one(gold(0), answer(0, status="ordered")), score_events([([gold(0)], [])] * 2)
    assert list(commonest({"a": a, "b": b}, most=1)) == [("missed event, administered IM", [0, 2])]
