"""How much of what is read hangs on how a note is written: python tests/benchmarks/robustness.py
[--part dev] [--notes NOTES.jsonl --labels GOLD.jsonl] [--artifact FOLDER]

Writes every labelled note anew in ways that leave its meaning alone, carries the gold offsets along, and
prints the scores of the notes as they are and by how much each way moves them: by the rules alone, and with
--artifact by rules and encoder too. Ends with an error that names the note where reading it fails, where a
mention does not quote it, or where a gold span lost its words.
"""

from __future__ import annotations

import argparse
import calendar
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict
from datetime import date
from functools import cache, partial
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from deltoid.annotations.augment.edits import Edit, apply_edits
from deltoid.annotations.augment.noise import Noise, lower, scanned, upper, wrapped
from deltoid.annotations.corpus import GOLD, read_notes
from deltoid.annotations.marked import MarkedEvent, MarkedText
from deltoid.models.extraction.encoder import Encoder
from deltoid.models.extraction.evaluation import Asked, Labelled, asked, labelled, scored
from deltoid.models.extraction.second_look import combined
from deltoid.pipeline.sections import find_sections
from deltoid.pipeline.tabular import read
from deltoid.pipeline.types import Mention
from deltoid.pipeline.words import find_words

FIELDS, JUDGED = ("event", "core", "dose", "route", "site", "necessity"), ("status", "route_class")
MISREAD = 0.01  # letters misread, as a share of all letters
NAME = r"([A-Z][a-z]{2,})\b"
TITLE = r"(?:Dr|Mr|Mrs|Ms|MD|DO|PA-C|PA|NP|FNP|RN|LPN|LVN|CMA|RMA|MA|PharmD)\b"
PLACE = r"(?:Hospital|Clinic|Medical|Health|Center|County|Pharmacy|Urgent|Street|Rd|Ave)\b"
NAMED = (
    rf"\b{TITLE}\.? (?:[A-Z]\.? )?{NAME}", rf"\b{NAME}(?: [A-Z]\.?)?,? {TITLE}", rf"^{NAME}, [A-Z]",
    rf"^[A-Z][a-z]+, {NAME}", rf"\b(?:at|in|from|near) {NAME}", rf"\b{NAME} {PLACE}",
)  # fmt: skip
Notes = Mapping[str, Labelled]
Change = Callable[[MarkedText, Random], MarkedText]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="dev", help="of the gold notes")
    parser.add_argument("--notes", type=Path, help="JSON Lines with id and note")
    parser.add_argument("--labels", type=Path, help="JSON Lines with id and events")
    parser.add_argument("--artifact", type=Path, help="folder of an encoder that reads too")
    given = parser.parse_args()
    gold = read_notes(GOLD, given.part)
    ids = [note.facts["id"] for note in gold]
    corpora: dict[str, Notes] = {f"gold {given.part}": dict(zip(ids, labelled(gold), strict=True))}
    if given.notes and given.labels:
        corpora[given.notes.parent.name] = dict(labelled_lines(given.notes, given.labels))
    for line in table(corpora, Encoder.load(given.artifact) if given.artifact else None):
        print(line, flush=True)


def labelled_lines(notes: Path, labels: Path) -> Iterator[tuple[str, Labelled]]:
    gold = {told["id"]: told["events"] for told in lines(labels)}
    for told in lines(notes):
        day = told.get("context", {}).get("date_of_service")
        yield told["id"], Labelled(told["note"], date.fromisoformat(day) if day else None, gold[told["id"]])


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def table(corpora: Mapping[str, Notes], encoder: Encoder | None) -> Iterator[str]:
    readers = {"rules": None, **({"rules and encoder": encoder.settings.sure} if encoder else {})}
    yield f"| notes | read by | changed | {' | '.join((*FIELDS, *JUDGED))} |"
    yield f"| --- | --- |{' --: |' * (1 + len(FIELDS) + len(JUDGED))}"
    for corpus, notes in corpora.items():
        before: dict[str, list[float]] = {}
        for way in WAYS:
            new = {name: rewritten(name, note, way) for name, note in notes.items()}
            changed = sum(new[name].text != note.text for name, note in notes.items())
            told = [looked(f"{name}, {way}", note, encoder) for name, note in new.items()]
            for by, sure in readers.items():
                scores = scored(told, sure)
                now = [*map(scores.f1, FIELDS), *map(scores.accuracy, JUDGED)]
                yield f"| {corpus}, {way} | {by} | {changed} | {' | '.join(cells(now, before.get(by)))} |"
                before.setdefault(by, now)


def cells(now: Sequence[float], before: Sequence[float] | None) -> list[str]:
    if before is None:
        return [f"{figure:.3f}" for figure in now]
    return [f"{figure:.3f} ({figure - old:+.3f})" for figure, old in zip(now, before, strict=True)]


def looked(name: str, note: Labelled, encoder: Encoder | None) -> Asked:
    """Return how a note is read, once it is sure that nothing fails and every mention quotes the note."""
    try:
        [told] = asked([note], encoder)
        events = [*told.events]
        if encoder:
            events += combined(told.reading, told.events, told.answers, encoder.settings.sure)
    except Exception as error:
        raise RuntimeError(f"{name}: reading it failed") from error
    for span in spans([asdict(event) for event in events]):
        if note.text[span["start"] : span["end"]] != span["text"]:
            raise RuntimeError(f"{name}: a mention at {span['start']} does not quote the note")
    return told


