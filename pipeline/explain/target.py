"""What a question is about: a code, a modifier, a rule, a denial, a parameter, a source, a drug, or words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from deltoid.pipeline.explain.asking import weighed
from deltoid.pipeline.explain.codes import CodeCard, code_card
from deltoid.pipeline.explain.denials import Denial, denial, with_code
from deltoid.pipeline.explain.drugs import DrugCard, DrugCodeCard, drug_card, drug_code_card
from deltoid.pipeline.explain.entries import entries
from deltoid.pipeline.explain.modifiers import ModifierCard, modifiers
from deltoid.pipeline.explain.parameters import ParameterCard, parameter_card
from deltoid.pipeline.explain.register import register
from deltoid.pipeline.explain.rules import RuleCard, rule_card
from deltoid.pipeline.explain.search import Index
from deltoid.pipeline.explain.sources import Cited, source
from deltoid.pipeline.explain.topics import Topic, topics
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.policybook import PolicyBook

Card = (
    CodeCard | DrugCodeCard | DrugCard | ModifierCard | RuleCard | Denial | ParameterCard | Cited | Topic
)  # fmt: skip
_CODE = re.compile(r"[A-Z]?\d{4,5}[A-Z]?")
_SHORT = re.compile(r"^([A-Za-z])-(\d[a-z]?)$")
_BARE = re.compile(r"^([GRUHDX])(\d\d[a-z]?)$", re.IGNORECASE)  # M53 and N20 are remark codes of payers
_REMITTANCE = re.compile(r"(?:DENI(?:ED|AL) )?(?:(?:CARC|RARC|CO|PR|OA|PI)[- ]?)?((?:N|M|MA|B)?\d{1,3})")


@dataclass(frozen=True)
class Asked:
    """Where answers come from."""

    book: PolicyBook
    formulary: Formulary
    day: date
    payer: str | None = None


def named(target: str, asked: Asked) -> tuple[Card, ...]:
    """Return the cards of something that is asked for by its name; none where it is no name.

    Parameters
    ----------
    target : str
        A code, modifier, rule, denial, parameter, source or drug, in whichever case.
    asked : Asked

    Returns
    -------
    tuple
        A name may mean two things: 90371 is a code and a drug.

    Examples
    --------
    >>> asked = Asked(PolicyBook(), Formulary.shipped(), date(2026, 3, 2))
    >>> [type(card).__name__ for card in named("m-09", asked)]
    ['RuleCard']
    >>> [type(card).__name__ for card in named("J1010", asked)]
    ['DrugCodeCard']
    >>> [card.id for card in named("CO-197", asked)]
    ['N-19']
    """
    name = _SHORT.sub(r"\1-0\2", _BARE.sub(r"\1-\2", " ".join(target.split()).strip("?.!\"'")))
    return tuple(_by_id(name, asked)) or tuple(_by_code(name.upper(), asked)) or tuple(_by_word(name, asked))


def _by_id(name: str, asked: Asked) -> Iterator[Card]:
    yield from (topic for topic in topics() if topic.id == name.upper())
    if found := denial(name):
        yield found
    elif (card := rule_card(name, asked.book, asked.day, asked.payer)) and (
        card.message or not _topical(name)
    ):
        yield card


def _topical(name: str) -> bool:
    return name.upper().startswith("X-")


def _by_code(name: str, asked: Asked) -> Iterator[Card]:
    bare = name.removeprefix("MODIFIER ").removeprefix("CPT ").removeprefix("HCPCS ").removeprefix("-")
    if bare in modifiers():
        yield modifiers()[bare]
    elif _CODE.fullmatch(bare):
        found = (code_card(bare), drug_code_card(bare, asked.formulary, asked.day))
        yield from (card for card in found if card)
    elif remittance := _REMITTANCE.fullmatch(name):
        yield from with_code(remittance[1])


def _by_word(name: str, asked: Asked) -> Iterator[Card]:
    found = (
        parameter_card(name, asked.book, asked.day),
        source(name, asked.book),
        drug_card(name, asked.formulary, asked.day),
    )
    yield from (card for card in found if card)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a question in words: what it is found under, and its card."""

    id: str
    kind: str
    title: str
    score: float
    card: Card


def answers(question: str, asked: Asked, most: int = 5) -> tuple[Answer, ...]:
    """Return what answers a question in a coder's words, best first.

    Parameters
    ----------
    question : str
    asked : Asked
    most : int
        How many at most.

    Returns
    -------
    tuple of Answer
        Empty where no word of it is known.

    Examples
    --------
    >>> asked = Asked(PolicyBook(), Formulary.shipped(), date(2026, 3, 2))
    >>> answers("must the site be documented?", asked)[0].id
    'X-26'
    """
    index = Index.of(entries(asked.book, asked.day))
    found = index.ask(weighed(question, asked.formulary), most)
    return tuple(
        Answer(each.entry.id, each.entry.kind, each.entry.title, each.score, named(each.entry.id, asked)[0])
        for each in found
    )


def near(name: str, asked: Asked) -> tuple[str, ...]:
    """Return the names that are written almost like this one.

    Examples
    --------
    >>> near("Toradoll", Asked(PolicyBook(), Formulary.shipped(), date(2026, 3, 2)))[0]
    'toradol'
    """
    known = [each.id for each in register()] + [*modifiers(), *asked.formulary.surfaces()]
    lower = {each.lower(): each for each in known}
    return tuple(lower[each] for each in get_close_matches(name.lower(), lower, n=3, cutoff=0.75))
