"""The difference of two policies in words."""

from __future__ import annotations

from collections.abc import Iterator

from deltoid.pipeline.explain.difference import Change, ChangedRule, Difference
from deltoid.pipeline.explain.register import registered
from deltoid.pipeline.explain.sources import source_names
from deltoid.pipeline.explain.wording import general
from deltoid.pipeline.policies import Rule
from deltoid.service.explain.lines import Line, said
from deltoid.service.explain.told import shown

ARROW = "\N{RIGHTWARDS ARROW}"


def told_difference(found: Difference) -> Iterator[Line]:
    """Yield the lines of a difference.

    Examples
    --------
    >>> from datetime import date
    >>> from deltoid.pipeline.explain.difference import difference
    >>> from deltoid.pipeline.policies import load
    >>> same = load("medicare", date(2026, 3, 2))
    >>> [text for _, text in told_difference(difference(same, same))]
    ['medicare 2026-03-02 → medicare 2026-03-02', 'nothing differs']
    """
    yield 0, f"{_named(found.before)} {ARROW} {_named(found.after)}"
    if not found:
        yield 2, "nothing differs"
    yield from _titled("added", (line for rule in found.added for line in _rule(rule)))
    yield from _titled("closed", (line for rule in found.closed for line in _rule(rule)))
    yield from _titled("changed", (line for rule in found.changed for line in _changed(rule)))
    yield from _titled("parameters", (line for change in found.parameters for line in _change(change, 4)))
    for kind, codes in (("codes_added", found.codes_added), ("codes_closed", found.codes_closed)):
        if codes:
            yield 2, f"{said('difference', kind)}: {', '.join(codes)}"


def _named(policy: tuple[str, object]) -> str:
    return f"{policy[0]} {policy[1]}"


def _titled(kind: str, lines: Iterator[Line]) -> Iterator[Line]:
    for number, line in enumerate(lines):
        if number == 0:
            yield 2, said("difference", kind)
        yield line


def _rule(rule: Rule) -> Iterator[Line]:
    yield 4, f"{rule.id}  {general(rule.message)}"


def _changed(rule: ChangedRule) -> Iterator[Line]:
    known = registered(rule.id)
    yield 4, f"{rule.id}  {known.title if known else ''}"
    for change in rule.changes:
        yield from _change(change, 6)


def _change(change: Change, indent: int) -> Iterator[Line]:
    before, after = (_value(change.name, each) for each in (change.before, change.after))
    yield indent, f"{change.name}: {before} {ARROW} {after}"


def _value(name: str, value: object) -> str:
    if name in ("message", "query") and isinstance(value, str):
        return f'"{general(value)}"'
    return ", ".join(source_names(value)) if name == "source" and isinstance(value, str) else shown(value)
