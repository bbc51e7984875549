"""Which code gives a vaccine, an antibody or an extract: by product, payer, age, counselling and number."""

from __future__ import annotations

import re
from decimal import Decimal

from deltoid.pipeline.rulebook import Case
from deltoid.pipeline.rules.see import age, category, counselled, given, has, lookup, name, route
from deltoid.pipeline.types import Injection

_NUMBERED = re.compile(r"\b([2-4])\s*(?:inj|shots|injections)\b", re.IGNORECASE)
_VIAL = re.compile(r"\bvial\s*#?\s*([a-d]|\d)\b(?![:/.\d])")  # each vial is drawn up and injected by itself


def group(case: Case, event: Injection) -> str | None:
    """Return the group of a vaccine that a payer may treat apart, such as ``influenza``, None for others."""
    return lookup(case, name(event), "vaccine_groups")


def medicare_code(case: Case, event: Injection) -> str | None:
    """Return the payer's own code for this vaccine, if it has one."""
    return case.policy.table("vaccine_admin").get(group(case, event) or "")


def ordinary(case: Case, event: Injection) -> bool:
    """Whether a vaccine is counted among first and further ones."""
    special = medicare_code(case, event) or group(case, event) == "covid"
    return category(event) == "vaccine" and given(event) and not special


def nasal(case: Case, event: Injection) -> bool:
    """Whether a vaccine is one for nose or mouth."""
    return has(name(event), case.policy.words("nasal_vaccines")) and route(event) not in ("IM", "SC")


def vaccine_code(case: Case, event: Injection) -> str:
    """Return the code for giving a vaccine that has no code of its own."""
    codes = case.policy.table("vaccine_codes")
    years = age(case)
    if (
        years is not None
        and years <= Decimal(case.policy.text("vaccine_counselling_age"))
        and counselled(case)
    ):
        return codes["counselled"]
    before = [e for e in case.events[: case.events.index(event)] if ordinary(case, e)]
    if nasal(case, event):
        return codes["nasal_further" if before else "nasal_first"]
    return codes["further" if any(not nasal(case, e) for e in before) else "first"]


def allergen_code(case: Case) -> str:
    """Return the code for one or for more allergy injections of the encounter."""
    shots = sum(e.sticks or 1 + len(e.sites) for e in case.events if category(e) == "allergen" and given(e))
    told = [int(number) for number in _NUMBERED.findall(case.text)]
    shots = max(shots, len(set(_VIAL.findall(case.text.lower()))), *told, 0)
    return case.policy.table("allergen_codes")["more" if shots > 1 else "one"]
