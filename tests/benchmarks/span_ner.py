"""What spaCy's own entity recogniser learns of the same notes: python tests/benchmarks/span_ner.py
[--notes NOTES.jsonl --labels GOLD.jsonl] [--updates N] [--seed S]

Trains tok2vec and ner, as `spacy init config` makes them for the CPU, on the spans of the gold training part
and of the narratives; prints F1 of the spans, exact and by overlap, on what no training saw, beside the spans
of the events that the rules find. A span is found where any accepted place of it is; what is optional counts
neither way. Gold labels the spans of injections alone: a drug that is only named is wrong where it is told.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import count, islice
from pathlib import Path
from time import perf_counter
from typing import Any

from spacy.cli.init_config import init_config
from spacy.language import Language
from spacy.training import Example
from spacy.util import filter_spans, load_model_from_config
from thinc.api import compounding, fix_random_seed

from deltoid.annotations.corpus import GOLD, read_notes
from deltoid.annotations.marked import MarkedText
from deltoid.annotations.narratives import read_narratives
from deltoid.models.as_scored import as_scored
from deltoid.models.event_scores import written
from deltoid.models.extraction.evaluation import Gold, Labelled, labelled, narratives
from deltoid.pipeline.nlp import extract, load

SLOTS = ("drug", "dose", "route", "site")
#: A drug's other mentions are drugs too: unlabelled they would be taught as words that are none.
LABELS = {"also": "drug", **dict(zip(SLOTS, SLOTS, strict=True))}
Span = tuple[int, int]
Spans = dict[str, set[Span]]
Finder = Callable[[Sequence[Labelled]], list[Spans]]
#: Of one slot in one note: what is wanted, each with its other places; what is optional; what was told.
Case = tuple[set[frozenset[Span]], set[Span], set[Span]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=Path, help="JSON Lines with id and note")
    parser.add_argument("--labels", type=Path, help="JSON Lines with id and events")
    parser.add_argument("--updates", type=int, default=1200, help="minibatches, of 4 and later 16 notes")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    tests = {"narratives n10": narratives("dev"), "gold dev": labelled(read_notes(GOLD, "dev"))}
    if given.notes and given.labels:
        tests[given.notes.parent.name] = _other(given.notes, given.labels)
    train, begun = [*read_notes(GOLD, "train"), *read_narratives("train")], perf_counter()
    ner, rules = _trained(train, given.seed, given.updates), load(spans=False)
    lasted = perf_counter() - begun
    extract(rules, "")  # the tables are read with the first note
    print(f"{len(train)} notes, {given.updates} updates, seed {given.seed}: trained in {lasted:.0f} s")
    finders: dict[str, Finder] = {"NER": partial(_by_ner, ner), "rules": partial(_by_rules, rules)}
    told = {name: _told(name, find, tests) for name, find in finders.items()}
    print("\n".join(_table(tests, told)))


def _other(notes: Path, labels: Path) -> list[Labelled]:
    texts = {item["id"]: item["note"] for item in _lines(notes)}
    return [Labelled(texts[label["id"]], None, label["events"]) for label in _lines(labels)]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _trained(notes: Sequence[MarkedText], seed: int, updates: int) -> Language:
    fix_random_seed(seed)
    config = init_config(lang="en", pipeline=["ner"], optimize="efficiency", gpu=False)
    nlp = load_model_from_config(config, auto_fill=True)
    examples, rng = [_example(nlp, note) for note in notes], random.Random(seed)
    optimizer = nlp.initialize(lambda: examples)
    shuffled = (example for _ in count() for example in rng.sample(examples, len(examples)))
    for size in islice(compounding(4.0, 16.0, 1.002), updates):
        nlp.update(list(islice(shuffled, int(size))), sgd=optimizer, drop=config["training"]["dropout"])
    return nlp


def _example(nlp: Language, note: MarkedText) -> Example:
    told = nlp.make_doc(note.text)
    spans = [
        told.char_span(words.start, words.end, label, alignment_mode="expand")
        for event in note.events
        for slot, label in LABELS.items()
        for words in event.slots.get(slot, ())
    ]
    told.ents = filter_spans([span for span in spans if span])
    return Example(nlp.make_doc(note.text), told)


def _told(name: str, find: Finder, tests: dict[str, list[Labelled]]) -> dict[str, list[Spans]]:
    begun = perf_counter()
    told = {test: find(notes) for test, notes in tests.items()}
    print(f"{name}: {sum(map(len, tests.values())) / (perf_counter() - begun):.0f} notes/s")
    return told


def _by_ner(nlp: Language, notes: Sequence[Labelled]) -> list[Spans]:
    found = (doc.ents for doc in nlp.pipe(note.text for note in notes))
    return [{s: {(e.start_char, e.end_char) for e in ents if e.label_ == s} for s in SLOTS} for ents in found]


def _by_rules(nlp: Language, notes: Sequence[Labelled]) -> list[Spans]:
    found = ([as_scored(event) for event in extract(nlp, note.text, note.day)[0]] for note in notes)
    return [{slot: set(_places(event[slot] for event in events)) for slot in SLOTS} for events in found]


def _places(slots: Iterable[Any]) -> Iterator[Span]:
    return ((place["start"], place["end"]) for slot in slots if (place := written(slot)))


def _table(tests: dict[str, list[Labelled]], told: dict[str, dict[str, list[Spans]]]) -> Iterator[str]:
    yield f"| F1 of spans | n | {' | '.join(f'{name} exact | {name} overlap' for name in told)} |"
    yield "| --- |" + " --: |" * (1 + 2 * len(told))
    for test, notes in tests.items():
        for kind, slots in {**{slot: (slot,) for slot in SLOTS}, "all": SLOTS}.items():
            pairs = [list(zip(notes, found[test], strict=True)) for found in told.values()]
            cases = [[(*_wanted(n.gold, s), f[s]) for s in slots for n, f in found] for found in pairs]
            figures = [f"{_f1(some, exact):.3f}" for some in cases for exact in (True, False)]
            wanted = sum(len(asked) for asked, _, _ in cases[0])
            yield f"| {test}, {kind} | {wanted} | {' | '.join(figures)} |"


def _wanted(events: Iterable[Gold], slot: str) -> tuple[set[frozenset[Span]], set[Span]]:
    asked: set[frozenset[Span]] = set()
    free: set[Span] = set()
    for event in events:
        first = event.get(slot) or {}
        others = (event if slot == "drug" else first).get("also", ())
        places = frozenset(_places((first, *others)))
        free.update(_places(event.get("optional_slots", {}).get(slot, ())))
        if event.get("optional"):
            free |= places
        elif places:
            asked.add(places)
    return asked, free


def _f1(cases: Iterable[Case], exact: bool) -> float:
    found = wanted = right = judged = 0
    for asked, free, told in cases:
        good = {span for span in told if any(_same(span, places, exact) for places in asked)}
        found += sum(any(_same(span, places, exact) for span in told) for places in asked)
        wanted += len(asked)
        right += len(good)
        judged += len(good) + sum(not _same(span, free, exact=False) for span in told - good)
    precision, recall = right / max(judged, 1), found / max(wanted, 1)
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _same(span: Span, places: Iterable[Span], exact: bool) -> bool:
    return any(span == place if exact else span[0] < place[1] and place[0] < span[1] for place in places)


if __name__ == "__main__":
    main()
