"""Every id that the program knows, with its title and whether the policy holds it or why not."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from deltoid.pipeline import policies
from deltoid.pipeline.explain.tables import rows
from deltoid.pipeline.explain.topics import topics

IN_POLICY = "policy"
_ID = re.compile(r"\b[GRUMHDNX]-\d\d[a-z]?(?:\.list)?\b")


@dataclass(frozen=True, slots=True)
class Registered:
    """One id: its section, its title in our words, other words for it, and its state.

    `state` is ``policy`` where the policy holds it, else where it is decided or why it is left out; `see` are
    the ids that the state names.
    """

    id: str
    section: str
    title: str
    asked: str
    state: str
    see: tuple[str, ...]


@cache
def register() -> tuple[Registered, ...]:
    """Return all ids in the order of the register.

    Examples
    --------
    >>> next(each for each in register() if each.id == "D-03").see
    ('G-07',)
    """
    text = (resources.files("deltoid.pipeline.policy") / "register.toml").read_text("utf-8")
    return tuple(
        _registered(name, section, state)
        for section, states in tomllib.loads(text).items()
        for name, state in states.items()
    )


def registered(name: str) -> Registered | None:
    """Return one id, in whichever case it is written.

    Examples
    --------
    >>> registered("g-08").title
    'route not documented'
    """
    return next((each for each in register() if each.id.lower() == name.lower()), None)


def _registered(name: str, section: str, state: str) -> Registered:
    title, asked = _titles().get(name, ("", ""))
    see = () if state == IN_POLICY else tuple(dict.fromkeys(_ID.findall(state)))
    return Registered(name, section, title, asked, state, see)


@cache
def _titles() -> dict[str, tuple[str, str]]:
    table = rows("titles.csv", ("id", "title", "asked", "source"))
    denials = {name: told["denial"] for name, told in denial_parameters().items()}
    return (
        {row["id"]: (row["title"], row["asked"]) for row in table}
        | {topic.id: (topic.topic, topic.question) for topic in topics()}
        | {name: (str(title), "") for name, title in denials.items()}
    )


@cache
def denial_parameters() -> dict[str, dict[str, object]]:
    """Return what the policy says of each denial, by its id; no payer's file changes it."""
    shipped = policies.load("commercial", date.max).parameters
    return {
        name: value for name, value in shipped.items() if name.startswith("N-") and isinstance(value, dict)
    }
