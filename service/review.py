"""The use case: one note in, one review out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from deltoid.pipeline.rulebook import Case
from deltoid.pipeline.types import Context, EncounterFacts, Note, Review
from deltoid.service.engine import Engine
from deltoid.service.problems import ItemError

NO_CLASSIFIER = ("coder", "no classifier is served")


def review(note: Note, *, engine: Engine, today: date) -> Review:
    """Read a note, decide it by the payer's policy of its day, and say who should look at it.

    Parameters
    ----------
    note : Note
    engine : Engine
    today : datetime.date
        The day of the call: the date of service where neither context nor note tells one.

    Returns
    -------
    Review
        Its note carries the context as resolved.

    Raises
    ------
    ItemError
        ``unknown_payer`` if there is no policy for the payer; the message lists those known.
    """
    origins = {**_defaulted(note.context), **note.context.origin}
    payer = engine.default_payer if origins["payer"] == "default" else note.context.payer
    _refuse_unknown(payer, engine.payers)
    events, facts = engine.read(note.text, note.context.date_of_service)
    day, origins["date_of_service"] = _day_of_service(note.context, facts, today)
    context = replace(note.context, payer=payer, date_of_service=day, origin=origins)
    policy = engine.policy(context, day)
    decision = engine.assess(Case(note.text, events, facts, context, policy))
    return Review(
        note=replace(note, context=context),
        events=events,
        facts=facts,
        decision=decision,
        triage=NO_CLASSIFIER,
        made_with=engine.made_with(policy),
    )


def _refuse_unknown(payer: str, known: tuple[str, ...]) -> None:
    if payer not in known:
        raise ItemError("unknown_payer", f"context.payer: must be one of {', '.join(known)}")


def _defaulted(context: Context) -> dict[str, str]:
    """Return the origin of the fields with defaults for a context that does not say it."""
    bare = Context()
    return {name: _origin(getattr(context, name), getattr(bare, name)) for name in ("payer", "claim")}


def _origin(value: str, default: str) -> str:
    return "default" if value == default else "given"


def _day_of_service(context: Context, facts: EncounterFacts, today: date) -> tuple[date, str]:
    if context.date_of_service is not None:
        return context.date_of_service, context.origin.get("date_of_service", "given")
    if facts.date_of_service is not None:
        return facts.date_of_service, "note"
    return today, "clock"
