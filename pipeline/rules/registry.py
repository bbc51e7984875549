"""Where every rule function is entered under its id and stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from deltoid.pipeline.rulebook import Case, Hit
from deltoid.pipeline.types import Injection

Answer = Hit | tuple[Hit, ...] | None
RuleFunction = Callable[[Case, Injection], Answer]

STAGES = (
    "status", "substance", "part", "technique", "gate", "entity", "coverage", "documentation",
    "units", "modifiers", "drug",
)  # fmt: skip
MODULES = (
    "status",
    "substance",
    "part",
    "technique",
    "places",
    "joints",
    "gates",
    "entity",
    "coverage",
    "documentation",
    "doses",
)


@dataclass(frozen=True, slots=True)
class Entered:
    """A rule function with the id and stage it was entered under."""

    id: str
    stage: str
    ask: RuleFunction


_entered: dict[str, Entered] = {}


def rule(id: str, stage: str = "gate") -> Callable[[RuleFunction], RuleFunction]:  # noqa: A002
    """Enter a function as the logic of one rule.

    Parameters
    ----------
    id : str
        An id that the policy words.
    stage : str
        When it is asked, one of `STAGES`; the functions of a stage are asked in the order they are written.

    Returns
    -------
    callable
        The decorator, which gives the function back unchanged.

    Raises
    ------
    ValueError
        If the stage is unknown or the id has another function already.
    """
    if stage not in STAGES:
        raise ValueError(f"rule {id}: unknown stage {stage!r}; known are {', '.join(STAGES)}")

    def enter(function: RuleFunction) -> RuleFunction:
        if id in _entered:
            raise ValueError(f"rule {id} has two functions: {_entered[id].ask.__name__}, {function.__name__}")
        _entered[id] = Entered(id, stage, function)
        return function

    return enter


@cache
def entered() -> Mapping[str, Entered]:
    """Return every rule function by id, having imported the modules that hold them.

    Examples
    --------
    >>> entered()["G-01a"].stage
    'status'
    """
    for module in MODULES:
        import_module(f"deltoid.pipeline.rules.{module}")
    return dict(sorted(_entered.items(), key=lambda item: _place(item[1])))


def _place(entry: Entered) -> tuple[int, str, int]:
    """Return where a rule is written: the order of asking must not hang on who imported what first."""
    module = entry.ask.__module__
    name = module.rpartition(".")[2]
    number = MODULES.index(name) if name in MODULES else len(MODULES)
    return number, module, entry.ask.__code__.co_firstlineno


@cache
def of_stage(stage: str) -> tuple[Entered, ...]:
    """Return the rules of one stage in the order they are asked."""
    return tuple(entry for entry in entered().values() if entry.stage == stage)
