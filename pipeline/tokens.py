"""A tokenizer for clinical notes: "80mg" is two tokens, "I.M." one, "1,000mcg/mL" four."""

from __future__ import annotations

from collections.abc import Callable

from spacy.lang.en import English
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

from deltoid.pipeline import lexicon
from deltoid.pipeline.text import abbreviations


def clinical_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return the factory of the clinical tokenizer.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> nlp.tokenizer = clinical_tokenizer()(nlp)
    >>> [token.text for token in nlp("Toradol 80mg I.M., 1,000mcg/mL x2")]
    ['Toradol', '80', 'mg', 'I.M.', ',', '1,000', 'mcg', '/', 'mL', 'x2']
    """
    return _tokenizer


registry.tokenizers.register("deltoid.ClinicalTokenizer.v1", func=clinical_tokenizer)


def _tokenizer(nlp: Language) -> Tokenizer:
    defaults = English.Defaults
    units = "|".join(_unit_words())
    tokenizer = Tokenizer(
        nlp.vocab,
        rules=dict(defaults.tokenizer_exceptions or {}),
        prefix_search=compile_prefix_regex([*(defaults.prefixes or []), r"#", r"\+"]).search,
        suffix_search=compile_suffix_regex([*(defaults.suffixes or []), rf"(?<=\d)(?i:{units})", "/"]).search,
        infix_finditer=compile_infix_regex(
            # between a number and its unit there is nothing to match, only a place to cut: "1,000mcg/mL"
            [*(defaults.infixes or []), "/", r"(?<=\d)-(?=[a-zA-Z])", r"\+", rf"(?<=\d)(?=(?i:{units})\b)"]
        ).finditer,
        token_match=defaults.token_match,
        url_match=None,
    )
    for surface in abbreviations():
        for form in (surface, surface.upper(), surface.capitalize()):
            tokenizer.add_special_case(form, [{ORTH: form}])
    return tokenizer


def _unit_words() -> list[str]:
    units = {
        s
        for s, form in lexicon.units().items()
        if s.isalpha() and form.kind in ("mass", "volume", "activity", "amount")
    }
    return sorted(units, key=lambda unit: (-len(unit), unit))
