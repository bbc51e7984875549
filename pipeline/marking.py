"""What marks an administration: its time and day, the lot, the code and the container of the drug."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from deltoid.pipeline import moments, packaging
from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.linking import tie
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Mention

_TIME_LIMIT = 80.0  # characters that matter, as all limits here
_LABEL_LIMIT = 140.0
_PRINTED = (("lot", packaging.lots), ("ndc", packaging.ndcs), ("expiration", packaging.expiries))
_WORDS = ("container", "drug_source", "device")


def tie_moments(reading: Reading, stretch: Stretch, drafts: Sequence[Draft]) -> None:
    """Fill clock time and day of the drugs of one sentence, in place.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Toradol 60 mg IM at 14:05 on 11/26/2025")
    >>> draft = Draft(None, None, reading.words["drug"][0])
    >>> tie_moments(reading, reading.sentences[0], [draft])
    >>> draft.time.text, draft.date.text
    ('14:05', '11/26/2025')
    """
    piece = reading.text[stretch.start : stretch.end]
    amounts = [amount.mention for amount in reading.quantities_in(stretch)]
    told = moved((*moments.clock_times(piece), *moments.bare_clock_times(piece)), stretch.start)
    clocks = [clock for clock in _apart(told) if not any(_overlap(clock, amount) for amount in amounts)]
    days = moved((mention for mention, _ in moments.dates(piece)), stretch.start)
    tie(reading.text, drafts, "time", clocks, _TIME_LIMIT)
    tie(reading.text, drafts, "date", days, _TIME_LIMIT)


def tie_labels(reading: Reading, stretch: Stretch, drafts: Sequence[Draft]) -> None:
    """Fill lot, drug code, expiry, container, source and device of the drugs of one sentence, in place.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("Rocephin 1 g IM, lot RH4471, exp 06/2027")
    >>> draft = Draft(None, None, reading.words["drug"][0])
    >>> tie_labels(reading, reading.sentences[0], [draft])
    >>> draft.lot.text, draft.expiration.text
    ('RH4471', '06/2027')
    """
    piece = reading.text[stretch.start : stretch.end]
    for slot, find in _PRINTED:
        tie(reading.text, drafts, slot, moved(find(piece), stretch.start), _LABEL_LIMIT)
    for label in _WORDS:
        tie(reading.text, drafts, label, reading.within(label, stretch), _LABEL_LIMIT)


def moved(mentions: Iterable[Mention], by: int) -> list[Mention]:
    """Return mentions of a piece of the note as mentions of the note.

    Parameters
    ----------
    mentions : iterable of Mention
    by : int
        Where the piece begins, in characters.

    Examples
    --------
    >>> [(m.start, m.end) for m in moved([Mention("time", 3, 8, "14:05")], 100)]
    [(103, 108)]
    """
    return [replace(m, start=m.start + by, end=m.end + by) for m in mentions]


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end
