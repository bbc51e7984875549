"""What the encoder reads: hints of the rules, and the words around one drug."""

from __future__ import annotations

from dataclasses import dataclass

from tokenizers import Tokenizer

from deltoid.pipeline.text import Stretch

Place = tuple[int, int]
NOWHERE: Place = (-1, -1)  # of what stands in the window and not in the note

_BEFORE, _BEHIND = 280, 220  # characters that are cut into tokens at all
_LEFT, _RIGHT, _DRUG, _HINTS = 46, 34, 12, 10  # tokens that are kept


@dataclass(frozen=True, slots=True)
class Hints:
    """What the rules say of a drug: its fate and way in, and the kind of section in which it stands."""

    fate: str
    route: str
    section: str

    def words(self) -> str:
        """Return the hints as words for the encoder.

        Examples
        --------
        >>> Hints("administered", "INTRA_ARTICULAR", "procedure").words()
        'administered intra articular procedure'
        """
        return f"{self.fate} {self.route} {self.section}".replace("_", " ").lower()


#: For training: the encoder shall also know what to do where the rules say nothing.
UNHINTED = Hints("unknown", "unknown", "unknown")


@dataclass(frozen=True, slots=True)
class Window:
    """The tokens of one question: their numbers, their places in the note, and where the drug begins."""

    ids: tuple[int, ...]
    places: tuple[Place, ...]
    drug: int


class Windows:
    """Cuts windows.

    Parameters
    ----------
    tokenizer : Tokenizer
        Of the encoder; it must know ``[CLS]``, ``[SEP]`` and two more tokens for the edges of the drug.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        named = ("[CLS]", "[SEP]", "[unused0]", "[unused1]")
        self._first, self._sep, self._open, self._close = (self._number(name) for name in named)

    def _number(self, token: str) -> int:
        number = self._tokenizer.token_to_id(token)
        if number is None:
            raise ValueError(f"the tokenizer has no {token}: a BERT-like vocabulary is needed")
        return number

    def cut(self, text: str, drug: Stretch, hints: Hints) -> Window:
        """Return the window of one drug.

        Parameters
        ----------
        text : str
            The note.
        drug : Stretch
            Where it stands.
        hints : Hints
        """
        start, end = max(0, drug.start - _BEFORE), min(len(text), drug.end + _BEHIND)
        left = self._tokens(text, start, drug.start)[-_LEFT:]
        right = self._tokens(text, drug.end, end)[:_RIGHT]
        head = [(self._first, NOWHERE), *self._hints(hints), (self._sep, NOWHERE), *left]
        tokens = [
            *head,
            (self._open, NOWHERE),
            *self._tokens(text, drug.start, drug.end)[:_DRUG],
            (self._close, NOWHERE),
            *right,
            (self._sep, NOWHERE),
        ]
        return Window(tuple(i for i, _ in tokens), tuple(place for _, place in tokens), len(head))

    def _hints(self, hints: Hints) -> list[tuple[int, Place]]:
        ids = self._tokenizer.encode(hints.words(), add_special_tokens=False).ids
        return [(number, NOWHERE) for number in ids[:_HINTS]]

    def _tokens(self, text: str, start: int, end: int) -> list[tuple[int, Place]]:
        found = self._tokenizer.encode(text[start:end], add_special_tokens=False)
        places = ((a + start, b + start) for a, b in found.offsets)
        return list(zip(found.ids, places, strict=True))
