"""One card an event: every field with its words in the note, its status, its four answers."""

from __future__ import annotations

from dataclasses import dataclass

from deltoid.pipeline.explain.codes import code_words
from deltoid.pipeline.types import Injection, Judgement, Review
from deltoid.service.web.marks import Chip, Marks
from deltoid.service.web.slots import Filler, fillers, meaning, mention
from deltoid.service.web.words import Label, Slot, label, slots, word, words


@dataclass(frozen=True, slots=True)
class Value:
    """What a field is taken to mean, and the words of the note that say so; None where they only imply it."""

    meaning: str
    chip: Chip | None


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a card; no values: the note does not say."""

    title: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the four questions that are kept apart, and its answer."""

    title: str
    label: Label


@dataclass(frozen=True, slots=True)
class Card:
    """An event as the page shows it."""

    number: int
    id: str
    title: str
    status: Label
    doubt: str
    by_other: bool
    rows: tuple[Row, ...]
    absent: tuple[str, ...]
    how: str
    purpose: str
    verdict: Label | None
    code: str
    code_words: str
    answers: tuple[Answer, ...]


def cards_of(review: Review, marks: Marks) -> tuple[Card, ...]:
    """Return the cards of a review in the order of its events.

    Parameters
    ----------
    review : Review
    marks : Marks
        Of the same review.

    Returns
    -------
    tuple of Card

    Examples
    --------
    >>> from deltoid.pipeline.types import *
    >>> event = Injection("e1", "declined")
    >>> review = Review(Note("n", ""), (event,), EncounterFacts(), Decision("query"), ("", ""))
    >>> cards_of(review, Marks((), {}))[0].title
    'Unnamed substance'
    """
    judged = {judgement.event: judgement for judgement in review.decision.judgements}
    numbers = {event.id: n for n, event in enumerate(review.events, 1)}
    return tuple(_card(event, numbers, judged.get(event.id), marks) for event in review.events)


def _card(event: Injection, numbers: dict[str, int], judged: Judgement | None, marks: Marks) -> Card:
    fields = [(slot, _row(event, slot, marks)) for slot in slots()]
    return Card(
        number=numbers[event.id],
        id=event.id,
        title=event.drug.name if event.drug else "Unnamed substance",
        status=label("status", event.status),
        doubt=word("doubt", event.doubt),
        by_other=event.by_other_entity,
        rows=tuple(row for slot, row in fields if row.values or _owed(event, slot)),
        absent=tuple(row.title for slot, row in fields if not row.values and slot.show == "named"),
        how=_how(event, numbers),
        purpose=word("purpose", judged.purpose if judged else None),
        verdict=label("disposition", judged.disposition) if judged else None,
        code=(judged.code if judged else None) or "",
        code_words=code_words(judged.code if judged else None),
        answers=_answers(judged),
    )


def _owed(event: Injection, slot: Slot) -> bool:
    """Say whether the card must tell that the note is silent: of what was given, or may have been."""
    return slot.show == "always" and (event.status == "administered" or event.doubt is not None)


def _row(event: Injection, slot: Slot, marks: Marks) -> Row:
    return Row(slot.title, tuple(_value(filler, slot, marks) for filler in fillers(event, slot.name)))


def _value(filler: Filler, slot: Slot, marks: Marks) -> Value:
    said, meant = mention(filler), meaning(filler)
    if said is None:
        return Value(meant, None)
    same = "".join(said.text.split()).casefold() == "".join(meant.split()).casefold()
    return Value("" if same else meant, marks.chip(said, slot.tag))


def _how(event: Injection, numbers: dict[str, int]) -> str:
    sticks = event.sticks and f"{event.sticks} needle {'entry' if event.sticks == 1 else 'entries'}"
    mixed = [f"same syringe as {numbers[other]}" for other in event.mixed_with if other in numbers]
    parts = [word("device", event.device), word("target", event.target), sticks, *mixed]
    return ", ".join(part for part in parts if part)


def _answers(judged: Judgement | None) -> tuple[Answer, ...]:
    if judged is None:
        return ()
    asked = words("answer").items()
    return tuple(Answer(title, label("disposition", getattr(judged.answers, name))) for name, title in asked)
