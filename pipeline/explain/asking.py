"""From a question in a coder's words to the words it is looked up by."""

from __future__ import annotations

from functools import cache

from deltoid.pipeline.explain.codes import code_words
from deltoid.pipeline.explain.tables import rows
from deltoid.pipeline.explain.tokens import phrases, tokens, words
from deltoid.pipeline.formulary import Formulary

MEANT = 0.6
"""What a drug is counts less than what was written."""
NUMBER = 1.5
"""A code or a modifier counts more than a word."""


def weighed(question: str, formulary: Formulary) -> dict[str, float]:
    """Return the words of a question with their weights; a drug's name also asks for its kind.

    Parameters
    ----------
    question : str
    formulary : Formulary
        Knows which words are drugs.

    Returns
    -------
    dict

    Examples
    --------
    >>> weighed("Tdap", Formulary.shipped())
    {'vaccin': 0.6, 'drug': 0.6, 'tdap': 1.0}
    """
    names = {name for phrase in phrases(words(question)) if (name := _drug(phrase, formulary))}
    kinds = {word: MEANT for name in sorted(names) for word in _kind(name, formulary)}
    codes = {stem: MEANT for word in words(question) for stem in tokens(_apart(word))}
    several = dict.fromkeys(tokens("different drugs"), MEANT) if len(names) > 1 else {}
    return several | codes | kinds | {word: 1.0 if word.isalpha() else NUMBER for word in tokens(question)}


def _apart(word: str) -> str:
    """Return our words for a code beside the one that all questions are about."""
    return "" if word == "96372" else code_words(word.upper())


def _drug(phrase: str, formulary: Formulary) -> str | None:
    name = formulary.surfaces().get(phrase)
    return name if name and formulary.substances()[name].form not in ("word", "never") else None


def _kind(name: str, formulary: Formulary) -> list[str]:
    return tokens(f"{_words().get(formulary.substances()[name].category, '')} drug")


@cache
def _words() -> dict[str, str]:
    return {row["kind"]: row["words"] for row in rows("drug_words.csv", ("kind", "words", "source"))}
