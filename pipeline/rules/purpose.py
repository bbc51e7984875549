"""What an injection was for: the class of its purpose, as far as substance and rules tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.rules.registry import entered
from deltoid.pipeline.rules.see import category, has, reasons
from deltoid.pipeline.types import Injection, Purpose


def purpose(case: Case, event: Injection, hits: Iterable[Hit]) -> Purpose | None:
    """Return the purpose of an event.

    A local anaesthetic or sedative that another procedure includes is ``anaesthetic``, anything else that one
    includes ``part_of_procedure``; then the reason written, then the class of the substance decide.
    """
    if event.drug is None:
        return None
    by_class = cast(Purpose, case.policy.table("purpose_of_category").get(category(event), "therapeutic"))
    part = any(
        entered()[h.rule].stage == "part"
        for h in hits
        if case.policy.rules[h.rule].outcome == "not_supported"
    )
    if by_class == "anaesthetic" or not part:
        prevents = by_class == "therapeutic" and has(reasons(event), case.policy.words("prophylaxis_words"))
        return "prophylactic" if prevents else by_class
    return "part_of_procedure"
