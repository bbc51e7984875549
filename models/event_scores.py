"""How well events are found and filled: precision, recall and F1 by field, and what kinds of errors are made.

Gold and predictions are JSON values: gold as ``deltoid gold export --format scorer`` writes it, predictions
as a review.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Event = Mapping[str, Any]
#: Slots with one right answer; ``necessity`` has several.
SLOTS = ("dose", "route", "site", "strength", "volume", "time", "given_by", "response")
#: The slots that must be right for an event to count as wholly read.
COMPLETE = ("dose", "route", "site")


@dataclass(slots=True)
class Scores:
    """Counts over a corpus: right, invented and missed by field, right and wrong judgements, and errors by
    kind.
    """

    right: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    judged: Counter[tuple[str, bool]] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def f1(self, name: str) -> float:
        """Return F1 of a field; 0 where nothing of it was right.

        Examples
        --------
        >>> Scores(Counter(event=3), Counter(event=1), Counter(event=1)).f1("event")
        0.75
        """
        right = self.right[name]
        return 2 * right / (2 * right + self.invented[name] + self.missed[name]) if right else 0.0

    def accuracy(self, name: str) -> float:
        """Return the share of found events whose judgement (status, route_class, complete) is right."""
        right, wrong = self.judged[name, True], self.judged[name, False]
        return right / (right + wrong) if right else 0.0


def score_events(gold: Iterable[tuple[Sequence[Event], Sequence[Event]]]) -> Scores:
    """Score notes.

    Parameters
    ----------
    gold : iterable of tuple
        Gold events and predicted events of each note.

    Examples
    --------
    >>> b12 = {"drug": {"start": 0, "end": 3}, "status": "ordered", "route_class": "UNKNOWN"}
    >>> found = score_events([([b12], [b12 | {"status": "declined"}])])
    >>> found.f1("event"), found.accuracy("status"), found.errors
    (1.0, 0.0, Counter({'status: declined for ordered': 1}))
    """
    scores = Scores()
    for wanted, predicted in gold:
        _score_note(scores, wanted, [event for event in predicted if event.get("drug")])
    return scores


def _score_note(scores: Scores, wanted: Sequence[Event], predicted: Sequence[Event]) -> None:
    pairs = pair(wanted, predicted)
    found, used = {w for w, _ in pairs}, {p for _, p in pairs}
    for number, event in enumerate(wanted):
        if number not in found and not event.get("optional"):
            _count_alone(scores.missed, event, is_core(event) is True)
            scores.errors[f"missed event, {event['status']} {event['route_class']}"] += 1
            scores.judged["complete", False] += 1
    for number, event in enumerate(predicted):
        if number not in used:
            _count_alone(scores.invented, event, is_core_answer(event))
            scores.errors[f"invented event, {event.get('status')}"] += 1
    for w, p in pairs:
        if not wanted[w].get("optional"):
            _score_pair(scores, wanted[w], predicted[p])


def _count_alone(counts: Counter[str], event: Event, core: bool) -> None:
    counts["event"] += 1
    counts["core"] += core
    counts.update(slot for slot in SLOTS if written(event.get(slot)))
    counts["necessity"] += bool(event.get("necessity"))


def _score_pair(scores: Scores, want: Event, got: Event) -> None:
    scores.right["event"] += 1
    if (core := is_core(want)) is not None:
        _tally(scores, "core", core, is_core_answer(got), core and is_core_answer(got))
    good = [_judge(scores, "status", got.get("status"), want.get("status_any") or [want["status"]])]
    code = (got.get("route") or {}).get("code") or "UNKNOWN"
    _judge(scores, "route_class", code, want.get("route_class_any") or [want["route_class"]])
    good += [_slot(scores, slot, want, got) or slot not in COMPLETE for slot in SLOTS]
    _necessity(scores, want, got)
    scores.judged["complete", all(good)] += 1


def _judge(scores: Scores, name: str, got: str | None, wanted: Sequence[str]) -> bool:
    right = got in wanted
    scores.judged[name, right] += 1
    if not right:
        scores.errors[f"{name}: {got} for {wanted[0]}"] += 1
    return right


def _slot(scores: Scores, slot: str, want: Event, got: Event) -> bool:
    wanted, answer = want.get(slot), written(got.get(slot))
    if wanted is None and any(fits(span, answer) for span in want.get("optional_slots", {}).get(slot, ())):
        return True
    right = any(fits(span, answer) for span in ([wanted, *wanted.get("also", ())] if wanted else ()))
    _tally(scores, slot, bool(wanted), bool(answer), right)
    return right or not (wanted or answer)


def _necessity(scores: Scores, want: Event, got: Event) -> None:
    wanted, answers = want.get("necessity") or [], (got.get("necessity") or [])[:1]
    optional = want.get("optional_slots", {}).get("necessity", ())
    if not wanted and any(fits(span, answer) for span in optional for answer in answers):
        return
    right = any(fits(span, answer) for span in wanted for answer in answers)
    _tally(scores, "necessity", bool(wanted), bool(answers), right)


def _tally(scores: Scores, name: str, wanted: bool, answered: bool, right: bool) -> None:
    scores.right[name] += right
    scores.invented[name] += answered and not right
    scores.missed[name] += wanted and not right
    if (wanted or answered) and not right:
        kind = "wrong" if wanted and answered else "missed" if wanted else "invented"
        scores.errors[f"{name} {kind}"] += 1


def pair(wanted: Sequence[Event], predicted: Sequence[Event]) -> list[tuple[int, int]]:
    """Pair gold and predicted events one to one, the likeliest first.

    Examples
    --------
    >>> b12 = {"drug": {"start": 0, "end": 3}, "status": "ordered"}
    >>> pair([b12], [{"drug": {"start": 9, "end": 12}}, b12])
    [(0, 1)]
    """
    options = sorted(
        (-_likeness(want, got), w, p)
        for w, want in enumerate(wanted)
        for p, got in enumerate(predicted)
        if any(fits(span, got["drug"]) for span in (want["drug"], *want.get("also", ())))
    )
    pairs: dict[int, int] = {}
    for _, w, p in options:
        if w not in pairs and p not in pairs.values():
            pairs[w] = p
    return sorted(pairs.items())


def _likeness(want: Event, got: Event) -> float:
    statuses = want.get("status_any") or [want["status"]]
    same = sum(overlap(want.get(slot), got.get(slot)) * weight for slot, weight in _WEIGHTS.items())
    return same + 0.5 * (got.get("status") in statuses) - 0.6 * bool(want.get("optional"))


_WEIGHTS = {"drug": 1.0, "dose": 1.0, "route": 0.5}


def overlap(a: Event | None, b: Event | None) -> bool:
    """Return whether two spans share a character; a slot without words has none.

    Examples
    --------
    >>> overlap({"start": 0, "end": 3}, {"start": 2, "end": 5}), overlap({"start": None}, None)
    (True, False)
    """
    if not (written(a) and written(b)):
        return False
    assert a is not None
    assert b is not None
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def fits(gold: Event | None, answer: Event | None) -> bool:
    """Return whether an answer overlaps the gold span and is not drawn wide to catch anything.

    Examples
    --------
    >>> fits({"start": 0, "end": 5}, {"start": 4, "end": 90})
    False
    """
    if not overlap(gold, answer):
        return False
    assert gold is not None
    assert answer is not None
    return bool(answer["end"] - answer["start"] <= 2 * (gold["end"] - gold["start"]) + 20)


def written(slot: Any) -> Event | None:
    """Return a slot that points at words of the note, or None.

    Examples
    --------
    >>> written({"start": None, "code": "IM"})
    """
    return slot if isinstance(slot, Mapping) and slot.get("start") is not None else None


def is_core(want: Event) -> bool | None:
    """Return whether a gold event was given here by IM or SC, as written; None where its readers part.

    Examples
    --------
    >>> is_core({"status": "administered", "route_class": "IM"})
    True
    """
    routes = want.get("route_class_any") or [want["route_class"]]
    statuses = want.get("status_any") or [want["status"]]
    given = {status == "administered" for status in statuses}
    needle = {route in ("IM", "SC") for route in routes}
    if given == needle == {True}:
        return True
    return False if {False} in (given, needle) else None


def is_core_answer(got: Event) -> bool:
    """Return whether a prediction says so.

    Examples
    --------
    >>> is_core_answer({"status": "administered", "route": {"code": "SC"}})
    True
    """
    return got.get("status") == "administered" and (got.get("route") or {}).get("code") in ("IM", "SC")


def commonest(corpora: Mapping[str, Scores], most: int = 20) -> Iterator[tuple[str, list[int]]]:
    """Yield the commonest kinds of error over all corpora, with the count in each.

    Examples
    --------
    >>> list(commonest({"a": Scores(errors=Counter(x=2)), "b": Scores(errors=Counter(y=1))}))
    [('x', [2, 0]), ('y', [0, 1])]
    """
    together: Counter[str] = sum((scores.errors for scores in corpora.values()), Counter())
    for kind, _ in together.most_common(most):
        yield kind, [scores.errors[kind] for scores in corpora.values()]
