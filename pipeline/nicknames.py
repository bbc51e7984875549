"""Vaccines by the name of their disease, where the company tells that the vaccine is meant: "Vaccines: flu
10/14, Tdap".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.phrases import regex
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Mention
from deltoid.pipeline.words import Words

_NAME = r"(?<![\w/-])<<vaccine_nickname>>(?![\w-])"
_COMPANY = r"\b<<vaccine_word>>\b"
_ILLNESS_BEFORE = r"\b<<illness_before>>\s+(?:<<by_article>>\s+)?$"
_ILLNESS_BEHIND = r"\s*(?:[/,&+:-]|and|or)?\s*<<illness_behind>>\b"
_NEAR = 15  # characters in which a word of illness may stand before
_BRAND = 2  # characters between a name and the brand that says the same: "influenza (Flublok)"
_LINE = re.compile(r"[^\n]*")


def with_nicknames(text: str, words: Words, sentences: Sequence[Stretch], formulary: Formulary) -> Words:
    """Return the words of a note with the vaccines that it names by their disease.

    Parameters
    ----------
    text : str
    words : mapping of str to tuple of Mention
        As the scan found them.
    sentences : sequence of Stretch
        A vaccine, or a word for vaccines, in the same sentence or line is the company that is needed.
    formulary : Formulary
        What "flu vaccine" stands for is what "flu" stands for there.

    Examples
    --------
    >>> from deltoid.pipeline.words import find_words
    >>> from deltoid.pipeline.text import sentences
    >>> note = "Tdap today; flu 10/14/25, shingles due. Influenza A negative."
    >>> told = with_nicknames(note, find_words(note), tuple(sentences(note)), Formulary.shipped())
    >>> [mention.text for mention in told["drug"]]
    ['Tdap', 'flu', 'shingles']
    """
    drugs = words.get("drug", ())
    found = [
        mention
        for mention in _named(text, formulary)
        if not any(m.start <= mention.end + _BRAND and mention.start < m.end for m in drugs)
        and not _illness(text, mention)
        and _in_company(text, mention, drugs, sentences, formulary)
    ]
    return {**words, "drug": tuple(sorted((*drugs, *found), key=lambda m: m.start))} if found else words


def _named(text: str, formulary: Formulary) -> Iterator[Mention]:
    surfaces = formulary.surfaces()
    for found in regex(_NAME).finditer(text):
        if name := surfaces.get(f"{found.group().lower()} vaccine"):
            yield Mention("drug", found.start(), found.end(), found.group(), "phrases.csv", name)


def _illness(text: str, mention: Mention) -> bool:
    before = regex(_ILLNESS_BEFORE).search(text, max(0, mention.start - _NEAR), mention.start)
    return bool(before or regex(_ILLNESS_BEHIND).match(text, mention.end))


def _in_company(
    text: str, mention: Mention, drugs: Sequence[Mention], sentences: Sequence[Stretch], formulary: Formulary
) -> bool:
    """Return whether a vaccine, or a word for vaccines, stands in the sentence or the line."""
    sentence = next((s for s in sentences if s.start <= mention.start < s.end), None)
    start = text.rfind("\n", 0, mention.start) + 1
    found = _LINE.match(text, start)
    places = [(start, found.end() if found else len(text))]
    places += [(sentence.start, sentence.end)] if sentence else []
    return any(
        regex(_COMPANY).search(text, a, b) or any(_vaccine(m, formulary) for m in drugs if a <= m.start < b)
        for a, b in places
    )


def _vaccine(mention: Mention, formulary: Formulary) -> bool:
    substance = formulary.substances().get(mention.norm)
    return substance is not None and substance.category == "vaccine" and substance.form == "needle"
