"""The samples as the picker offers them, grouped by what each comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deltoid.pipeline.types import Note, Review
from deltoid.service.web.words import Label, label, word, words

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample in the picker: what it tells of, and for whom."""

    id: str
    title: str
    payer: str


Shelf = tuple[tuple[Label, tuple[Sample, ...]], ...]


def shelf(notes: Sequence[Note], review: Callable[[Note], Review]) -> Shelf:
    """Return the samples by the outcome of their reviews, each group in the samples' own order.

    Parameters
    ----------
    notes : sequence of Note
    review : callable
        From a note to its review.

    Returns
    -------
    tuple of (Label, tuple of Sample)
        Groups without a sample are left out.

    Examples
    --------
    >>> from deltoid.pipeline.types import Decision, EncounterFacts
    >>> def nothing(note):
    ...     return Review(note, (), EncounterFacts(), Decision("not_supported"), ("coder", ""))
    >>> [(group.title, samples[0].title) for group, samples in shelf([Note("a", "")], nothing)]
    [('Not supported', 'no injection')]
    """
    reviews = [review(note) for note in notes]
    groups = (
        (label("outcome", outcome), tuple(_sample(r) for r in reviews if r.decision.outcome == outcome))
        for outcome in words("outcome")
    )
    return tuple((group, samples) for group, samples in groups if samples)


def _sample(review: Review) -> Sample:
    named = list(dict.fromkeys(e.drug.name if e.drug else "unnamed substance" for e in review.events))
    more = [f"{len(named) - _NAMED} more"] if len(named) > _NAMED else []
    title = ", ".join(named[:_NAMED] + more) or "no injection"
    return Sample(review.note.id, title, word("payer", review.note.context.payer))


def neighbours(notes: Sequence[Note], name: str) -> tuple[str | None, str | None]:
    """Return the ids of the samples before and after one.

    Examples
    --------
    >>> neighbours([Note("a", ""), Note("b", "")], "a")
    (None, 'b')
    """
    ids = [None, *(note.id for note in notes), None]
    at = ids.index(name)
    return ids[at - 1], ids[at + 1]
