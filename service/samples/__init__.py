"""Sample notes with what is known beside them: invented, one file each, for page, manual and tests."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from deltoid.pipeline.types import Note
from deltoid.service.schemas.encounter import ContextIn


@dataclass(frozen=True, slots=True)
class About:
    """What a sample is called and, in one line, what it shows."""

    title: str
    shows: str


@cache
def samples() -> tuple[Note, ...]:
    """Return the sample notes in their order, each with its context.

    Returns
    -------
    tuple of Note
        The first word of an id is its group: ``clinic``, ``nurse``, ``ed`` and so on.

    Examples
    --------
    >>> samples()[0].id, samples()[0].context.pos
    ('clinic-depo-medrol-sciatica', '11')
    """
    files = sorted(
        (file.name, file) for file in resources.files(__name__).iterdir() if file.name.endswith(".txt")
    )
    notes = {_id(name): file.read_bytes().decode("utf-8") for name, file in files}
    return tuple(Note(name, text, _known(name).to_context()) for name, text in notes.items())


@cache
def about(sample: str) -> About:
    """Return what a sample is called and what it shows.

    Parameters
    ----------
    sample : str
        The id of one of :func:`samples`.

    Returns
    -------
    About

    Raises
    ------
    KeyError
        If there is no such sample.

    Examples
    --------
    >>> about("nurse-ppd").shows
    'An intradermal test has a code of its own.'
    """
    return About(_contexts()[sample]["title"], _contexts()[sample]["shows"])


@cache
def _contexts() -> dict[str, dict[str, Any]]:
    return tomllib.loads((resources.files(__name__) / "contexts.toml").read_text(encoding="utf-8"))


def _id(name: str) -> str:
    return name.removesuffix(".txt").partition("-")[2]


def _known(sample: str) -> ContextIn:
    return ContextIn.model_validate(
        {k: v for k, v in _contexts()[sample].items() if k not in ("title", "shows")}
    )
