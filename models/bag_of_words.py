"""The bag of words: what the mere words of a note give away, the floor that anything learned must clear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline

from deltoid.annotations.marked import MarkedText
from deltoid.annotations.spread import family


def bag_of_words(seed: int = 0) -> Pipeline:
    """Return an untrained classifier of texts: words and pairs of words, weighted by rarity, into a
    logistic regression.

    Examples
    --------
    >>> model = bag_of_words().fit(["shot given", "shot refused"] * 3, [True, False] * 3)
    >>> bool(model.predict(["given"])[0])
    True
    """
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    return make_pipeline(words, LogisticRegression(C=10, max_iter=2000, random_state=seed))


@dataclass(frozen=True, slots=True)
class Figures:
    """How well "supported" is told: area under the ROC curve, accuracy, and that of always saying the
    commoner.
    """

    notes: int
    auroc: float
    accuracy: float
    commoner: float


def supported(note: MarkedText) -> bool:
    """Return whether the gold decision of a note is "supported"."""
    return note.facts.get("outcome") == "supported"


def held_out(train: Sequence[MarkedText], test: Sequence[MarkedText], seed: int = 0) -> Figures:
    """Train on one part and score on another.

    Parameters
    ----------
    train, test : sequence of MarkedText
        Both with notes that are supported and notes that are not.
    seed : int, default=0
        Of the training.
    """
    truth = [supported(note) for note in test]
    odds = scores(train, test, seed)
    right = float(accuracy_score(truth, [score > 0.5 for score in odds]))
    commoner = max(sum(truth), len(truth) - sum(truth)) / len(truth)
    return Figures(len(test), float(roc_auc_score(truth, odds)), right, commoner)


def scores(train: Sequence[MarkedText], test: Sequence[MarkedText], seed: int = 0) -> list[float]:
    """Return the probability of "supported" for each note of `test`."""
    model = bag_of_words(seed).fit([note.text for note in train], [supported(note) for note in train])
    return [float(odds) for odds in model.predict_proba([note.text for note in test])[:, 1]]


def by_writer(notes: Sequence[MarkedText], seed: int = 0) -> Iterator[tuple[MarkedText, float]]:
    """Yield each note with the score of a model that never saw its writer."""
    writers = sorted({_writer(note) for note in notes})
    for writer in writers:
        mine = [note for note in notes if _writer(note) == writer]
        rest = [note for note in notes if _writer(note) != writer]
        yield from zip(mine, scores(rest, mine, seed), strict=True)


def _writer(note: MarkedText) -> str:
    return note.facts["id"].partition("-")[0]


def families(told: Sequence[tuple[MarkedText, float]]) -> tuple[float, int]:
    """Return how often, of two notes of one contrast family with different answers, the supported one
    scores higher.

    Parameters
    ----------
    told : sequence of tuple of MarkedText and float
        Notes with their scores.

    Returns
    -------
    tuple of float and int
        The share, ties counting half, and the number of pairs; 0.5 is chance, nan without pairs.

    Examples
    --------
    >>> told = {"id": "w01-001", "family": "f01"}
    >>> a, b = (MarkedText("x", facts=told | {"outcome": word}) for word in ("supported", "query"))
    >>> families([(a, 0.7), (b, 0.2)])
    (1.0, 1)
    """
    groups: dict[str, list[tuple[MarkedText, float]]] = {}
    for note, score in told:
        if name := family(note):
            groups.setdefault(name, []).append((note, score))
    wins = [_win(x, y) for group in groups.values() for x, y in _pairs(group)]
    return (sum(wins) / len(wins) if wins else float("nan")), len(wins)


def _pairs(group: Sequence[tuple[MarkedText, float]]) -> Iterator[tuple[float, float]]:
    """Yield, for each supported note and each other one of a family, their scores."""
    yield from ((x, y) for a, x in group if supported(a) for b, y in group if not supported(b))


def _win(higher: float, lower: float) -> float:
    return 0.5 if higher == lower else float(higher > lower)


def table(test: Figures, pairs: Mapping[str, tuple[float, int]]) -> str:
    """Return the figures in Markdown.

    Examples
    --------
    >>> print(table(Figures(10, 0.75, 0.7, 0.6), {"all": (0.5, 4)}))
    | bag of words | n | AUROC | accuracy | always the commoner |
    | --- | --: | --: | --: | --: |
    | test split | 10 | 0.750 | 0.700 | 0.600 |
    <BLANKLINE>
    | contrast families | pairs | supported scored higher (chance 0.5) |
    | --- | --: | --: |
    | all | 4 | 0.500 |
    """
    lines = [
        "| bag of words | n | AUROC | accuracy | always the commoner |",
        "| --- | --: | --: | --: | --: |",
    ]
    lines += [
        f"| test split | {test.notes} | {test.auroc:.3f} | {test.accuracy:.3f} | {test.commoner:.3f} |",
        "",
    ]
    lines += ["| contrast families | pairs | supported scored higher (chance 0.5) |", "| --- | --: | --: |"]
    return "\n".join(lines + [f"| {name} | {n} | {share:.3f} |" for name, (share, n) in pairs.items()])
