"""The marked sentences: how many texts of each phenomenon the pipeline reads wholly as a person marked them.

Right means: each event found at its drug, none invented, with status, doubt, route code, dose, strength, site
and every other slot that is marked. `sentences/floors.toml` holds the share reached when last measured.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from spacy.language import Language

from deltoid.annotations.marked import MarkedEvent, MarkedText, read_marked
from deltoid.pipeline.nlp import extract, load
from deltoid.pipeline.types import Injection, Mention

FOLDER = Path(__file__).parent / "sentences"
FLOORS: dict[str, float] = tomllib.loads((FOLDER / "floors.toml").read_text(encoding="utf-8"))["floors"]
TEXTS = {path.stem: read_marked(path) for path in sorted(FOLDER.glob("*.txt"))}
EACH = [pytest.param(text, id=f"{name}:{text.line}") for name, texts in TEXTS.items() for text in texts]

#: Slots that must be empty where nothing is marked; the others are only compared where something is.
STRICT = ("dose", "volume", "strength", "route", "site", "lot", "ndc", "exp")
SLOTS = {
    "dose": "dose", "volume": "volume", "strength": "strength", "route": "route", "site": "site",
    "lot": "lot", "ndc": "ndc", "exp": "expiration", "why": "necessity", "giver": "given_by", "time": "time",
    "order": "ordered_by", "supervisor": "supervised_by", "response": "response", "consent": "consent",
    "waste": "waste", "source": "drug_source", "container": "container", "labelled": "labelled_amount",
}  # fmt: skip
Read = tuple[MarkedText, list[str]]


def overlap(a: Mention, b: Mention) -> bool:
    return a.start < b.end and b.start < a.end


def fits(found: Mention, marked: Mention) -> bool:
    """Overlap by words that are not drawn wide to catch anything."""
    return overlap(found, marked) and found.end - found.start <= 2 * (marked.end - marked.start) + 20


def mentions(value: object) -> Iterator[Mention]:
    """Yield every mention within a value, whatever holds it."""
    if isinstance(value, Mention):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from mentions(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from mentions(getattr(value, field.name))


def likeness(marked: MarkedEvent, found: Injection) -> float:
    """Return how well two events go together; 0 where they cannot be the same."""
    if found.drug is None:
        return 0.0 if "drug" in marked.slots else 0.5 + (found.status == marked.status)
    names = marked.slots.get("drug", ()) + marked.slots.get("also", ())
    if not any(fits(found.drug.mention, name) for name in names):
        return 0.0
    same_drug = any(overlap(found.drug.mention, name) for name in marked.slots.get("drug", ()))
    same_slots = sum(agree(marked, found, slot) is None for slot in ("dose", "route", "time"))
    return 1.0 + same_drug + 0.5 * same_slots + 0.5 * (found.status == marked.status)


def pairs(text: MarkedText, found: Sequence[Injection]) -> dict[int, Injection]:
    """Return the best found event for each marked one, each used once."""
    options = [
        (-likeness(marked, event), m, f)
        for m, marked in enumerate(text.events)
        for f, event in enumerate(found)
    ]
    pairing: dict[int, int] = {}
    for unlikeness, m, f in sorted(options):
        if unlikeness and m not in pairing and f not in pairing.values():
            pairing[m] = f
    return {text.events[m].id: found[f] for m, f in pairing.items()}


def agree(marked: MarkedEvent, found: Injection, slot: str) -> str | None:
    """Return what is wrong with a slot, None if nothing is."""
    best, accepted = marked.slots.get(slot, ()), marked.slots.get(f"{slot}?", ())
    told = list(mentions(getattr(found, SLOTS[slot])))
    if not told:
        return f"{slot} missed" if best else None
    if any(fits(told[0], mention) for mention in best + accepted):
        return None
    return f"{slot} is wrong" if best or slot in STRICT else None


def facts_wrong(marked: MarkedEvent, found: Injection) -> Iterator[str]:
    told = {
        "status": (marked.status, found.status),
        "route code": (marked.route, found.route.code if found.route else None),
        "doubt": (marked.facts.get("doubt"), found.doubt),
        "by_other": (marked.facts.get("by_other") == "yes", found.by_other_entity),
    }
    if "side" in marked.facts and len(marked.slots.get("site", ())) == 1:
        told["side"] = (marked.facts["side"], found.site.laterality if found.site else None)
    name = found.drug.name if found.drug else None
    for fact, value in (
        ("name", name),
        ("sticks", str(found.sticks)),
        ("device", found.device),
        ("target", found.target),
    ):
        if fact in marked.facts:
            told[fact] = (marked.facts[fact], value)
    if "mixed" in marked.facts:
        told["mixed"] = (str(len(marked.facts["mixed"].split(","))), str(len(found.mixed_with)))
    yield from (f"{name} {got} for {wanted}" for name, (wanted, got) in told.items() if wanted != got)


def faults(text: MarkedText, found: Sequence[Injection]) -> list[str]:
    """Return all that is wrong with what was found in a text."""
    paired = pairs(text, found)
    wrong = [f"#{event.id} missed" for event in text.events if event.id not in paired]
    wrong += ["an event invented"] * (len(found) - len(paired))
    for event in text.events:
        if other := paired.get(event.id):
            slots = [agree(event, other, slot) for slot in SLOTS]
            wrong += [f"#{event.id} {what}" for what in (*facts_wrong(event, other), *slots) if what]
    return wrong


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="module")
def read(nlp: Language) -> dict[str, list[Read]]:
    return {
        name: [(text, faults(text, extract(nlp, text.text)[0])) for text in texts]
        for name, texts in TEXTS.items()
    }


def share(reads: Sequence[Read]) -> float:
    return sum(not wrong for _, wrong in reads) / len(reads)


def report(name: str, reads: Sequence[Read]) -> str:
    lines = [
        f"{name}.txt:{text.line}: {'; '.join(wrong)}\n    {text.text!r}" for text, wrong in reads if wrong
    ]
    return "\n".join([f"{name}: {share(reads):.3f}", *lines])


@pytest.mark.parametrize("name", TEXTS)
def test_the_phenomenon_is_read_as_well_as_before(name: str, read: dict[str, list[Read]]) -> None:
    summary = report(name, read[name])
    print(summary)  # noqa: T201 - what to work on next, shown by pytest -rP
    assert share(read[name]) >= FLOORS[name], summary


def test_all_together_are_read_as_well_as_before(read: dict[str, list[Read]]) -> None:
    reached = share([one for reads in read.values() for one in reads])
    assert reached >= FLOORS["all"], f"all: {reached:.3f}"


def test_every_phenomenon_has_a_floor() -> None:
    assert set(FLOORS) == {"all", *TEXTS}


@pytest.mark.parametrize("text", EACH)
def test_offsets_are_exact(text: MarkedText, nlp: Language) -> None:
    marked = [mention for event in text.events for slot in event.slots.values() for mention in slot]
    found = list(mentions(extract(nlp, text.text)))
    assert [m for m in marked + found if text.text[m.start : m.end] != m.text or not m.text] == []


def test_a_wrong_reading_is_told() -> None:
    (text,) = read_marked("[drug#1 B12] [dose#1 1 mL] [route#1 IM] given\n=> #1 administered IM")
    (right,) = extract(load(), text.text)[0]
    assert faults(text, [right]) == []
    assert faults(text, []) == ["#1 missed"]
    assert faults(text, [right, right]) == faults(MarkedText(text.text), [right]) == ["an event invented"]
    assert faults(text, [replace(right, status="ordered", dose=None)]) == [
        "#1 status ordered for administered", "#1 dose missed",
    ]  # fmt: skip
    assert faults(text, [replace(right, volume=right.dose)]) == ["#1 volume is wrong"]
