"""What is said once for a list of drugs holds for each of them: route, place and time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from deltoid.pipeline.drafts import Draft
from deltoid.pipeline.linking import coordinated
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.reading import Reading
from deltoid.pipeline.types import Mention

_SHARED = ("route", "time", "date")

May = Callable[[Mention], bool]


def share(reading: Reading, drafts: Sequence[Draft]) -> None:
    """Pass on route, place and time along the lists of one sentence, in place.

    Examples
    --------
    >>> from deltoid.pipeline.reading import read_note
    >>> reading = read_note("IV Zofran, Dilaudid")
    >>> zofran, dilaudid = (Draft(None, None, drug) for drug in reading.words["drug"])
    >>> zofran.route = reading.words["route"][0]
    >>> share(reading, [zofran, dilaudid])
    >>> dilaudid.route.text
    'IV'
    """
    lists = [pair for pair in pairwise(drafts) if coordinated(reading, pair[0].anchor, pair[1].anchor)]
    for draft, after in reversed(lists):
        _pass_on(after, draft, _behind(after))
    for draft, after in lists:
        _pass_on(draft, after, _leading(reading, draft, after))


def _behind(draft: Draft) -> May:
    return lambda mention: mention.start >= draft.anchor.end


def _leading(reading: Reading, draft: Draft, after: Draft) -> May:
    # "IV Zofran, Dilaudid" leads the list; behind its drug a word is shared by "and", not by a comma
    joined = regex("<<joined_by>>").search(reading.text, draft.anchor.end, after.anchor.start) is not None
    return lambda mention: mention.start < draft.anchor.start or joined


def _pass_on(giver: Draft, taker: Draft, may: May) -> None:
    taker.complete(giver, (slot for slot in _SHARED if (told := getattr(giver, slot)) and may(told)))
    if taker.site is None and giver.site is not None and may(giver.site.mention):
        taker.site, taker.sites = giver.site, list(giver.sites)
