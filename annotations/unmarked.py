"""Injectable drugs that a note names and nobody marked: places to read again, never labels."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from deltoid.annotations.marked import MarkedText
from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.scan import Scanner, Surface
from deltoid.pipeline.text import fold
from deltoid.pipeline.types import Mention

_INJECTED = frozenset(("needle", "iv", "local", "implant"))


def unmarked_drugs(note: MarkedText) -> Iterator[Mention]:
    r"""Yield the names of drugs that are practically only injected and that no mark of the note covers.

    Parameters
    ----------
    note : MarkedText
        A labelled note.

    Yields
    ------
    Mention
        Allergies, laboratory names and second tellings are among them: a person decides.

    Examples
    --------
    >>> from deltoid.annotations.marked import read_marked
    >>> [note] = read_marked("[drug#1 Rocephin] IM; Bicillin last week\n=> #1 ordered IM")
    >>> [drug.text for drug in unmarked_drugs(note)]
    ['Bicillin']
    """
    marked = [m for event in note.events for mentions in event.slots.values() for m in mentions]
    for hit in _scanner().scan(fold(note.text)):
        if not any(m.start < hit.end and hit.start < m.end for m in marked):
            yield Mention("drug", hit.start, hit.end, note.text[hit.start : hit.end], hit.surface.table)


@cache
def _scanner() -> Scanner:
    formulary = Formulary.shipped()
    kinds = {name: substance.form for name, substance in formulary.substances().items()}
    return Scanner(
        Surface(surface, "drug", name, "drugs.csv")
        for surface, name in formulary.surfaces().items()
        if kinds.get(name) in _INJECTED
    )
