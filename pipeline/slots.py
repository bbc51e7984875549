"""Filling the slots of the drugs of one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from deltoid.pipeline.bare_numbers import bare_number, nearer
from deltoid.pipeline.dosing import tie_amounts
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.marking import tie_labels, tie_moments
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.routing import tie_routes
from deltoid.pipeline.sharing import share
from deltoid.pipeline.siting import tie_sites
from deltoid.pipeline.text import Stretch


def fill(reading: Reading, stretch: Stretch, drafts: Sequence[Draft]) -> None:
    """Tie everything in a sentence to the drugs in it, and pass on what is said once for a list.

    Parameters
    ----------
    reading : Reading
    stretch : Stretch
        The sentence.
    drafts : sequence of Draft
        Its drugs, in order; changed in place.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Toradol 60 mg and Phenergan 25 mg IM")
    >>> drafts = [Draft(drug, None, drug) for drug in reading.words["drug"]]
    >>> fill(reading, reading.sentences[0], drafts)
    >>> [(d.dose.mention.text, d.route.text) for d in drafts]
    [('60 mg', 'IM'), ('25 mg', 'IM')]
    """
    if not drafts:
        return
    tie_amounts(reading, stretch, drafts)
    tie_routes(reading, stretch, drafts)
    tie_sites(reading, stretch, drafts)
    tie_moments(reading, stretch, drafts)
    tie_labels(reading, stretch, drafts)
    share(reading, drafts)
    for draft in drafts:
        bare = bare_number(reading, draft)
        if draft.dose is None or nearer(draft, bare):
            draft.dose = bare
