"""Words of a question as they are compared: lower case, without endings, with their synonyms beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from deltoid.pipeline.explain.tables import rows

_WORD = re.compile(r"[a-z0-9]+(?:[/.][a-z0-9]+)*")
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ations?|ings?|ed|es|s|e)$")
LONGEST = 4


def words(text: str) -> list[str]:
    """Return the words of a text as they are written, in lower case.

    Examples
    --------
    >>> words("25 or 59 on the E/M of a self-pay?")
    ['25', 'or', '59', 'on', 'the', 'e/m', 'of', 'a', 'self', 'pay']
    """
    return _WORD.findall(text.lower())


def phrases(written: list[str]) -> Iterator[str]:
    """Yield every run of up to :data:`LONGEST` words.

    Examples
    --------
    >>> list(phrases(["flu", "shot"]))
    ['flu', 'flu shot', 'shot']
    """
    for start in range(len(written)):
        for end in range(start + 1, min(start + LONGEST, len(written)) + 1):
            yield " ".join(written[start:end])


def tokens(text: str) -> list[str]:
    """Return what a text is found by: its words without endings, and what their phrases also mean.

    Words that say nothing of the subject are left out.

    Examples
    --------
    >>> tokens("Who gave the shots?")
    ['gav', 'shot', 'inject']
    """
    written = words(text)
    meant = [word for phrase in phrases(written) for word in _synonyms().get(phrase, ())]
    return [stem(word) for word in (*written, *meant) if word not in _empty()]


def stem(word: str) -> str:
    """Return a word without its ending; codes and numbers stay as they are.

    Examples
    --------
    >>> stem("injections"), stem("documented"), stem("96372")
    ('inject', 'document', '96372')
    """
    if not word.isalpha():
        return word
    bare = _ENDING.sub("", _ENDING.sub("", word))
    return bare.removesuffix("ion") if len(bare) > 5 else bare


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    table = rows("synonyms.csv", ("written", "means", "source"))
    return {" ".join(words(row["written"])): tuple(words(row["means"])) for row in table}


@cache
def _empty() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("empty_words.csv", ("word", "source")))
