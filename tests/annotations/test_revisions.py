"""Revisions: what a mended guideline changes in adjudicated notes, and nothing silently."""

from __future__ import annotations

import pytest

from deltoid.annotations.marked import MarkError, read_marked
from deltoid.annotations.revisions import read_revisions, revise

NOTE = """[drug#1 Toradol] in the deltoid, [drug#2 B12] [route#2 IM].
=> #1 administered IM disposition=supported
=> #2 historical IM disposition=not_supported
=> note id=n1 outcome=supported lines=96372x1
"""


def test_every_kind_of_change() -> None:
    source = """# 1.2: a muscle tells no route
n1 #1.route=- #1.disposition=query #1.implied=IM #1.doubt=unclear  # why
n1 #2.status=declined outcome=query lines=- missing=route,_site
"""
    (note,) = read_marked(NOTE)
    revised = revise(note, read_revisions(source, "x.txt")["n1"])
    toradol, b12 = revised.events
    assert (toradol.route, toradol.facts) == (
        None,
        {"disposition": "query", "implied": "IM", "doubt": "unclear"},
    )
    assert (b12.status, b12.route) == ("declined", "IM")
    assert revised.facts == {"id": "n1", "outcome": "query", "missing": "route, site"}
    assert (revised.text, revised.events[0].slots) == (note.text, note.events[0].slots)


def test_an_event_can_be_dropped() -> None:
    (note,) = read_marked(NOTE)
    assert [event.id for event in revise(note, read_revisions("n1 #2.drop=yes", "x")["n1"]).events] == [1]


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("route", "is no change"),
        ("#1.colour=red", "'colour' is nothing"),
        ("#1.outcome=query", "'outcome' is nothing"),
        ("status=ordered", "'status' is nothing"),
        ("#1.status=given", "'given' is no status"),
        ("#1.route=PO", "'PO' is no route"),
    ],
)
def test_what_is_no_change_is_named_by_line(word: str, why: str) -> None:
    with pytest.raises(MarkError) as caught:
        read_revisions(f"n1 #1.status=ordered\nn2 {word}", "revisions.txt")
    assert str(caught.value).startswith("revisions.txt, line 2: ")
    assert why in str(caught.value)


def test_an_event_that_is_not_there_stops_it() -> None:
    with pytest.raises(KeyError):
        revise(read_marked(NOTE)[0], [(9, "status", "ordered")])
