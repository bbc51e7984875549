"""Which codes beside an injection the payer pays as one with it, by the edit table or by the family alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from deltoid.pipeline.lines.families import family
from deltoid.pipeline.lines.kinds import is_visit
from deltoid.pipeline.lines.sheet import SHOT
from deltoid.pipeline.official import Pair
from deltoid.pipeline.rulebook import Policy


@dataclass(frozen=True, slots=True)
class Edits:
    """The codes beside 96372 that an edit pairs with it.

    With `ours` the injection takes the modifier, with `theirs` the other code does; beside `refused` the
    injection is not paid at all. `table` is the imported table that says so, None where the family of the
    code is all there is to go by.
    """

    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    table: str | None = None


def edits(policy: Policy, beside: Iterable[str]) -> Edits:
    """Return how the codes of a claim stand to an injection beside them.

    Parameters
    ----------
    policy : Policy
    beside : iterable of str
        Procedures and administrations on the same claim; visits have rules of their own.

    Returns
    -------
    Edits

    Examples
    --------
    >>> from datetime import date
    >>> from deltoid.pipeline.rulebook import load
    >>> edits(load("commercial", date(2026, 3, 2)), ["20610", "99213"]).ours
    ('20610',)
    """
    codes = tuple(dict.fromkeys(code for code in beside if code != SHOT and not is_visit(policy, code)))
    if policy.official.pairs is None:
        return Edits(tuple(code for code in codes if (kin := family(code)) and kin.pair))
    found = [(code, pair) for code in codes for pair in policy.official.between(SHOT, code, policy.day) or ()]
    return Edits(
        tuple(code for code, pair in found if _second(pair) and pair.allowed),
        tuple(code for code, pair in found if not _second(pair)),
        tuple(code for code, pair in found if _second(pair) and not pair.allowed),
        policy.official.named.get("ptp"),
    )


def _second(pair: Pair) -> bool:
    return pair.second == SHOT
