"""Faults of our own: where they happened, without the words that may stand in an exception's message."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb

from deltoid.models.current import ArtifactError
from deltoid.pipeline.policyfile import PolicyError
from deltoid.pipeline.tabular import TableError


class SettingsError(ValueError):
    """The environment holds a setting that cannot be used; the message names it, not its value."""


UNUSABLE = (ArtifactError, PolicyError, SettingsError, TableError, OSError)
"""A setting, table, policy or model that cannot be used; the messages are ours and hold nothing of a note."""


def unusable(error: Exception) -> str:
    """Return in words why one of :data:`UNUSABLE` stops the work.

    Examples
    --------
    >>> unusable(FileNotFoundError(2, "No such file or directory", "tables/drugs.csv"))
    'drugs.csv: No such file or directory'
    """
    if isinstance(error, OSError):
        return f"{Path(str(error.filename)).name}: {error.strerror}"
    return str(error)


def where(error: BaseException) -> str:
    """Return the kind of an exception and the line that raised it, never its message.

    Examples
    --------
    >>> try:
    ...     int("Toradol 60 mg")
    ... except ValueError as error:
    ...     where(error).split(" at ")[0]
    'ValueError'
    """
    frames = extract_tb(error.__traceback__)
    last = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{last}"
