"""From two readings of a note and the answers to where they part to the one gold reading."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace

from deltoid.annotations.answers import Answered
from deltoid.annotations.differences import DECISION_KEYS, differences
from deltoid.annotations.joining import join_events, new_numbers, number_events, uncrossed
from deltoid.annotations.marked import MarkedText
from deltoid.annotations.marked_events import MarkError
from deltoid.annotations.pairing import pair_events

_NUMBER = re.compile(r"\d+(?==)")


def sides(first: MarkedText, second: MarkedText) -> tuple[MarkedText, MarkedText]:
    """Return the two readings as sides A and B, so that who is who cannot be told from the letters.

    Examples
    --------
    >>> told = {"id": "w01-003"}
    >>> one, two = (MarkedText("x", comment=who, facts=told) for who in ("first", "second"))
    >>> [side.comment for side in sides(one, two)]
    ['second', 'first']
    """
    odd = hashlib.sha256(first.facts["id"].encode()).digest()[0] % 2
    return (second, first) if odd else (first, second)


def adjudicate(first: MarkedText, second: MarkedText, answers: Mapping[int, str]) -> MarkedText:
    r"""Join two readings into one.

    Parameters
    ----------
    first : MarkedText
        The writer's, which also holds what is known of the note (setting, context).
    second : MarkedText
        The second reader's, of the same text.
    answers : mapping of int to str
        By the number of the difference, counted from 1 in the order of `differences` between `sides`.

    Returns
    -------
    MarkedText
        Events in the order of the text, numbered anew.

    Raises
    ------
    MarkError
        If a difference has no answer; it names the note and the numbers.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> one, = read_marked("[drug#1 B12]\n=> #1 ordered\n=> note id=w01-003")
    >>> two, = read_marked("[drug#1 B12]\n=> #1 declined\n=> note id=w01-003")
    >>> adjudicate(one, two, {1: "A"}).events[0].status
    'declined'
    """
    a, b = sides(first, second)
    try:
        answered = Answered.of(differences(a, b), answers)
    except ValueError as error:
        raise MarkError(f"{first.facts['id']}: {error}") from None
    pairs = pair_events(a.events, b.events)
    joined = {pair.key(): event for pair in pairs if (event := join_events(pair, answered))}
    numbers = new_numbers(joined)
    facts = _facts(first.facts, a.facts, answered, numbers)
    return replace(first, events=uncrossed(number_events(joined, numbers)), facts=facts)


def _facts(
    known: Mapping[str, str], a: Mapping[str, str], answered: Answered, numbers: Mapping[str, int]
) -> dict[str, str]:
    keys = ("outcome", *DECISION_KEYS)
    decision = {key: answered.value(None, key, a.get(key, "-")) for key in keys}
    told = {key: word for key, word in decision.items() if word != "-"}
    if "jwjz" in told:
        side = "B" if answered.side(None, "jwjz") == "B" else "A"
        told["jwjz"] = _NUMBER.sub(lambda old: f"{numbers.get(f'{side}{old[0]}', 0)}", told["jwjz"])
    return {key: word for key, word in known.items() if key not in keys} | told
