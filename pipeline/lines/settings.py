"""Parameters of the policy that are numbers or tables of numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from deltoid.pipeline.policyfile import PolicyError
from deltoid.pipeline.rulebook import Policy
from deltoid.pipeline.types import Severity


@dataclass(frozen=True, slots=True)
class Most:
    """The most units of a code, the indicator of the edit (1 a line, 2 absolute, 3 a day), and its table."""

    units: int
    kind: str
    table: str | None = None

    @property
    def severity(self) -> Severity | None:
        """Absolute edits block; the others only ask, as the rule has it."""
        return "block" if self.kind == "2" else None


def whole(policy: Policy, name: str) -> int:
    """Return a parameter that is a whole number.

    Raises
    ------
    PolicyError
        If it is something else.
    """
    value = policy.parameter(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise PolicyError(f"{policy.payer}: parameter {name!r} is not a whole number")
    return value


def choice(policy: Policy, name: str, known: Collection[str]) -> str:
    """Return a parameter that is one of a few words.

    Raises
    ------
    PolicyError
        If it is another one.
    """
    value = policy.text(name)
    if value not in known:
        raise PolicyError(
            f"{policy.payer}: parameter {name!r} is {value!r}; known are {', '.join(sorted(known))}"
        )
    return value


def amounts(policy: Policy, name: str) -> Mapping[str, Decimal]:
    """Return a parameter that is a table from code to amount; write amounts as text, such as ``"15.36"``.

    Raises
    ------
    PolicyError
        If it is something else.
    """
    found = {}
    for code, written in policy.table(name).items():
        try:
            found[code] = Decimal(written)
        except (InvalidOperation, TypeError, ValueError):
            raise PolicyError(f"{policy.payer}: parameter {name!r}: {code} is not an amount") from None
    return found


def fee(policy: Policy, code: str) -> Decimal | None:
    """Return the dollars for one unit of a code: the policy's own, else what an imported table says."""
    own = amounts(policy, "fee_table").get(code)
    return policy.official.fees.get(code) if own is None else own


def most_units(policy: Policy) -> Mapping[str, tuple[int, str]]:
    """Return the units that are believed unlikely a day: code to most units and the kind of edit.

    Written as ``"4/3"``: four units, indicator 3. Empty where no table is loaded: no value is built in.

    Raises
    ------
    PolicyError
        If an entry is written otherwise.
    """
    found = {}
    for code, written in policy.table("mue_table").items():
        units, _, kind = str(written).partition("/")
        if not units.isdigit() or kind not in ("1", "2", "3"):
            raise PolicyError(
                f"{policy.payer}: parameter 'mue_table': {code}: write units/indicator, such as 4/3"
            )
        found[code] = (int(units), kind)
    return found


def most(policy: Policy, code: str) -> Most | None:
    """Return the most units of a code a day: the policy's own, else what an imported table says.

    Returns
    -------
    Most or None
        None where neither says anything of the code.
    """
    own = most_units(policy).get(code)
    if own:
        return Most(*own)
    found = policy.official.most(code)
    return Most(*found, policy.official.named.get("mue")) if found else None
