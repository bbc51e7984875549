"""What a run came to, for the line at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from deltoid.pipeline.types import Outcome
from deltoid.service.problems import ItemError


@dataclass(slots=True)
class Tally:
    """Reviews by outcome and errors by code."""

    outcomes: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def good(self, outcome: Outcome) -> None:
        """Count a review."""
        self.outcomes[outcome] += 1

    def bad(self, error: ItemError) -> None:
        """Count an item that failed."""
        self.errors[error.code] += 1

    @property
    def failed(self) -> int:
        """How many items failed."""
        return self.errors.total()

    def summary(self, seconds: float) -> str:
        """Return one line: how many, how they came out, how fast.

        Examples
        --------
        >>> Tally(Counter(supported=2), Counter(empty=1)).summary(0.5)
        '2 reviewed (supported 2), 1 failed (empty 1), 0.5 s, 4.0 notes/s'
        """
        done = self.outcomes.total()
        parts = [f"{done} reviewed{_counted(self.outcomes.items())}"]
        if self.failed:
            parts.append(f"{self.failed} failed{_counted(self.errors.items())}")
        return ", ".join([*parts, f"{seconds:.1f} s", f"{done / max(seconds, 0.001):.1f} notes/s"])


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    told = ", ".join(f"{name} {count}" for name, count in sorted(counts))
    return f" ({told})" if told else ""
