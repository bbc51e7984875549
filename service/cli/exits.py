"""How a command ends: every exit status and what it means; docs/cli.md lists the same."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit statuses of ``deltoid``."""

    meaning: str

    def __new__(cls, status: int, meaning: str) -> Exit:
        """Make a status that says what it means."""
        member = int.__new__(cls, status)
        member._value_ = status
        member.meaning = meaning
        return member

    OK = 0, "everything asked for was done"
    SOME_FAILED = 1, "some items could not be reviewed; the others came out"
    USAGE = 2, "the command was called in a way that it does not know"
    NOTHING_TO_DO = 64, "no input was found, or nothing is known of what was asked"
    TOO_MANY_FAILED = 65, "more items failed than --max-errors or --fail-fast allows, or a file is no review"
    UNAVAILABLE = 69, "the address of the service is taken or cannot be listened on"
    INTERNAL = 70, "a fault of Deltoid itself"
    CANNOT_CREATE = 73, "an output file exists (see --force) or cannot be made"
    CANNOT_WRITE = 74, "writing failed: disk full, or nobody reads any more"
    CONFIG = 78, "a setting, table, policy or model cannot be used"
    INTERRUPTED = 130, "stopped by Ctrl-C or SIGTERM; nothing half-written is left"


class Failure(Exception):  # noqa: N818 - it ends a command, it is not a fault of the code
    """A command ends here with a status and one line on standard error."""

    def __init__(self, status: Exit, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
