"""One review as the page shows it, put together from its panes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from deltoid.pipeline.types import Review
from deltoid.service.web.cards import Card, cards_of
from deltoid.service.web.checklist import Item, checklist_of
from deltoid.service.web.claim import Pane, pane_of
from deltoid.service.web.marks import marks_of
from deltoid.service.web.reasons import Reason, reasons_of
from deltoid.service.web.spans import render
from deltoid.service.web.words import Label, label, word

_DIGEST = re.compile(r"(sha256:[0-9a-f]{12})[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the encounter for the head of the screen; `remark` says where it came from if not given."""

    title: str
    value: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything that the template of a review needs."""

    id: str
    outcome: Label
    facts: tuple[Fact, ...]
    note: Markup
    cards: tuple[Card, ...]
    claim: Pane
    checklist: tuple[Item, ...]
    reasons: tuple[Reason, ...]
    triage: tuple[str, str]
    versions: tuple[tuple[str, str], ...]


def screen_of(review: Review) -> Screen:
    """Return the screen of a review.

    Parameters
    ----------
    review : Review

    Returns
    -------
    Screen

    Examples
    --------
    >>> from deltoid.pipeline.types import *
    >>> review = Review(Note("n", "<b>"), (), EncounterFacts(), Decision("not_supported"), ("coder", ""))
    >>> screen_of(review).note, screen_of(review).outcome.title
    (Markup('&lt;b&gt;'), 'Not supported')
    """
    marks = marks_of(review)
    return Screen(
        id=review.note.id,
        outcome=label("outcome", review.decision.outcome),
        facts=tuple(_facts(review)),
        note=render(review.note.text, marks.spans),
        cards=cards_of(review, marks),
        claim=pane_of(review),
        checklist=checklist_of(review, marks),
        reasons=reasons_of(review, marks),
        triage=review.triage,
        versions=tuple(_versions(review)),
    )


def _facts(review: Review) -> Iterator[Fact]:
    context = review.note.context
    day = context.date_of_service

    def origin(name: str) -> str:
        return word("origin", context.origin.get(name))

    yield Fact("Payer", word("payer", context.payer), origin("payer"))
    yield Fact("Date of service", str(day) if day else "not known", origin("date_of_service"))
    yield Fact("Place of service", context.pos or "not known")
    yield Fact("Claim", word("claim", context.claim), origin("claim"))
    if context.em_code:
        yield Fact("Visit", context.em_code)


def _versions(review: Review) -> Iterator[tuple[str, str]]:
    for name, version in review.made_with.items():
        if isinstance(version, str):
            yield name, _DIGEST.sub(r"\1…", version)
