"""Labelled texts of every kind, for what must hold of all of them."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import strategies as st

from deltoid.annotations.marked import MarkedEvent, MarkedText
from deltoid.annotations.marked_spans import SLOTS
from deltoid.pipeline.types import Mention, RouteCode, Status

WORDS = st.text(min_size=1, max_size=12) | st.sampled_from(
    [
        "\n---\n",
        "\n=> none\n",
        "# x",
        "\n# y",
        "[",
        "]",
        "\\",
        " \n",
        "\r\n",
        "\ufeff",
        "\u2028",
        "Toradol 30 mg",
    ]
)
LABELS = st.lists(
    st.tuples(st.sampled_from(sorted(SLOTS)), st.booleans(), st.integers(1, 3)),
    min_size=1,
    max_size=3,
    unique=True,
)
PIECES = st.lists(st.tuples(WORDS, st.none() | LABELS), min_size=1, max_size=8)
COMMENTS = st.lists(st.from_regex(r"\w+( \w+)*", fullmatch=True), max_size=2).map("\n".join)


@st.composite
def _marked_texts(draw: st.DrawFn) -> MarkedText:
    """Return a text built out of pieces, some of which are marked."""
    text, slots = "", {number: dict[str, tuple[Mention, ...]]() for number in (1, 2, 3)}
    edges = [0]
    for words, labels in draw(PIECES):
        for slot, second_best, number in labels or ():
            key = slot + "?" * second_best
            mention = Mention(slot, len(text), len(text) + len(words), words, "marked")
            slots[number][key] = (*slots[number].get(key, ()), mention)
        text += words
        edges.append(len(text))
    start, end = sorted(draw(st.lists(st.sampled_from(edges), min_size=2, max_size=2)))
    if start < end:
        around = Mention("also", start, end, text[start:end], "marked")
        inner = {*slots[1].get("also", ()), around}
        slots[1]["also"] = tuple(sorted(inner, key=lambda mention: (mention.start, -mention.end)))
    statuses, routes = st.sampled_from(get_args(Status)), st.none() | st.sampled_from(get_args(RouteCode))
    facts = st.dictionaries(
        st.sampled_from(["side", "name"]), st.sampled_from(["left", "vitamin B12", "a=b"])
    )
    events = tuple(MarkedEvent(n, draw(statuses), draw(routes), slots[n], draw(facts)) for n in (1, 2, 3))
    return MarkedText(
        text, events, comment=draw(COMMENTS), facts=draw(st.sampled_from([{}, {"setting": "ED"}]))
    )


@pytest.fixture(scope="session")
def marked_texts() -> st.SearchStrategy[MarkedText]:
    return _marked_texts()


@pytest.fixture(scope="session")
def words() -> st.SearchStrategy[str]:
    return WORDS
