"""The claim pane: lines to send and to hold, the visit, redirects, and what becomes of a draft claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from deltoid.pipeline.explain.codes import code_words
from deltoid.pipeline.types import ClaimCheck, ClaimLine, DraftLine, Review
from deltoid.service.web.words import Label, label


@dataclass(frozen=True, slots=True)
class Line:
    """A claim line as it is shown, and as plain text for the clipboard."""

    code: str
    modifiers: str
    units: str
    words: str
    events: tuple[tuple[int, str], ...]
    text: str


@dataclass(frozen=True, slots=True)
class Check:
    """What becomes of one draft line: the draft and what is expected, each as plain text."""

    line: int
    label: Label
    draft: str
    expected: str
    delta: str
    rule: str


@dataclass(frozen=True, slots=True)
class Pane:
    """The claim as the page shows it; `checks` is None where no draft was given."""

    send: tuple[Line, ...]
    held: tuple[Line, ...]
    visit: Line | None
    redirects: tuple[tuple[Line, str], ...]
    checks: tuple[Check, ...] | None
    text: str


def pane_of(review: Review) -> Pane:
    """Return the claim pane of a review.

    Parameters
    ----------
    review : Review

    Returns
    -------
    Pane

    Examples
    --------
    >>> from deltoid.pipeline.types import *
    >>> line = ClaimLine("96372", 1, ("59",), ("e1",))
    >>> decision = Decision("supported", lines=(line,), em=Visit("99213", ("25",)))
    >>> print(pane_of(Review(Note("n", ""), (), EncounterFacts(), decision, ("", ""))).text)
    96372-59 x1
    99213-25 x1
    """
    decision, numbers = review.decision, {event.id: n for n, event in enumerate(review.events, 1)}
    send = tuple(_line(line, numbers) for line in decision.lines)
    em = decision.em
    visit = _line(ClaimLine(em.code, 1, em.modifiers), numbers) if em else None
    ready = [*send, visit] if visit else send
    other = decision.redirects
    return Pane(
        send=send,
        held=tuple(_line(line, numbers) for line in decision.held),
        visit=visit,
        redirects=tuple((_line(ClaimLine(r.code, 1, (), r.events), numbers), r.rule) for r in other),
        checks=_checks(decision.claim, review.note.context.claim_lines or ()),
        text="\n".join(line.text for line in ready),
    )


def _line(line: ClaimLine, numbers: dict[str, int]) -> Line:
    return Line(
        code=line.code,
        modifiers=" ".join(line.modifiers),
        units=_units(line.units),
        words=code_words(line.code),
        events=tuple((numbers[event], event) for event in line.events if event in numbers),
        text=_plain(line.code, line.modifiers, line.units),
    )


def _plain(code: str, modifiers: Iterable[str], units: int | Decimal) -> str:
    return f"{'-'.join([code, *modifiers])} x{_units(units)}"


def _units(units: int | Decimal) -> str:
    """Return units as they are shown; a line that waits for its amount has none yet."""
    return f"{Decimal(units):f}" if units else "?"


def _checks(checks: Sequence[ClaimCheck] | None, drafts: Sequence[DraftLine]) -> tuple[Check, ...] | None:
    return None if checks is None else tuple(_check(check, drafts) for check in checks)


def _check(check: ClaimCheck, drafts: Sequence[DraftLine]) -> Check:
    draft = drafts[check.line - 1] if 0 < check.line <= len(drafts) else None
    wanted = check.expected
    return Check(
        line=check.line,
        label=label("line", check.status),
        draft=_plain(draft.code, draft.modifiers, draft.units) if draft else "",
        expected=_plain(wanted.code, wanted.modifiers, wanted.units) if wanted else "",
        delta=_delta(check.units_delta),
        rule=" · ".join(part for part in (check.rule, check.carc and f"CARC {check.carc}") if part),
    )


def _delta(units: Decimal | None) -> str:
    return "" if units is None else f"{units:+f} units".replace("-", "\N{MINUS SIGN}")
