"""On whose authority: sources in full, and how long ago each was read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from deltoid.pipeline.policybook import PolicyBook

# A rule carries its sources as one text, "title [SHORT-NAME]; title [SHORT-NAME]", as its findings show them.
_NAME = re.compile(r"\[([^\[\]]+)\](?=;|$)")


@dataclass(frozen=True, slots=True)
class Cited:
    """A source in full."""

    id: str
    tier: str
    title: str
    where: str
    read: date


@dataclass(frozen=True, slots=True)
class Aged:
    """A source of the register: how many days ago it was read, and how many entries cite it."""

    source: Cited
    days: int
    cited_by: int


def source_names(text: str) -> tuple[str, ...]:
    """Return the short names in a rule's text of sources.

    Examples
    --------
    >>> source_names("NGS, errors [NGS-CERT]; Noridian [NOR-DOC]")
    ('NGS-CERT', 'NOR-DOC')
    """
    return tuple(_NAME.findall(text))


def cited(text: str, book: PolicyBook) -> tuple[Cited, ...]:
    """Return the sources that a rule's text of sources names.

    Examples
    --------
    >>> [source.tier for source in cited("NGS, errors [NGS-CERT]", PolicyBook())]
    ['O']
    """
    known = book.sources()
    return tuple(_cited(name, book) for name in source_names(text) if name in known)


def _cited(name: str, book: PolicyBook) -> Cited:
    source = book.sources()[name]
    return Cited(name, source.tier, source.title, source.where, source.read)


def source(name: str, book: PolicyBook) -> Cited | None:
    """Return one source by its short name, in whichever case it is written."""
    found = next((each for each in book.sources() if each.lower() == name.lower()), None)
    return _cited(found, book) if found else None


def aged(book: PolicyBook, today: date, *, older_than: int | None = None) -> tuple[Aged, ...]:
    """Return the register of sources, those read longest ago first.

    Parameters
    ----------
    book : PolicyBook
    today : datetime.date
    older_than : int, optional
        Only those read more days ago than this.

    Returns
    -------
    tuple of Aged

    Examples
    --------
    >>> aged(PolicyBook(), date(2027, 11, 21), older_than=366)
    ()
    >>> aged(PolicyBook(), date(2027, 11, 21))[0].days
    365
    """
    uses = _uses(book)
    told = [Aged(_cited(name, book), (today - s.read).days, uses[name]) for name, s in book.sources().items()]
    kept = [each for each in told if older_than is None or each.days > older_than]
    return tuple(sorted(kept, key=lambda each: (-each.days, each.source.id)))


def _uses(book: PolicyBook) -> Counter[str]:
    entries = (entry for layer in book.layers() for entry in layer.entries)
    return Counter(name for entry in entries for name in _names(entry.fields.get("source")))


def _names(written: object) -> list[str]:
    return [str(name) for name in written] if isinstance(written, list) else []
