"""What answers questions: rules, topics, denials and modifiers, each with the words it is found by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deltoid.pipeline.explain.codes import related
from deltoid.pipeline.explain.denials import denials
from deltoid.pipeline.explain.modifiers import modifiers
from deltoid.pipeline.explain.register import register, registered
from deltoid.pipeline.explain.topics import topics
from deltoid.pipeline.explain.wording import general
from deltoid.pipeline.policies import Rule
from deltoid.pipeline.policybook import PolicyBook


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer: its id and title, and its words from the weightiest to the least."""

    id: str
    kind: str  # rule | topic | denial | modifier
    title: str
    fields: tuple[str, str, str]


def entries(book: PolicyBook, day: date) -> tuple[Entry, ...]:
    """Return everything that a question can be answered with, as it is worded on a day.

    Examples
    --------
    >>> [entry.title for entry in entries(PolicyBook(), date(2026, 3, 2)) if entry.id == "G-08"]
    ['route not documented']
    """
    return (*_topics(), *_rules(book, day), *_modifiers(), *_denials())


def _topics() -> Iterator[Entry]:
    for topic in topics():
        yield Entry(topic.id, "topic", topic.topic, (topic.question, topic.topic, topic.answer))


def _rules(book: PolicyBook, day: date) -> Iterator[Entry]:
    worded: dict[str, Rule] = {}
    for payer in book.payers():
        worded = {**book.policy(payer, day).rules, **worded}
    for known in register():
        if known.section not in ("contradictions", "denials"):
            rule = worded.get(known.id)
            said = f"{general(rule.message)} {general(rule.query or '')}" if rule else known.state
            yield Entry(
                known.id, "rule", known.title, (known.title, known.asked, f"{said} {_codes(known.id)}")
            )


def _codes(rule: str) -> str:
    return " ".join(f"{row.words} {row.mistaken}" for row in related() if rule in row.rules[:1])


def _modifiers() -> Iterator[Entry]:
    for name, card in modifiers().items():
        fields = (f"modifier {name} {card.words}", card.asked, f"{card.when} {card.not_when}")
        yield Entry(name, "modifier", card.words, fields)


def _denials() -> Iterator[Entry]:
    for denial in denials():
        seen = " ".join(known.title for rule in denial.rules if (known := registered(rule)))
        codes = " ".join((*denial.carc, *denial.rarc))
        yield Entry(denial.id, "denial", denial.reason, (f"denial {denial.reason}", codes, seen))
