"""What the augmenter is worth: python tests/benchmarks/augmentation.py --notes NOTES.jsonl --labels
GOLD.jsonl

Trains spaCy's named entity recogniser on the training part with its words as they are, and again with new
notes beside them, on the same number of updates and with the same seeds; prints F1 of the spans (overlap)
on the gold dev part and on the labelled notes that are named, which no training saw. Means over the seeds.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import compounding, filter_spans, fix_random_seed, minibatch

from deltoid.annotations.augment.augmenting import augment
from deltoid.annotations.corpus import GOLD, read_notes
from deltoid.annotations.marked import MarkedText
from deltoid.annotations.scoring import to_gold

SLOTS = ("drug", "dose", "route", "site")
Labelled = tuple[str, dict[str, list[tuple[int, int]]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=Path, required=True, help="JSON Lines with id and note")
    parser.add_argument("--labels", type=Path, required=True, help="JSON Lines with id and events")
    parser.add_argument("--updates", type=int, default=1500)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--times", type=int, default=2, help="new notes for each note")
    given = parser.parse_args()
    train = read_notes(GOLD, "train")
    new = list(augment(train, times=given.times))
    tests = {
        "gold dev": [_of_gold(note) for note in read_notes(GOLD, "dev")],
        given.notes.parent.name: _other(given),
    }
    print(
        "| trained on | " + " | ".join(f"{test} {slot}" for test in tests for slot in (*SLOTS, "all")) + " |"
    )
    for name, notes in {"the notes": train, f"and {given.times} new of each": [*train, *new]}.items():
        runs = [_run(notes, tests, seed, given.updates) for seed in range(given.seeds)]
        print(
            f"| {name} | " + " | ".join(f"{mean(column):.3f}" for column in zip(*runs, strict=True)) + " |",
            flush=True,
        )


def _run(
    notes: Sequence[MarkedText], tests: dict[str, list[Labelled]], seed: int, updates: int
) -> list[float]:
    nlp = _trained(notes, seed, updates)
    return [figure for test in tests.values() for figure in _scores(nlp, test)]


def _trained(notes: Sequence[MarkedText], seed: int, updates: int) -> Language:
    fix_random_seed(seed)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    examples = [_example(nlp, note) for note in notes]
    optimizer = nlp.initialize(lambda: examples[:200])
    rng = random.Random(seed)
    for batch in _batches(examples, rng, updates):
        nlp.update(batch, sgd=optimizer, drop=0.2)
    return nlp


def _batches(examples: list[Example], rng: random.Random, updates: int) -> Iterator[list[Example]]:
    done = 0
    while True:
        rng.shuffle(examples)
        for batch in minibatch(examples, compounding(4.0, 16.0, 1.002)):
            yield batch
            done += 1
            if done == updates:
                return


def _example(nlp: Language, note: MarkedText) -> Example:
    doc, told = nlp.make_doc(note.text), nlp.make_doc(note.text)
    spans = [
        told.char_span(m.start, m.end, slot, alignment_mode="expand")
        for event in note.events
        for slot in SLOTS
        for m in event.slots.get(slot, ())
    ]
    told.ents = filter_spans([span for span in spans if span])
    return Example(doc, told)


def _of_gold(note: MarkedText) -> Labelled:
    return _labelled(note.text, to_gold(note)["events"])


def _other(given: argparse.Namespace) -> list[Labelled]:
    texts = {item["id"]: item["note"] for item in _lines(given.notes)}
    return [_labelled(texts[label["id"]], label["events"]) for label in _lines(given.labels)]


def _labelled(text: str, events: Sequence[dict[str, Any]]) -> Labelled:
    spans = {slot: {(e[slot]["start"], e[slot]["end"]) for e in events if e.get(slot)} for slot in SLOTS}
    return text, {slot: sorted(places) for slot, places in spans.items()}


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _scores(nlp: Language, notes: Sequence[Labelled]) -> list[float]:
    counts = {slot: [0, 0, 0] for slot in SLOTS}
    for (_, gold), doc in zip(notes, nlp.pipe(text for text, _ in notes), strict=True):
        for slot in SLOTS:
            _count(counts[slot], gold[slot], doc, slot)
    together = [sum(column) for column in zip(*counts.values(), strict=True)]
    return [2 * found / max(wanted + told, 1) for found, wanted, told in (*counts.values(), together)]


def _count(counts: list[int], gold: Sequence[tuple[int, int]], doc: Doc, slot: str) -> None:
    told = [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == slot]
    counts[0] += sum(any(a < d and c < b for c, d in told) for a, b in gold)
    counts[1] += len(gold)
    counts[2] += len(told)


if __name__ == "__main__":
    main()