def rewritten(name: str, note: Labelled, way: str) -> Labelled:
    """Return a note in one way of writing, with its gold where the words stand now."""
    change, form = WAYS[way]
    gold = deepcopy(note.gold)
    # to the tools that move marks, all gold spans are marks of one event
    old = with_marks(note.text, ((span["start"], span["end"]) for span in spans(gold)))
    new = change(old, Random(f"{way}/{name}"))
    for span, mark, now in zip(spans(gold), marks(old), marks(new), strict=True):
        assert form(mark.text) == form(now.text), f"{name}, {way}: the gold span at {mark.start} was lost"
        span |= {"start": now.start, "end": now.end, "text": now.text}
    return Labelled(new.text, note.day, gold)


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every span within a plain value, whatever holds it."""
    if isinstance(value, dict):
        if isinstance(value.get("start"), int):
            yield value
        value = [*value.values()]
    for part in value if isinstance(value, list | tuple) else ():
        yield from spans(part)


def with_marks(text: str, places: Iterable[tuple[int, int]]) -> MarkedText:
    found = tuple(Mention("", start, end, text[start:end]) for start, end in places)
    return MarkedText(text, (MarkedEvent(1, "ordered", None, {"": found}),))


def marks(note: MarkedText) -> tuple[Mention, ...]:
    return note.events[0].slots[""]


def edited(*noises: Noise) -> Change:
    def change(note: MarkedText, rng: Random) -> MarkedText:
        for noise in noises:
            note = apply_edits(note, noise(note, rng))
        return note

    return change


def replaced(pattern: str, *words: str) -> Noise:
    """Return a noise that puts one of the words for whatever fits a pattern."""

    def noise(note: MarkedText, rng: Random) -> Iterator[Edit]:
        yield from (Edit(*hit.span(), rng.choice(words)) for hit in re.finditer(pattern, note.text))

    return noise


def misread(note: MarkedText, rng: Random) -> Iterator[Edit]:
    """Yield look-alikes, so many that they come to `MISREAD` of the letters."""
    alike = sum(1 for _ in scanned(note, rng, share=1))
    yield from scanned(note, rng, share=MISREAD * sum(map(str.isalpha, note.text)) / max(alike, 1))


def renamed(note: MarkedText, rng: Random) -> Iterator[Edit]:
    """Yield other names for people and places, the same for one wherever it stands."""
    found = {hit[1] for pattern in NAMED for hit in re.finditer(pattern, note.text, re.MULTILINE)}
    names = sorted(w for w in found if w.lower() not in ordinary() and not any(find_words(w).values()))
    table = files("deltoid.annotations.augment") / "names.csv"
    others = [row["name"] for row in read("names.csv", ("name", "source"), source=table)]
    chosen = dict(zip(names, rng.sample([w for w in others if w not in note.text], len(names)), strict=True))
    yield from (
        Edit(*hit.span(), chosen[hit[1]]) for hit in re.finditer(rf"\b{NAME}", note.text) if hit[1] in chosen
    )


@cache
def ordinary() -> frozenset[str]:
    """Return what is no name, capital or not: days, months and what the training notes write small."""
    days = (*calendar.month_name, *calendar.month_abbr, *calendar.day_name, *calendar.day_abbr, "sept")
    texts = (note.text for note in read_notes(GOLD, "train"))
    return frozenset(
        (*map(str.lower, days), *(word for text in texts for word in re.findall("[a-z]+", text)))
    )


def shuffled(note: MarkedText, rng: Random) -> MarkedText:
    """Return the note with its sections in another order, every mark where its words went.

    What stands before the first heading stays first: behind another section it would be part of it.
    """
    starts = sorted({section.start for section in find_sections(note.text)[1:]})
    whole = [cut for cut in starts if not any(mark.start < cut < mark.end for mark in marks(note))]
    first, *rest = pairwise([0, *whole, len(note.text)])
    order = [first, *rng.sample(rest, len(rest))]
    if order == [first, *rest]:
        return note
    text, moved = "", {}
    for start, end in order:
        moved.update(dict.fromkeys(range(start, end), len(text) - start))
        text += note.text[start:end] + ("\n" if note.text[start:end][-1:] not in ("", "\n") else "")
    return with_marks(text, ((m.start + moved[m.start], m.end + moved[m.start]) for m in marks(note)))


def squeezed(words: str) -> str:
    return " ".join(words.split())


ALIKE = str.maketrans("lO5B", "10S8")
# a line end within a paragraph stands behind a long line that goes on in small letters
UNWRAPPED = replaced(r"(?<=[^\n]{50})\n(?=[a-z(])", " ")
#: The ways of writing a note, and of each what it leaves of the words it touches; the first changes nothing.
WAYS: Mapping[str, tuple[Change, Callable[[str], str]]] = {
    "as they are": (edited(), str),
    "all capitals": (edited(upper), str.lower),
    "all small letters": (edited(lower), str.lower),
    "doubled blanks and tabs": (edited(replaced(r"(?<=\S) (?=\S)", "  ", "  ", "\t")), squeezed),
    "wrapped at 60": (edited(UNWRAPPED, partial(wrapped, width=60)), squeezed),
    "CRLF": (edited(replaced(r"(?<!\r)\n", "\r\n")), squeezed),
    "letters misread": (edited(misread), lambda words: words.replace("rn", "m").translate(ALIKE)),
    "other names and places": (edited(renamed), lambda words: re.sub(NAME, "Name", words)),
    "sections shuffled": (shuffled, str),
}

if __name__ == "__main__":
    main()
