"""Amounts in a note: doses, volumes, strengths and bare numbers, with their values as decimals."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from deltoid.pipeline import lexicon
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.text import small
from deltoid.pipeline.types import Mention, Quantity, Strength

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_FRACTION = r"[1-9]\s*/\s*(?:[2-9]|1\d)(?!\d|\s*/)"


@dataclass(frozen=True, slots=True)
class Amounts:
    """All amounts of a note, in order."""

    quantities: tuple[Quantity, ...]
    strengths: tuple[Strength, ...]


def find_amounts(text: str) -> Amounts:
    """Find doses, volumes and strengths.

    Examples
    --------
    >>> found = find_amounts("Depo-Medrol 80mg (2 cc of 40 mg/mL) with 1% lidocaine")
    >>> [(str(q.value), q.unit) for q in found.quantities]
    [('80', 'mg'), ('2', 'mL')]
    >>> [(str(s.value), s.unit, str(s.per_value)) for s in found.strengths]
    [('40', 'mg', '1'), ('10', 'mg', '1')]
    """
    lower = small(text)  # a pattern of small letters is searched for five times as fast as one of either
    strengths = tuple(_strengths(text, lower))
    amounts = _quantities(text, lower)
    return Amounts(tuple(q for q in amounts if not _part_of(q.mention, strengths)), strengths)


def _part_of(mention: Mention, strengths: Sequence[Strength]) -> bool:
    """Return whether an amount overlaps a strength; strengths stand in order and never overlap each other."""
    number = bisect_left(strengths, mention.end, key=lambda strength: strength.mention.start)
    return number > 0 and mention.start < strengths[number - 1].mention.end


def number(words: str) -> Decimal | None:
    """Return the value of a number as written: digits, a fraction, a range's upper end or a word.

    Examples
    --------
    >>> [str(number(w)) for w in ("1,000", ".5", "1/2", "one", "25-50", "about")]
    ['1000', '0.5', '0.5', '1', '50', 'None']
    """
    plain = words.strip().lower().replace(",", "")
    if plain in lexicon.numbers():
        return lexicon.numbers()[plain]
    above, _, below = re.split(r"\s*(?:-|to)\s*", plain)[-1].partition("/")
    try:
        return Decimal(above.strip()) / Decimal(below.strip() or 1)
    except (InvalidOperation, ZeroDivisionError):
        return None


@cache
def _number_pattern() -> str:
    words = "|".join(sorted(map(re.escape, lexicon.numbers()), key=len, reverse=True))
    single = rf"(?:{_FRACTION}|{_DIGITS}|\b(?:{words})(?![a-z]))"
    return rf"(?:{single}(?:\s*(?:-|to)\s*(?:{_DIGITS}))?)"


@cache
def _begins() -> str:
    """Return a look ahead for what a number begins with, which most places of a note do not."""
    firsts = {re.split(r"[\s-]", words)[0] for words in lexicon.numbers()}
    spelled = "|".join(sorted(re.escape(word) for word in firsts if word[0].isalpha()))
    signs = re.escape("".join(sorted({word[0] for word in firsts if not word[0].isascii()})))
    return rf"(?=[0-9.{signs}]|(?:{spelled})(?![a-z]))"


@cache
def _unit_pattern(*kinds: str) -> str:
    surfaces = [s for s, unit in lexicon.units().items() if unit.kind in kinds]
    return "|".join(sorted(map(re.escape, surfaces), key=len, reverse=True)).replace(r"\ ", r"\s+")


# kinds of units that an amount given may have, as in units.csv
_GIVEN = ("mass", "volume", "activity", "amount", "per_weight", "per_area", "rate", "per_dose")


@cache
def _quantity_regex() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.,#-])(?<!\d/){_begins()}(?P<number>{_number_pattern()})[\s-]{{0,3}}"
        rf"(?P<unit>{_unit_pattern(*_GIVEN)})(?![^\W_])(?!-[a-z])"
    )


@cache
def _strength_regex() -> re.Pattern[str]:
    given = _unit_pattern("mass", "activity", "amount")
    volume = _unit_pattern("volume")
    return re.compile(
        rf"""(?<![\w.,/]){_begins()}(?P<number>{_number_pattern()})\s*(?:-\s*)?
        (?:(?P<percent>%|percent\b)
          |(?P<unit>{given})\s*(?:/|per|in|to)\s*
            (?:(?P<per>{_DIGITS})\s*)?(?:-\s*)?(?P<volume>{volume})(?![^\W_]))
        |(?<![\w.:])1\s*:\s*(?P<ratio>\d{{1,3}}(?:,?000)+)(?!\d)""",
        re.VERBOSE,
    )


def _quantities(text: str, lower: str) -> Iterator[Quantity]:
    for found in _quantity_regex().finditer(lower):
        unit = _unit(found["unit"])
        if unit and not _no_amount(text, found):
            words = text[slice(*found.span())]
            mention = Mention("quantity", found.start(), found.end(), words, "quantities", unit)
            yield Quantity(mention, number(found["number"]), unit)


_LITRES = 10  # more than that is no volume of an injection
_WORD = re.compile(r"\s*(?P<word>[A-Za-z]+(?: [A-Za-z]+)?)")


_GAUGES = range(14, 31)
_GAUGE_BEHIND, _GAUGE_BEFORE = r"\s*(?:x\s*[\d\s/.]+\W*)?<<gauge_thing>>", r"\bp?iv\W*$"
_GAUGE_WIDTH = 6


def _no_amount(text: str, found: re.Match[str]) -> bool:
    """Return whether a unit's letter means something else: a left side, or the gauge of a needle."""
    letter = text[slice(*found.span("unit"))]
    return (letter == "L" and _left(text, found)) or (letter in "gG" and _gauge(text, found))


