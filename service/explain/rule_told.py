"""A rule in words."""

from __future__ import annotations

from collections.abc import Iterator

from deltoid.pipeline.explain.register import IN_POLICY, registered
from deltoid.pipeline.explain.rules import Period, RuleCard, Stand
from deltoid.pipeline.explain.wording import general
from deltoid.pipeline.policies import Rule
from deltoid.service.explain.lines import DASH, Line, said
from deltoid.service.web.words import label


def rule_lines(card: RuleCard) -> Iterator[Line]:
    """Yield the lines of a rule: what it says, what it leads to by payer, its days and its sources."""
    yield 0, f"{card.id}  {card.title}"
    if card.state != IN_POLICY:
        yield 2, f"No rule of its own: {card.state}"
        yield from ((4, f"{known.id}  {known.title}") for name in card.see if (known := registered(name)))
        return
    if not card.message:
        yield 2, f"not in force on {card.day}"
    for number, stand in enumerate(card.stands):
        yield from _stand(stand, card, first=number == 0)
    if card.denials:
        yield 2, f"Foretells: {'; '.join(f'{each.id} {each.reason}' for each in card.denials)}"
    yield from ((2, f"{topic.id}  {topic.question} {topic.answer}") for topic in card.topics)
    yield from _periods(card.periods)
    if card.sources:
        yield 2, "Sources"
        yield from ((4, f"{source.id}: {source.title} ({said('tier', source.tier)}; {source.where}; "
                        f"read {source.read})") for source in card.sources)  # fmt: skip


def _stand(stand: Stand, card: RuleCard, *, first: bool) -> Iterator[Line]:
    payers = ", ".join(stand.payers)
    if stand.rule is None:
        yield 2, f"{payers}: not in force on {card.day}"
        return
    rule = stand.rule
    message, query = general(rule.message), general(rule.query) if rule.query else None
    if first:
        yield 2, message
        yield 2, f"Asks: {query}" if query else "Asks nothing"
    yield 2, f"{payers}: {effect(rule)}"
    if not first and message != card.message:
        yield 4, message
    if not first and query and query != card.query:
        yield 4, f"Asks: {query}"
    yield 4, f"confidence {rule.confidence}: {said('confidence', rule.confidence)}"
    if rule.uncertain:
        yield 4, f"Uncertain: {rule.uncertain}"


def effect(rule: Rule) -> str:
    """Return what a rule leads to, in words.

    Examples
    --------
    >>> from datetime import date
    >>> from deltoid.pipeline.policies import load
    >>> effect(load("commercial", date(2026, 3, 2)).rules["G-08"])
    'Ask first (the line waits for the answer); is it this code: Ask first'
    """
    severity = label("severity", "hard" if rule.hard and rule.severity == "query" else rule.severity)
    led = "" if rule.outcome == "pass" else f": {label('disposition', rule.outcome).title}"
    return f"{severity.title} ({severity.says}); {said('axis', rule.axis)}{led}"


def _periods(periods: tuple[Period, ...]) -> Iterator[Line]:
    dated = [each for each in periods if each.starts or each.ends]
    if dated:
        spans = (f"{each.file} {each.starts or ''}{DASH}{each.ends or ''}" for each in dated)
        yield 2, f"Days: {'; '.join(spans)}"
