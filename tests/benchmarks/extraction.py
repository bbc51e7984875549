"""How fast notes are read, side by side in one run: python tests/benchmarks/extraction.py NOTES.jsonl

Prints notes a second on one core, and the ratio to the blank tokenizer of spaCy for our scan, extraction and
whole review. The speed of the machine drops out of the ratios; nothing here decides a test.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import spacy

from deltoid.pipeline.assemble import assemble
from deltoid.pipeline.events import events_of
from deltoid.pipeline.reading import read_note
from deltoid.pipeline.types import Note
from deltoid.pipeline.words import find_words
from deltoid.service.engine import build_engine
from deltoid.service.review import review

DAY = date(2026, 1, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notes", type=Path, help="JSONL with a note a line")
    parser.add_argument("--most", type=int, default=300, help="how many notes to read")
    given = parser.parse_args()
    lines = given.notes.read_text(encoding="utf-8").splitlines()[: given.most]
    texts = [json.loads(line)["note"] for line in lines]
    base = None
    for name, work in _contestants().items():
        work(texts[0])  # tables load outside the measured time
        speed = _speed(work, texts)
        base = base or speed
        print(f"{name:34s} {speed:8.1f} notes/s  {speed / base:6.3f} x")


def _contestants() -> dict[str, Callable[[str], object]]:
    blank = spacy.blank("en")
    engine = build_engine()

    def extract(text: str) -> object:
        reading = read_note(text)
        return assemble(reading, events_of(reading))

    def whole(text: str) -> object:
        return review(Note("n", text), engine=engine, today=DAY)

    return {
        "spaCy blank tokenizer": blank,
        "Deltoid: multi-pattern scan": find_words,
        "Deltoid: extraction": extract,
        "Deltoid: whole review": whole,
    }


def _speed(work: Callable[[str], object], texts: list[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        work(text)
    return len(texts) / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
