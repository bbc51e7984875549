"""What ``deltoid explain`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from deltoid.pipeline.explain.target import Answer, Asked, Card, answers, named, near
from deltoid.service.cli.exits import Exit, Failure
from deltoid.service.cli.printing import put, put_json
from deltoid.service.explain.lines import Line, plain
from deltoid.service.explain.told import told

WORTH = 0.35
"""What answers a question less than this well, as a share of the best, is not shown."""


def answer(what: str, asked: Asked, *, as_json: bool) -> None:
    """Print the card of a name, or the answers to a question.

    Parameters
    ----------
    what : str
        A name or a question.
    asked : Asked
    as_json : bool

    Raises
    ------
    Failure
        ``NOTHING_TO_DO`` where nothing is known of it; the message has the names that are written alike.
    """
    cards = named(what, asked)
    found = () if cards else _worth_showing(answers(what, asked))
    if not cards and not found:
        alike = near(what, asked)
        hint = f"; did you mean {', '.join(alike)}?" if alike else "; ask in other words"
        raise Failure(Exit.NOTHING_TO_DO, f"nothing is known of this{hint}")
    if as_json:
        put_json({"asked": what, "cards": _cards(cards), "answers": [_answer(each) for each in found]})
    else:
        put(_told_cards(cards) if cards else _told_answers(found))


def _worth_showing(found: tuple[Answer, ...]) -> tuple[Answer, ...]:
    return tuple(each for each in found if each.score >= WORTH * found[0].score)


def _cards(cards: tuple[Card, ...]) -> list[dict[str, object]]:
    return [{"kind": kind(card), **plain(card)} for card in cards]


def kind(card: Card) -> str:
    """Return what a card is of, as JSON names it.

    Examples
    --------
    >>> from deltoid.pipeline.explain.modifiers import modifiers
    >>> kind(modifiers()["25"])
    'modifier'
    """
    names = {
        "CodeCard": "code", "DrugCodeCard": "drug_code", "DrugCard": "drug", "ModifierCard": "modifier",
        "RuleCard": "rule", "Denial": "denial", "ParameterCard": "parameter", "Cited": "source",
        "Topic": "topic",
    }  # fmt: skip
    return names[type(card).__name__]


def _answer(each: Answer) -> dict[str, object]:
    return {"id": each.id, "title": each.title, "score": round(each.score, 3), **_cards((each.card,))[0]}


def _told_cards(cards: tuple[Card, ...]) -> Iterator[Line]:
    for number, card in enumerate(cards):
        if number:
            yield 0, ""
        yield from told(card)


def _told_answers(found: tuple[Answer, ...]) -> Iterator[Line]:
    yield from told(found[0].card)
    if found[1:]:
        yield 0, ""
        yield 0, "See also"
        yield from ((2, f"{each.id}  {each.title}") for each in found[1:])