def _gauge(text: str, found: re.Match[str]) -> bool:
    """Return whether "g" is a gauge and no gram: "22g L antecubital", "an 18 G line"."""
    if number(found["number"]) not in _GAUGES:
        return False
    before = regex(_GAUGE_BEFORE).search(text, max(0, found.start() - _GAUGE_WIDTH), found.start())
    return bool(before or regex(_GAUGE_BEHIND).match(text, found.end()))


def _left(text: str, found: re.Match[str]) -> bool:
    """Return whether "L" is the left side and no litre: "1445 L arm", "#3 of 3 L knee"."""
    word = _WORD.match(text, found.end())
    sided = word is not None and any(
        w in lexicon.sites() for w in (word["word"].lower(), word["word"].split()[0].lower())
    )
    return sided or (number(found["number"]) or 0) > _LITRES


def _unit(words: str) -> str:
    # empty for a letter that a pattern takes for another and the table does not: the long s, the dotless i
    form = lexicon.units().get(re.sub(r"\s+", " ", words.lower()))
    return form.unit if form else ""


def _strengths(text: str, lower: str) -> Iterator[Strength]:
    for found in _strength_regex().finditer(lower):
        words = text[slice(*found.span())]
        mention = Mention("strength", found.start(), found.end(), words, "quantities")
        if strength := _strength(mention, found):
            yield strength


def _strength(mention: Mention, found: re.Match[str]) -> Strength | None:
    if found["ratio"]:  # 1:1000 means 1 g in 1,000 mL
        parts = number(found["ratio"])
        return Strength(mention, Decimal(1000) / parts, "mg") if parts else None
    value = number(found["number"])
    if value is None:
        return None
    if found["percent"]:  # 1 % means 1 g in 100 mL
        return Strength(mention, value * 10, "mg")
    unit, volume = _unit(found["unit"]), _unit(found["volume"])
    per = number(found["per"]) if found["per"] else Decimal(1)
    return Strength(mention, value, unit, per, volume) if unit and volume and per is not None else None
