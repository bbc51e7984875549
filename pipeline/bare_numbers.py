"""Numbers without a unit that are doses: "Haldol 5 IM", "60 of Toradol", "Lantus 40 at bedtime"."""

from __future__ import annotations

import re
from decimal import Decimal

from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.types import Mention, Quantity

_NUMBER = re.compile(
    r"\s*(?P<number>\d{1,5}(?:\.\d+)?|\.\d+)(?=\s*(?:/(?!\d)|\+|,|[A-Za-z]))(?!\s*(?:%|x\b|st\b|nd\b|rd\b|th\b))",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?:\s|[/+,&]|\band\b|[A-Za-z-]+\s\d+(?:\.\d+)?)*")
_ROUTE_NEAR = 3  # characters between a bare number and the route that makes it a dose
_OF = r"(?<![\w.,/#:-])(?P<number>\d{1,4}(?:\.\d+)?|\.\d+)\s+of\s+(?:<<of_article>>\s+)?$"
_OF_WIDTH = 16
_COUNTED = r"\b<<counted>>\W*$"  # "day 3 of Rocephin", "dose 2 of Shingrix"
_COUNTED_WIDTH = 16
_SCHEDULED = r"\s*(?P<number>\d{1,3}(?:\.\d+)?)\s+<<schedule>>\b"


def bare_number(reading: Reading, draft: Draft) -> Quantity | None:
    """Return the number without a unit that is told as a drug's dose.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> note = "Haldol 5/Ativan 2 IM, 4 of morphine, day 3 of Rocephin, Lantus 40 at bedtime"
    >>> reading = read_note(note)
    >>> route = reading.words["route"][0]
    >>> known = reading.formulary.substances()
    >>> drafts = [Draft(d, known[d.norm], d, route=route) for d in reading.words["drug"]]
    >>> [found and str(found.value) for found in (bare_number(reading, draft) for draft in drafts)]
    ['5', '2', '4', None, '40']
    """
    return _before_route(reading, draft) or _before_drug(reading, draft) or _by_schedule(reading, draft)


def nearer(draft: Draft, bare: Quantity | None) -> bool:
    """Return whether a bare number is nearer than the amount behind the route: "Lasix 80 IVP, MS 2 mg"."""
    if bare is None or draft.dose is None or draft.route is None:
        return False
    return draft.anchor.end <= bare.mention.start < draft.route.start < draft.dose.mention.start


def _before_route(reading: Reading, draft: Draft) -> Quantity | None:
    found = _NUMBER.match(reading.text, draft.anchor.end)
    if found is None or draft.route is None or draft.route.start < found.end():
        return None
    between = reading.text[found.end("number") : draft.route.start]
    if len(between) > _ROUTE_NEAR and not _NUMBERS.fullmatch(between):
        return None
    return _quantity(found)


def _before_drug(reading: Reading, draft: Draft) -> Quantity | None:
    if draft.form in ("word", "never"):
        return None
    start = draft.anchor.start
    found = regex(_OF).search(reading.text, max(0, start - _OF_WIDTH), start)
    if found is None or regex(_COUNTED).search(
        reading.text, max(0, found.start() - _COUNTED_WIDTH), found.start()
    ):
        return None
    return _quantity(found)


def _by_schedule(reading: Reading, draft: Draft) -> Quantity | None:
    """Return the number that a schedule follows, of a drug that is only ever injected."""
    if draft.form != "needle":
        return None
    found = regex(_SCHEDULED).match(reading.text, draft.anchor.end)
    return _quantity(found) if found else None


def _quantity(found: re.Match[str]) -> Quantity:
    words = found["number"]
    mention = Mention("quantity", found.start("number"), found.end("number"), words, "bare number")
    return Quantity(mention, Decimal(words), "")
