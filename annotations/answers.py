"""An adjudicator's answers: which side is right where two readings part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deltoid.annotations.differences import Difference
from deltoid.annotations.marked_events import Place
from deltoid.annotations.pairing import PairKey

_ANSWER = re.compile(r"(?P<number>\d+)=(?P<answer>A|B|both|none|:\S+)")


def read_answers(source: str, name: str) -> dict[str, dict[int, str]]:
    r"""Read an adjudicator's file: ``w01-001 1=A 2=both 3=:ordered``, a line a note; ``#`` opens a comment.

    Raises
    ------
    MarkError
        If a word is no answer; it names file and line.

    Examples
    --------
    >>> read_answers("w01-001 1=A 2=:ordered\n", "x.txt")
    {'w01-001': {1: 'A', 2: ':ordered'}}
    """
    answers: dict[str, dict[int, str]] = {}
    for number, line in enumerate(source.splitlines(), 1):
        note, *words = line.partition("#")[0].split() or [""]
        if note:
            answers[note] = dict(_answer(word, Place(name, number)) for word in words)
    return answers


def _answer(word: str, place: Place) -> tuple[int, str]:
    answer = _ANSWER.fullmatch(word)
    if answer is None:
        raise place.error(f"{word!r} is no answer; write 3=A, 3=B, 3=both, 3=none or 3=:value")
    return int(answer["number"]), answer["answer"]


@dataclass(frozen=True, slots=True)
class Answered:
    """The differences of one note with their answers, asked by event and by what was in doubt."""

    told: Mapping[tuple[PairKey | None, str], tuple[Difference, str]]

    @classmethod
    def of(cls, asked: Sequence[Difference], answers: Mapping[int, str]) -> Answered:
        """Return the differences with their answers, which are numbered from 1 in their order.

        Raises
        ------
        ValueError
            If a difference has no answer, or an answer no difference.
        """
        if sorted(answers) != list(range(1, len(asked) + 1)):
            missing = sorted(set(range(1, len(asked) + 1)) - set(answers))
            raise ValueError(f"{len(asked)} differences and {len(answers)} answers; none to {missing}")
        return cls({(one.pair, one.what): (one, answers[n]) for n, one in enumerate(asked, 1)})

    def side(self, pair: PairKey | None, what: str) -> str:
        """Return the answer, ``A`` where the sides agree.

        Examples
        --------
        >>> Answered({}).side((1, 1), "dose")
        'A'
        """
        return self.told[pair, what][1] if (pair, what) in self.told else "A"

    def value(self, pair: PairKey | None, what: str, agreed: str) -> str:
        """Return what holds: the agreed word, or that of the answer; "-" for nothing.

        Examples
        --------
        >>> asked = [Difference("status", "ordered", "declined", (1, 1))]
        >>> Answered.of(asked, {1: "B"}).value((1, 1), "status", "x")
        'declined'
        """
        if (pair, what) not in self.told:
            return agreed
        difference, answer = self.told[pair, what]
        if answer.startswith(":"):
            return answer.removeprefix(":").replace("_", " ") if pair is None else answer.removeprefix(":")
        return {"A": difference.a, "B": difference.b, "both": difference.a}.get(answer, "-")
