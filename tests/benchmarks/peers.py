"""One contestant of extraction.py, in a process of its own: peers.py NAME NOTES.jsonl MOST

Runs under the interpreter that has the library of that name: medspaCy needs an older spaCy than ours. Prints
notes a second on one core, and the most memory that the process held, in MB.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable

Work = Callable[[str], object]


def blank() -> Work:
    import spacy

    return spacy.blank("en")


def medspacy() -> Work:
    import medspacy

    return medspacy.load()


def edsnlp() -> Work:
    import edsnlp

    nlp = edsnlp.blank("eds")
    for pipe in ("eds.normalizer", "eds.sentences", "eds.matcher", "eds.negation", "eds.quantities"):
        terms = {"drug": ["lidocaine", "ketorolac", "ceftriaxone"]}
        nlp.add_pipe(pipe, config={"terms": terms} if pipe == "eds.matcher" else {})
    return nlp


def scan() -> Work:
    from deltoid.pipeline.words import find_words

    return find_words


def rules() -> Work:
    from deltoid.pipeline.assemble import assemble
    from deltoid.pipeline.events import events_of
    from deltoid.pipeline.reading import read_note

    def work(text: str) -> object:
        reading = read_note(text)
        return assemble(reading, events_of(reading))

    return work


def encoder() -> Work:
    from importlib import resources

    from deltoid.models.current import served
    from deltoid.models.extraction.encoder import Encoder
    from deltoid.models.extraction.second_look import second_look
    from deltoid.pipeline.assemble import assemble
    from deltoid.pipeline.events import events_of
    from deltoid.pipeline.reading import read_note

    current = served()["extraction"]
    assert current is not None
    reader = Encoder.load(resources.files("deltoid.models.store") / current.name)

    def work(text: str) -> object:
        reading = read_note(text)
        return second_look(reading, assemble(reading, events_of(reading)), reader, reader.settings.sure)

    return work


def review() -> Work:
    from datetime import date

    from deltoid.pipeline.types import Note
    from deltoid.service.engine import build_engine
    from deltoid.service.review import review

    engine = build_engine()
    return lambda text: review(Note("n", text), engine=engine, today=date(2026, 1, 2))


CONTESTANTS = (blank, medspacy, edsnlp, scan, rules, encoder, review)


def main() -> None:
    name, path, most = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    with open(path, encoding="utf-8") as lines:  # noqa: PTH123 (runs under a peer's interpreter too)
        texts = [json.loads(line)["note"] for line, _ in zip(lines, range(most), strict=False)]
    work = next(make for make in CONTESTANTS if make.__name__ == name)()
    for text in texts[:3]:
        work(text)  # what loads late loads outside the measured time
    start = time.perf_counter()
    for text in texts:
        work(text)
    speed = len(texts) / (time.perf_counter() - start)
    print(json.dumps({"speed": speed, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
