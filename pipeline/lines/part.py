"""What each step hands on: claim lines, and the rules that spoke while they were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.see import hit
from deltoid.pipeline.types import ClaimLine, Injection, Mention


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of the claim with the rules that fired on the way to them."""

    lines: tuple[ClaimLine, ...] = ()
    hits: tuple[Hit, ...] = ()


def spoken(
    case: Case, event: Injection, rule: str, words: Mapping[str, str], *evidence: Mention | None
) -> Hit:
    """Return the hit of one event with further words for the rule's message."""
    found = hit(case, event, rule, *evidence)
    return replace(found, fill={**(found.fill or {}), **words})
