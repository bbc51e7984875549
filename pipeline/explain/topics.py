"""Questions on which published guides disagree, each with our short answer and the rules that decide it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from deltoid.pipeline.explain.tables import rows

COLUMNS = ("id", "topic", "question", "answer", "rules", "parameter", "source")


@dataclass(frozen=True, slots=True)
class Topic:
    """A question with its answer; `parameter` is what a payer or a site may set about it."""

    id: str
    topic: str
    question: str
    answer: str
    rules: tuple[str, ...]
    parameter: str | None
    sources: tuple[str, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """Return the topics in the order of the table.

    Examples
    --------
    >>> topics()[25].question
    'Must the site of the injection be documented?'
    """
    return tuple(
        Topic(
            row["id"], row["topic"], row["question"], row["answer"], tuple(row["rules"].split()),
            row["parameter"] or None, tuple(row["source"].split()),
        )
        for row in rows("topics.csv", COLUMNS)
    )  # fmt: skip
