"""How old the imported files are, which are out of date, and which are missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deltoid.service.terms.dates import fresh_until
from deltoid.service.terms.kinds import Kind, kinds
from deltoid.service.terms.versions import Version, Versions


@dataclass(frozen=True, slots=True)
class State:
    """How one kind stands; `version` is the latest in force, None where nothing is imported."""

    kind: Kind
    version: Version | None
    in_force: tuple[str, ...]
    stored: tuple[str, ...]
    age_days: int | None
    fresh_until: date | None
    word: str

    def as_json(self) -> dict[str, object]:
        """Return it in plain values."""
        version = self.version
        return {
            "kind": self.kind.name,
            "title": self.kind.title,
            "rhythm": self.kind.rhythm,
            "state": self.word,
            "version": version.name if version else None,
            "effective": version.effective.isoformat() if version else None,
            "imported": version.imported.isoformat() if version else None,
            "age_days": self.age_days,
            "fresh_until": self.fresh_until.isoformat() if self.fresh_until else None,
            "in_force": list(self.in_force),
            "stored": list(self.stored),
        }


def status(versions: Versions, today: date) -> Iterator[State]:
    """Yield how each kind stands.

    The age counts from the day from which a version holds. The word is ``missing``, ``fresh``,
    ``out of date`` (its rhythm says that the next has come out) or ``not yet in force``.

    Raises
    ------
    TableError
        If the pointer or a manifest cannot be read.
    """
    named = versions.in_force()
    for kind in kinds().values():
        listed = named.get(kind.name, ())
        newest = versions.version(kind, listed[-1]) if listed else None
        until = fresh_until(newest.effective, kind.months) if newest else None
        age = (today - newest.effective).days if newest else None
        word = _word(today, newest.effective if newest else None, until)
        yield State(kind, newest, listed, versions.names(kind), age, until, word)


def _word(today: date, effective: date | None, until: date | None) -> str:
    if effective is None or until is None:
        return "missing"
    if today < effective:
        return "not yet in force"
    return "fresh" if today <= until else "out of date"
