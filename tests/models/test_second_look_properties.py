"""What holds of the second look for any text, whatever the encoder answers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from random import Random
from string import ascii_lowercase, digits, punctuation

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from deltoid import models
from deltoid.models.extraction.answers import Answer, Words, answer
from deltoid.models.extraction.labels import FATES, SLOTS
from deltoid.models.extraction.second_look import second_look
from deltoid.models.extraction.windows import NOWHERE, UNHINTED, Window, Windows
from deltoid.pipeline.nlp import extract, load
from deltoid.pipeline.reading import read_note
from deltoid.pipeline.text import Stretch
from deltoid.pipeline.types import Injection, Mention

SPECIAL = ("[CLS]", "[SEP]", "[UNK]", "[unused0]", "[unused1]")
SETTINGS = Path(models.__path__[0], "training", "sure.toml")
THRESHOLDS = tuple(tomllib.loads(SETTINGS.read_text(encoding="utf-8"))["sure"])
FRAGMENTS = (
    "Toradol 60 mg IM given L deltoid by RN Lee at 14:05.", "Rocephin 1 g IM", "Flu shot declined.", "B12 SC",
    "Kenalog 40 mg mixed with lidocaine 2 mL in one syringe into the left knee.", "Pt was given a shot",
    "Depo-Medrol 80 mg and Marcaine 1 cc injected R shoulder and L hip", "Ozempic at home weekly", "Zofran",
    "HPI:", "PLAN:", "ASSESSMENT: Strep throat.", "ALLERGIES:", "MAR", "for migraine", "nausea",
    "left gluteus", "deltoid", "given", "ordered", "if worse", "last week", "3/2/2026", "by Dr. Nash", "IM",
    "60 mg", "1 mL", "same syringe", "no reaction", ".", ",", ";", ":", "/", "\n", "\r\n", "\t", "\n\n",
)  # fmt: skip
# blanks of all kinds, letters that change their length or their look when case or form changes
ODDITIES = (
    "\u00a0", "\u2028", "\x0b", "\x00", "\u200b", "\ufeff", "\u0130", "\u00df", "\ufb01", "e\u0301", "\u4e2d",
    "\U0001f489", "\U0001f468\u200d\u2695\ufe0f", "\u00bd", "\u2019", "\ufffd",
)  # fmt: skip
PIECES = st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(ODDITIES), st.text(max_size=12))
TEXTS = st.builds(str.join, st.sampled_from((" ", "\n", "")), st.lists(PIECES, max_size=40))
ODDS = st.sampled_from((0.0, 0.3, 0.8, 1.0))
SURE = st.fixed_dictionaries(dict.fromkeys(THRESHOLDS, ODDS) | {"veto": st.sampled_from((0.5, 0.9, 1.1))})
BOLD = dict.fromkeys(THRESHOLDS, 0.0) | {"veto": 1.1}
SYRINGE = "Knee pain. Kenalog 40 mg mixed with lidocaine 2 mL given by RN Lee IM L deltoid. B12 SC given."


@cache
def tokenizer() -> Tokenizer:
    """Return a tokenizer of single characters that goes over a text as that of a BERT does."""
    letters = ascii_lowercase + digits + punctuation
    words = (*SPECIAL, *letters, *(f"##{letter}" for letter in letters), "given", "mg", "im", "##ol")
    vocabulary = {word: number for number, word in enumerate(words)}
    made = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = BertNormalizer(), BertPreTokenizer()
    return made


class Fake:
    """Answers at random, the same for the same seed: by what it likes, or through the logits of a network."""

    def __init__(self, seed: int, *, by_logits: bool = False) -> None:
        self.windows = Windows(tokenizer())
        self._rng, self._numbers = Random(seed), np.random.default_rng(seed)
        self._by_logits = by_logits

    def read(self, window: Window) -> Answer:
        if self._by_logits:
            return answer(window, *self._logits(len(window.ids)), {"fate": 2.0})
        weights = [self._rng.random() ** 4 + 1e-6 for _ in FATES]
        weights[0] += self._rng.choice((0, 0, 9))  # no event at all: what is dropped leaves gaps and partners
        fates = (weight / sum(weights) for weight in weights)
        return Answer(dict(zip(FATES, fates, strict=True)), {slot: self._words(window) for slot in SLOTS})

    def _logits(self, length: int) -> tuple[np.ndarray, np.ndarray]:
        fate = self._numbers.normal(0, 4, len(FATES)).astype(np.float32)
        fate[0] += self._numbers.choice([0.0, 0.0, 20.0])
        ends = self._numbers.normal(0, 4, (length, 2 * len(SLOTS))).astype(np.float32)
        ends[0] += self._numbers.choice([0.0, 12.0], 2 * len(SLOTS))
        return fate, ends

    def _words(self, window: Window) -> Words:
        places = [place for place in window.places if place != NOWHERE]
        (start, _), (_, end) = self._rng.choice(places), self._rng.choice(places)
        told = start < end and self._rng.random() < 0.7
        return Words(Stretch(start, end) if told else None, self._rng.random())


@cache
def nlp() -> Language:
    return load(spans=False)


def seen(text: str, fake: Fake, sure: dict[str, float]) -> tuple[Injection, ...]:
    return second_look(read_note(text), extract(nlp(), text)[0], fake, sure)


def mentions(value: object) -> Iterator[Mention]:
    """Yield every mention within a value, whatever holds it."""
    if isinstance(value, Mention):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from mentions(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from mentions(getattr(value, field.name))


def numbered(events: tuple[Injection, ...]) -> bool:
    return [event.id for event in events] == [f"e{number}" for number in range(1, len(events) + 1)]


FAKES = st.builds(Fake, st.integers(0, 2**32 - 1), by_logits=st.booleans())
THOROUGH = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@THOROUGH
@given(TEXTS, FAKES, SURE)
@example(SYRINGE, Fake(1), BOLD)
def test_every_mention_quotes_the_text(text: str, fake: Fake, sure: dict[str, float]) -> None:
    for mention in mentions(seen(text, fake, sure)):
        assert text[mention.start : mention.end] == mention.text != ""


@THOROUGH
@given(TEXTS, FAKES, SURE)
@example(SYRINGE, Fake(1), BOLD)
def test_events_are_numbered_in_the_order_of_the_note(text: str, fake: Fake, sure: dict[str, float]) -> None:
    events = seen(text, fake, sure)
    assert numbered(events)
    places = [event.drug.mention.start for event in events if event.drug]
    assert places == sorted(places)


@THOROUGH
@given(TEXTS, FAKES, SURE)
@example(SYRINGE, Fake(1), BOLD)
def test_partners_in_a_syringe_are_other_events_and_mutual(
    text: str, fake: Fake, sure: dict[str, float]
) -> None:
    partners = {event.id: event.mixed_with for event in seen(text, fake, sure)}
    for event, others in partners.items():
        assert event not in others
        assert all(event in partners[other] for other in others)


@THOROUGH
@given(TEXTS, st.data())
def test_every_token_of_a_window_stands_where_it_says(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    drug = Stretch(start, data.draw(st.integers(start, min(len(text), start + 20))))
    window = Windows(tokenizer()).cut(text, drug, UNHINTED)
    for number, (begin, end) in zip(window.ids, window.places, strict=True):
        token, quoted = tokenizer().id_to_token(number), text[max(begin, 0) : max(end, 0)].lower()
        # accents and the like are lost on the way to a token, and a word with an unknown letter is one whole
        assert token in (*SPECIAL, f"##{quoted}", quoted) or (begin, end) == NOWHERE or not quoted.isascii()


def test_what_is_tried_here_does_hold_partners_gaps_and_words_of_the_encoder() -> None:
    tried = [seen(SYRINGE, Fake(seed), BOLD | {"veto": 0.8}) for seed in range(30)]
    assert {len(events) for events in tried} == {0, 1, 2, 3}
    assert all(map(numbered, tried))
    assert any(event.mixed_with for events in tried for event in events)
    told = {mention.label for mention in mentions(tuple(tried)) if mention.found_by == "encoder"}
    assert told >= {"site", "condition", "time", "response", "status"}
