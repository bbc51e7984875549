"""The package codes of note and claim: whether they can go out, whose they are, and how they read there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from deltoid.pipeline.lines.ndc import claimed, normal, readings
from deltoid.pipeline.lines.part import spoken
from deltoid.pipeline.official import Package
from deltoid.pipeline.rulebook import Case, Hit, Policy
from deltoid.pipeline.types import DraftLine, Injection, Quantity


def ndc_hits(case: Case, events: Sequence[Injection]) -> Iterator[Hit]:
    """Yield how the package code of each event reads on the claim, or why it cannot go there.

    Parameters
    ----------
    case : Case
        Its policy says whether the payer wants package codes, and the qualifier of each unit. What a table
        that is loaded has against a package is said to every payer.
    events : sequence of Injection
        Those whose drug is billed.

    Yields
    ------
    Hit
    """
    for event in events:
        if event.ndc is None:
            continue
        against = _against(case.policy, normal(event.ndc.text), _codes(case, event))
        if against:
            told = spoken(case, event, "H-14", {"reading": against}, event.ndc)
            yield replace(told, severity="query", table=packages_table(case.policy))
        elif case.policy.flag("ndc_required"):
            yield spoken(case, event, "H-14", {"reading": _reading(case, event, event.ndc.text)}, event.ndc)


def fault(policy: Policy, draft: DraftLine) -> str | None:
    """Return what is wrong with the package code of a draft line, None where nothing is or none is there.

    Examples
    --------
    >>> from datetime import date
    >>> from deltoid.pipeline.rulebook import load
    >>> fault(load("commercial", date(2026, 3, 2)), DraftLine("J1885", ndc="12-34"))
    'is not a package code: look again'
    """
    if draft.ndc is None:
        return None
    code = normal(draft.ndc)
    return _against(policy, code, (draft.code,)) if code else _unreadable(draft.ndc)


def package(policy: Policy, event: Injection) -> Package | None:
    """Return the package of an event as the imported tables know it."""
    code = normal(event.ndc.text) if event.ndc else None
    return policy.official.package(code) if code else None


def _codes(case: Case, event: Injection) -> tuple[str, ...]:
    """Return the codes that the event's drug has on its day."""
    name = event.drug.name if event.drug else ""
    rows = case.policy.official.words.codes_on(name, case.policy.day, event.dose)
    return tuple(row.code for row in rows)


def _against(policy: Policy, code: str | None, billed: Sequence[str]) -> str | None:
    if code is None or policy.official.packages is None:
        return None
    found = policy.official.package(code)
    if found is None or (policy.official.directory and not found.listed and not found.codes):
        unknown = policy.official.directory
        return f"{code} is among no packages for injection of the directory" if unknown else None
    if found.ends and found.ends < policy.day:
        return f"{code} was last sold to be used until {found.ends}"
    if found.codes and billed and not set(found.codes) & set(billed):
        return f"{code} ({found.name}) is billed under {', '.join(found.codes)}, not {', '.join(billed)}"
    return None


def packages_table(policy: Policy) -> str | None:
    """Return what the imported tables of packages are called, None where none is loaded."""
    named = policy.official.named
    return "; ".join(named[kind] for kind in ("asp-ndc", "ndc", "rxnorm") if kind in named) or None


def _unreadable(written: str) -> str:
    meant = readings(written)
    return (
        f"could be {' or '.join(meant)}: copy the hyphens" if meant else "is not a package code: look again"
    )


def _reading(case: Case, event: Injection, written: str) -> str:
    code = normal(written)
    if code is None:
        return _unreadable(written)
    amount = event.volume or event.dose
    return f"goes out as {_with_quantity(case, code, amount) or f'N4{code} with the quantity used'}"


def _with_quantity(case: Case, code: str, amount: Quantity | None) -> str | None:
    if amount is None or amount.value is None:
        return None
    return claimed(code, Decimal(amount.value), amount.unit, case.policy.table("ndc_qualifiers"))
