"""The words that tell what became of an injection, and what the note says of the encounter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from deltoid.pipeline import tabular
from deltoid.pipeline.types import Status

SIDES = frozenset({"before", "after", "either"})


@dataclass(frozen=True, slots=True)
class StatusCue:
    """Words that speak for a status, on one `side` of the drug or either, up to `reach` characters away.

    The heavier cue wins; it loses weight as it gets farther from the drug.
    """

    status: Status
    side: str
    weight: float
    reach: int


@dataclass(frozen=True, slots=True)
class EncounterCue:
    """Words that state a fact about the encounter or the injection."""

    surface: str
    label: str
    norm: str


@cache
def status_cues() -> Mapping[str, tuple[StatusCue, ...]]:
    """Return the status cues by surface; one surface may speak for two statuses by its side of the drug.

    Raises
    ------
    TableError
        If a row's side or status is not one of ours.

    Examples
    --------
    >>> [cue.status for cue in status_cues()["declined"]]
    ['declined']
    """
    cues: dict[str, tuple[StatusCue, ...]] = {}
    for row in tabular.read("status_cues.csv", ["surface", "status", "side", "weight", "reach", "source"]):
        if row["side"] not in SIDES:
            raise row.refuse("side", f"is none of {sorted(SIDES)}")
        cue = StatusCue(_status(row), row["side"], float(row["weight"]), int(row["reach"]))
        cues[row["surface"]] = (*cues.get(row["surface"], ()), cue)
    return cues


@cache
def section_status() -> Mapping[str, tuple[Status, float]]:
    """Return the status that a section speaks for by itself, and its weight.

    Raises
    ------
    TableError
        If a row's status is not one of the contract.

    Examples
    --------
    >>> section_status()["plan"][0]
    'ordered'
    """
    rows = tabular.read("section_status.csv", ["section", "status", "weight", "source"])
    return {row["section"]: (_status(row), float(row["weight"])) for row in rows}


@cache
def encounter_cues() -> tuple[EncounterCue, ...]:
    """Return the facts of encounters that words state.

    Examples
    --------
    >>> sorted({cue.label for cue in encounter_cues()} & {"order", "supervision"})
    ['order', 'supervision']
    """
    rows = tabular.read("encounter_cues.csv", ["surface", "label", "norm", "source"])
    return tuple(EncounterCue(row["surface"], row["label"], row["norm"]) for row in rows)


def _status(row: tabular.Row) -> Status:
    statuses: tuple[Status, ...] = get_args(Status)
    for status in statuses:
        if row["status"] == status:
            return status
    raise row.refuse("status", f"is none of {sorted(statuses)}")
