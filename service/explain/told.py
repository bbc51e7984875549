"""Each kind of card in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import singledispatch

from deltoid.pipeline.explain.codes import CodeCard, Related, Statement
from deltoid.pipeline.explain.denials import Denial
from deltoid.pipeline.explain.drugs import CodeOfDrug, DrugCard, DrugCodeCard
from deltoid.pipeline.explain.modifiers import ModifierCard
from deltoid.pipeline.explain.parameters import ParameterCard
from deltoid.pipeline.explain.register import registered
from deltoid.pipeline.explain.rules import RuleCard
from deltoid.pipeline.explain.sources import Cited
from deltoid.pipeline.explain.topics import Topic
from deltoid.service.explain.lines import DASH, Line, said
from deltoid.service.explain.rule_told import rule_lines


@singledispatch
def told(card: object) -> Iterator[Line]:
    """Yield the lines of a card.

    Examples
    --------
    >>> from deltoid.pipeline.explain.denials import denial
    >>> next(told(denial("N-14")))
    (0, 'N-14  vaccine given with 96372')
    """
    raise TypeError(f"there are no words for {type(card).__name__}")


told.register(RuleCard, rule_lines)


@told.register
def _(card: CodeCard) -> Iterator[Line]:
    yield 0, f"{card.code}  {card.words}"
    yield from _statements("What it holds", card.included)
    yield from _statements("What goes out beside it", card.apart)
    yield from _statements("When", card.when)
    yield from _statements("When not", card.when_not)
    yield from _rules(card.rules)
    yield 2, f"Sources: {', '.join(card.sources)}"
    if card.related:
        yield 0, ""
        yield 2, "Beside it stand"
        yield from (line for row in card.related for line in _related(row))


def _statements(title: str, statements: Iterable[Statement]) -> Iterator[Line]:
    for number, each in enumerate(statements):
        if number == 0:
            yield 2, title
        yield 4, f"- {each.says} ({', '.join(each.rules)})"


def _related(row: Related) -> Iterator[Line]:
    mistaken = f"; look out: {row.mistaken}" if row.mistaken else ""
    apart = f" {DASH} {row.apart}" if row.apart else ""
    yield 4, f"{row.code}  {row.words}{apart}{mistaken} ({', '.join(row.rules)})"


def _rules(names: Iterable[str], title: str = "Rules") -> Iterator[Line]:
    listed = [f"{name} {known.title}" if (known := registered(name)) else name for name in names]
    if listed:
        yield 2, f"{title}: {'; '.join(listed)}"


@told.register
def _(card: DrugCodeCard) -> Iterator[Line]:
    yield 0, f"{card.code}  {', '.join(drug.substance.name for drug in card.drugs)}"
    for drug in card.drugs:
        yield from _substance(drug)


@told.register
def _(card: DrugCard) -> Iterator[Line]:
    yield 0, f"{card.substance.name}  {card.substance.category.replace('_', ' ')}"
    yield from _substance(card)


def _substance(card: DrugCard) -> Iterator[Line]:
    if card.substance.admin_family:
        yield 2, f"{card.substance.name}: giving it is {said('family', card.substance.admin_family)}"
    for each in card.codes:
        yield from _drug_code(each, card.day)
    if not card.codes:
        yield 2, "no drug code is listed under this name: it depends on the product, else see H-11"
    yield 2, f"also written: {', '.join(card.written[:12])}"


def _drug_code(each: CodeOfDrug, day: date) -> Iterator[Line]:
    row = each.row
    upto = "up to " if row.up_to else ""
    maker = f", for {row.maker}" if row.maker else ""
    state = "in force" if row.in_force(day) else "not in force"
    span = (
        f"{row.valid_from or ''}{DASH}{row.valid_to or ''}"
        if row.valid_from or row.valid_to
        else "no dates known"
    )
    yield 2, f"{row.code}: one unit is {upto}{row.unit_value:f} {row.unit}{maker}; {state} on {day} ({span})"
    if each.before or each.after:
        parts = (("before it", each.before), ("after it", each.after))
        yield 4, "; ".join(f"{words}: {', '.join(codes)}" for words, codes in parts if codes)
    note = f"; {row.note}" if row.note else ""
    yield 4, f"confidence {row.confidence}: {said('confidence', row.confidence)}{note}"


@told.register
def _(card: ModifierCard) -> Iterator[Line]:
    yield 0, f"{card.modifier}  {card.words}; {said('modifier_line', card.line)}"
    yield 2, f"When: {card.when}"
    yield 2, f"When not: {card.not_when}"
    if card.proof != "none":
        yield 2, f"What the record has to hold: {card.proof}"
    yield from _rules(card.rules)


@told.register
def _(card: Denial) -> Iterator[Line]:
    yield 0, f"{card.id}  {card.reason}"
    if not card.rules and not card.carc:
        yield 2, f"Not foreseen here: {card.state}"
    lists = (("CARC", card.carc), ("RARC", card.rarc))
    if told_as := "; ".join(f"{name} {', '.join(codes)}" for name, codes in lists if codes):
        yield 2, told_as
    yield from _rules(card.rules, "Seen coming by")


@told.register
def _(card: ParameterCard) -> Iterator[Line]:
    yield 0, f"{card.name}{f'  {card.sets}' if card.sets else ''}"
    if card.choices:
        yield 2, f"One of: {', '.join(card.choices)}"
    for setting in card.settings:
        cited = ", ".join(source.id for source in setting.sources)
        yield 2, f"{', '.join(setting.payers)}: {shown(setting.value)} ({cited})"


def shown(value: object) -> str:
    """Return a value of the policy as it is shown.

    Examples
    --------
    >>> shown(True), shown(["19", "21"]), shown({"a": "b"}), shown(None)
    ('yes', '19, 21', 'a: b', 'nothing')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nothing"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {shown(each)}" for key, each in value.items()) or "nothing"
    return "nothing" if value in (None, "") else str(value)


@told.register
def _(card: Cited) -> Iterator[Line]:
    yield 0, f"{card.id}  {card.title}"
    yield 2, f"{said('tier', card.tier)}; {card.where}; read {card.read}"


@told.register
def _(card: Topic) -> Iterator[Line]:
    yield 0, f"{card.id}  {card.question}"
    yield 2, card.answer
    if card.parameter:
        yield 2, f"Set by the parameter {card.parameter}"
    yield from _rules(card.rules)
    yield 2, f"Sources: {', '.join(card.sources)}"
