"""Which denial a rule sees coming, by the payer's table of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deltoid.pipeline.rulebook import Policy


@dataclass(frozen=True, slots=True)
class Denial:
    """A way in which claims are denied: its id, in short, and the reason codes, likeliest first."""

    id: str
    words: str
    carc: tuple[str, ...]
    rarc: tuple[str, ...]
    rules: frozenset[str]


def denials(policy: Policy) -> tuple[Denial, ...]:
    """Return the denials that the policy knows, in the order of their ids.

    Examples
    --------
    >>> from datetime import date
    >>> from deltoid.pipeline.rulebook import load
    >>> denials(load("medicare", date(2026, 3, 2)))[0].carc
    ('97', '234', '236')
    """
    found = ((name, policy.parameter(name)) for name in sorted(policy.parameters) if name.startswith("N-"))
    return tuple(_denial(name, value) for name, value in found if isinstance(value, dict))


def _denial(name: str, value: dict[str, object]) -> Denial:
    lists = [_words(value.get(key)) for key in ("carc", "rarc", "rules")]
    return Denial(name, str(value.get("denial", "")), lists[0], lists[1], frozenset(lists[2]))


def _words(value: object) -> tuple[str, ...]:
    return (
        tuple(str(word) for word in value)
        if isinstance(value, Sequence) and not isinstance(value, str)
        else ()
    )


def carc(policy: Policy, rule: str | None) -> str | None:
    """Return the claim adjustment reason code that is likeliest where a rule is not heeded.

    Parameters
    ----------
    policy : Policy
    rule : str or None
        The rule's id.

    Returns
    -------
    str or None
    """
    return next((found.carc[0] for found in denials(policy) if rule in found.rules and found.carc), None)
