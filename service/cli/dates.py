"""Days on the command line."""

from __future__ import annotations

from datetime import date

from deltoid.service.cli.exits import Exit, Failure


def day_given(option: str, written: str | None) -> date:
    """Return the day that an option names, today where it is not given, or end the command.

    Examples
    --------
    >>> day_given("--on", "2024-03-31")
    datetime.date(2024, 3, 31)
    """
    if written is None:
        return date.today()
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Failure(Exit.USAGE, f"{option}: write a day as 2026-01-31") from None
