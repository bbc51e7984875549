"""A rule explained: what it says, what it leads to with each payer, on whose authority and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deltoid.pipeline.explain import denials
from deltoid.pipeline.explain.register import registered
from deltoid.pipeline.explain.sources import Cited, cited
from deltoid.pipeline.explain.topics import Topic, topics
from deltoid.pipeline.explain.wording import general
from deltoid.pipeline.policies import Rule
from deltoid.pipeline.policybook import PolicyBook


@dataclass(frozen=True, slots=True)
class Stand:
    """What a rule says for some payers on the day; `rule` None: it is not in force for them."""

    payers: tuple[str, ...]
    rule: Rule | None


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when an entry of a file holds; None is open."""

    file: str
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class RuleCard:
    """A rule explained; `stands` goes from the most usual wording to the payers that differ."""

    id: str
    title: str
    state: str
    see: tuple[str, ...]
    day: date
    message: str
    query: str | None
    stands: tuple[Stand, ...]
    periods: tuple[Period, ...]
    sources: tuple[Cited, ...]
    denials: tuple[denials.Denial, ...]
    topics: tuple[Topic, ...]


def rule_card(name: str, book: PolicyBook, day: date, payer: str | None = None) -> RuleCard | None:
    """Return what there is to say of a rule.

    Parameters
    ----------
    name : str
        Its id, in whichever case.
    book : PolicyBook
    day : datetime.date
        The day on which it is asked.
    payer : str, optional
        Only for this payer; for all if not given.

    Returns
    -------
    RuleCard or None
        None for an id that the register does not know. Where no payer has it in force, `message` is empty.

    Examples
    --------
    >>> card = rule_card("g-22", PolicyBook(), date(2026, 3, 2))
    >>> [(stand.payers[0], stand.rule.outcome) for stand in card.stands]
    [('commercial', 'query'), ('medicare', 'coverage_excluded'), ('self_pay', 'pass')]
    """
    known = registered(name)
    if known is None:
        return None
    stands = _stands(known.id, book, day, payer)
    lead = next((stand.rule for stand in stands if stand.rule), None)
    every = dict.fromkeys(
        source for stand in stands if stand.rule for source in cited(stand.rule.source, book)
    )
    return RuleCard(
        id=known.id,
        title=known.title,
        state=known.state,
        see=known.see,
        day=day,
        message=general(lead.message) if lead else "",
        query=general(lead.query) if lead and lead.query else None,
        stands=stands,
        periods=_periods(known.id, book),
        sources=tuple(every),
        denials=denials.predicted_by(known.id),
        topics=tuple(topic for topic in topics() if known.id in topic.rules and topic.id != known.id),
    )


def _stands(name: str, book: PolicyBook, day: date, payer: str | None) -> tuple[Stand, ...]:
    found: dict[Rule | None, list[str]] = {}
    for each in (payer,) if payer else book.payers():
        found.setdefault(book.policy(each, day).rules.get(name), []).append(each)
    inside = [Stand(tuple(payers), rule) for rule, payers in found.items()]
    return tuple(sorted(inside, key=lambda stand: (stand.rule is None, -len(stand.payers))))


def _periods(name: str, book: PolicyBook) -> tuple[Period, ...]:
    return tuple(
        Period(layer.name, _open(entry.starts, date.min), _open(entry.ends, date.max))
        for layer in book.layers()
        for entry in layer.entries
        if (entry.kind, entry.key) == ("rule", name)
    )


def _open(day: date, end: date) -> date | None:
    return None if day == end else day
