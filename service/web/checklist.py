"""The checklist of elements: found, missing or not asked for, with its place or its question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deltoid.pipeline.types import Injection, Mention, Review
from deltoid.service.web.marks import Chip, Marks
from deltoid.service.web.slots import fillers, mention
from deltoid.service.web.words import Element, Label, elements, label, slots


@dataclass(frozen=True, slots=True)
class Item:
    """One element: its state in words, where the note gives it, and the questions where it does not."""

    name: str
    title: str
    state: str
    label: Label
    chips: tuple[Chip, ...]
    questions: tuple[str, ...]


def checklist_of(review: Review, marks: Marks) -> tuple[Item, ...]:
    """Return the elements of a review in their order; those that the contract does not know come last.

    An element is found when every given event has it, and partly found when only some have. It is missing
    when a rule that fired asks for it, whatever the note holds.

    Parameters
    ----------
    review : Review
    marks : Marks
        Of the same review.

    Returns
    -------
    tuple of Item

    Examples
    --------
    >>> from deltoid.pipeline.types import *
    >>> decision = Decision("query", missing=("order",))
    >>> items = checklist_of(Review(Note("n", ""), (), EncounterFacts(), decision, ("", "")), Marks((), {}))
    >>> [item.title for item in items if item.state == "missing"]
    ['Order']
    """
    known = {element.name for element in elements()}
    others = [name for name in review.decision.missing if name not in known]
    shown = (*elements(), *(Element(name, name.replace("_", " "), "") for name in others))
    return tuple(_item(element, review, marks) for element in shown)


def _item(element: Element, review: Review, marks: Marks) -> Item:
    state = _state(element, review)
    asked = [f.query for f in review.decision.findings if f.element == element.name and f.query]
    return Item(
        name=element.name,
        title=element.title,
        state=state,
        label=label("state", state),
        chips=tuple(dict.fromkeys(_chips(element, review, marks))),
        questions=tuple(dict.fromkeys(asked)),
    )


def _state(element: Element, review: Review) -> str:
    if element.name in review.decision.missing:
        return "missing"
    has = [_fills(element, event, review) for event in _given(review)]
    return "found" if has and all(has) else "partly" if any(has) else "unneeded"


def _fills(element: Element, event: Injection, review: Review) -> bool:
    if element.slot:
        return bool(fillers(event, element.slot))
    if element.name == "date":
        return review.note.context.date_of_service is not None or review.facts.date_of_service is not None
    return element.name == "number_of_injections" and event.sticks is not None


def _given(review: Review) -> list[Injection]:
    return [event for event in review.events if event.status == "administered"]


def _chips(element: Element, review: Review, marks: Marks) -> Iterator[Chip]:
    tags = {slot.name: slot.tag for slot in slots()}
    for event in _given(review) if element.slot else ():
        for words in map(mention, fillers(event, element.slot)):
            if isinstance(words, Mention):
                yield marks.chip(words, tags[element.slot])
