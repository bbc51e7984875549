"""What is read right of labelled notes, corpora side by side: python tests/benchmarks/rules_on_gold.py
[--part test] [--notes NOTES.jsonl --labels GOLD.jsonl]

Reads the gold notes of a part, and other labelled notes where they are named, as `deltoid review` does.
Prints F1 by field,
the accuracy of status, route class and whole events, the outcome of the gold notes, and the commonest kinds
of error.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from deltoid.annotations.corpus import GOLD, read_notes
from deltoid.annotations.scoring import to_encounter, to_gold
from deltoid.models.event_scores import Scores, commonest, score_events
from deltoid.service.engine import build_engine
from deltoid.service.inputs.encounter import encounter
from deltoid.service.review import review
from deltoid.service.schemas.review import to_review_out

DAY = date(2026, 11, 21)
FIELDS = ("event", "core", "dose", "route", "site", "necessity", "strength", "time", "given_by", "response")


JUDGED = ("status", "route_class", "complete")
Lines = Sequence[Mapping[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="test", help="of the gold notes")
    parser.add_argument("--notes", type=Path, help="JSON Lines with id and note")
    parser.add_argument("--labels", type=Path, help="JSON Lines with id and events")
    parser.add_argument("--most", type=int, default=20, help="kinds of error to print")
    given = parser.parse_args()
    gold = read_notes(GOLD, given.part)
    reviews = reviewed([to_encounter(note) for note in gold])
    corpora = {f"gold {given.part}": scored([to_gold(note) for note in gold], reviews)}
    if given.notes and given.labels:
        other = reviewed(lines(given.notes))
        corpora[given.notes.parent.name] = scored(lines(given.labels), other)
    print("\n".join(table(corpora, given.most)))
    print("\noutcome of the gold notes (gold, answered): n")
    outcomes = Counter((n.facts["outcome"], reviews[n.facts["id"]]["decision"]["outcome"]) for n in gold)
    print("\n".join(f"  {want}, {got}: {count}" for (want, got), count in sorted(outcomes.items())))


def lines(path: Path) -> Lines:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def reviewed(items: Lines) -> dict[str, Any]:
    engine = build_engine()
    notes = [encounter({"context": {}, **item}, limit=1_000_000, id=str(item["id"])) for item in items]
    return {
        note.id: json.loads(to_review_out(review(note, engine=engine, today=DAY)).to_json()) for note in notes
    }


def scored(labels: Lines, reviews: Mapping[str, Any]) -> Scores:
    return score_events([(label["events"], reviews[label["id"]]["events"]) for label in labels])


def table(corpora: Mapping[str, Scores], most: int) -> Iterator[str]:
    yield f"| | {' | '.join(corpora)} |"
    yield f"| --- |{' --: |' * len(corpora)}"
    for name in FIELDS:
        counts = ((scores.f1(name), scores.right[name] + scores.missed[name]) for scores in corpora.values())
        yield f"| {name} F1 (n) | {' | '.join(f'{f1:.3f} ({n})' for f1, n in counts)} |"
    for name in JUDGED:
        yield f"| {name} | {' | '.join(f'{scores.accuracy(name):.3f}' for scores in corpora.values())} |"
    yield ""
    yield f"| kind of error | {' | '.join(corpora)} |"
    yield f"| --- |{' --: |' * len(corpora)}"
    for kind, counted in commonest(corpora, most):
        yield f"| {kind} | {' | '.join(map(str, counted))} |"


if __name__ == "__main__":
    main()
