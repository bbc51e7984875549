"""One multi-pattern scan of the raw text for every table's surface forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ahocorasick_rs

from deltoid.pipeline.text import Folded


@dataclass(frozen=True, slots=True)
class Surface:
    """A written form, the label it gets and the table it stands in."""

    text: str
    label: str
    norm: str
    table: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A surface found in the raw text, half-open offsets."""

    surface: Surface
    start: int
    end: int


class Scanner:
    """Finds all surfaces at once, whole words only, the longest of a label first.

    Parameters
    ----------
    surfaces : iterable of Surface
        Lower-case written forms. One text may stand under several labels.

    Examples
    --------
    >>> from deltoid.pipeline.text import fold
    >>> scanner = Scanner([Surface("toradol", "drug", "ketorolac", "x"), Surface("im", "route", "IM", "x")])
    >>> [(hit.surface.norm, hit.start) for hit in scanner.scan(fold("Toradol 30 mg IM, image"))]
    [('ketorolac', 0), ('IM', 14)]
    """

    def __init__(self, surfaces: Iterable[Surface]) -> None:
        self._by_text: dict[str, list[Surface]] = {}
        for surface in surfaces:
            self._by_text.setdefault(surface.text, []).append(surface)
        self._texts = sorted(self._by_text)
        self._automaton = ahocorasick_rs.AhoCorasick(self._texts)

    def scan(self, folded: Folded) -> list[Hit]:
        """Return the hits in order; of hits with one label that overlap, the longest only."""
        found: dict[str, list[tuple[int, int, Surface]]] = {}
        text = folded.text
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if _whole_word(text, start, end):
                for surface in self._by_text[self._texts[index]]:
                    found.setdefault(surface.label, []).append((start, end, surface))
        hits = [
            Hit(surface, *folded.raw(start, end))
            for label in found
            for start, end, surface in _longest(found[label])
        ]
        return sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.surface.label))


def _whole_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    if before == "." and text[start + 1 : start + 2] == "." and text[start - 2 : start - 1].isalpha():
        return False  # the "i.d." of "b.i.d."
    after = text[end] if end < len(text) else " "
    # "60mgIM" is no word, but "#2IM" and "x1IM" are written: a digit may stand before a letter
    return not (before.isalpha() or (before.isdigit() and text[start].isdigit())) and not after.isalnum()


def _longest(spans: list[tuple[int, int, Surface]]) -> list[tuple[int, int, Surface]]:
    kept: list[tuple[int, int, Surface]] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if kept and span[0] < kept[-1][1]:
            if span[1] - span[0] > kept[-1][1] - kept[-1][0]:
                kept[-1] = span
        else:
            kept.append(span)
    return kept


def surfaces(table: str, label: str, rows: Mapping[str, str]) -> list[Surface]:
    """Return the surfaces of one table.

    Parameters
    ----------
    table : str
        The table's file name.
    label : str
        The label that its words get.
    rows : mapping of str to str
        Written form → norm.

    Examples
    --------
    >>> surfaces("routes.csv", "route", {"im": "IM"})
    [Surface(text='im', label='route', norm='IM', table='routes.csv')]
    """
    return [Surface(text, label, norm, table) for text, norm in rows.items()]
