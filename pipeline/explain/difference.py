"""What differs between the policies of two days or two payers: rules, parameters and drug codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.policies import Policy, Rule

UNSEEN = ("id", "read")
"""What may differ between two wordings of one rule without a difference to anybody."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs, or a parameter's value."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class ChangedRule:
    """A rule that stands in both policies with other words or another effect."""

    id: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What is new, gone and changed on the way from one policy to another."""

    before: tuple[str, date]
    after: tuple[str, date]
    added: tuple[Rule, ...]
    closed: tuple[Rule, ...]
    changed: tuple[ChangedRule, ...]
    parameters: tuple[Change, ...]
    codes_added: tuple[str, ...] = ()
    codes_closed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(
            (self.added, self.closed, self.changed, self.parameters, self.codes_added, self.codes_closed)
        )


def difference(before: Policy, after: Policy, formulary: Formulary | None = None) -> Difference:
    """Return what differs between two policies.

    Parameters
    ----------
    before, after : Policy
    formulary : Formulary, optional
        Whose drug codes are compared by the two days; none are if not given.

    Returns
    -------
    Difference
        False where nothing differs.

    Examples
    --------
    >>> from deltoid.pipeline.policies import load
    >>> found = difference(load("medicare", date(2024, 9, 29)), load("medicare", date(2024, 9, 30)))
    >>> [(each.name, each.before, each.after) for each in found.parameters]
    [('prep_admin_code', '96372', 'G0012')]
    """
    old, new = (_codes_on(formulary, policy.day) for policy in (before, after))
    return Difference(
        before=(before.payer, before.day),
        after=(after.payer, after.day),
        added=tuple(rule for name, rule in after.rules.items() if name not in before.rules),
        closed=tuple(rule for name, rule in before.rules.items() if name not in after.rules),
        changed=_changed(before.rules, after.rules),
        parameters=_differing(before.parameters, after.parameters),
        codes_added=tuple(sorted(new - old)),
        codes_closed=tuple(sorted(old - new)),
    )


def _changed(before: Mapping[str, Rule], after: Mapping[str, Rule]) -> tuple[ChangedRule, ...]:
    both = [(name, _fields(before[name]), _fields(after[name])) for name in before if name in after]
    found = (ChangedRule(name, _differing(old, new)) for name, old, new in both)
    return tuple(each for each in found if each.changes)


def _fields(rule: Rule) -> dict[str, object]:
    return {name: value for name, value in asdict(rule).items() if name not in UNSEEN}


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Change, ...]:
    names = dict.fromkeys((*before, *after))
    told = (Change(name, before.get(name), after.get(name)) for name in names)
    return tuple(each for each in told if each.before != each.after)


def _codes_on(formulary: Formulary | None, day: date) -> frozenset[str]:
    rows = (row for codes in formulary.codes().values() for row in codes) if formulary else ()
    return frozenset(row.code for row in rows if row.in_force(day))
