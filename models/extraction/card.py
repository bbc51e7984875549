"""The model card of an encoder: what it is for, what it learned from, how well it reads, where it fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deltoid.models.calibration import Bin, expected_error, reliability
from deltoid.models.event_scores import Scores, commonest
from deltoid.models.extraction.evaluation import Asked, Odds, odds, scored
from deltoid.models.extraction.filling import Sure

FIELDS = ("event", "core", "dose", "route", "site", "necessity", "time", "given_by", "response")
JUDGED = ("status", "route_class", "complete")
_ERRORS = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """A corpus as the rules alone and as rules and encoder read it, with the odds of the answers."""

    notes: int
    rules: Scores
    both: Scores
    odds: Odds


def read(notes: Sequence[Asked], sure: Sure) -> Reading:
    """Return how labelled notes are read with and without the encoder."""
    return Reading(len(notes), scored(notes, None), scored(notes, sure), odds(notes, sure))


def tables(corpora: Mapping[str, Reading]) -> Iterator[str]:
    """Yield the tables of a card in Markdown: scores, calibration, kinds of error.

    Parameters
    ----------
    corpora : mapping of str to Reading
        By name, in the order of the columns.
    """
    yield "Rules alone → rules and encoder; F1 by field, then the share of found events judged rightly."
    yield ""
    yield "| | " + " | ".join(f"{name} ({told.notes} notes)" for name, told in corpora.items()) + " |"
    yield "|---" * (len(corpora) + 1) + "|"
    for field in FIELDS:
        yield _row(field, [(c.rules.f1(field), c.both.f1(field)) for c in corpora.values()])
    for field in JUDGED:
        yield _row(field, [(c.rules.accuracy(field), c.both.accuracy(field)) for c in corpora.values()])
    yield ""
    yield from _calibration(corpora)
    yield ""
    yield "Commonest kinds of error, rules and encoder together:"
    yield ""
    yield "| | " + " | ".join(corpora) + " |"
    yield "|---" * (len(corpora) + 1) + "|"
    for kind, counts in commonest({name: told.both for name, told in corpora.items()}, _ERRORS):
        yield f"| {kind} | " + " | ".join(map(str, counts)) + " |"


def _row(name: str, pairs: Sequence[tuple[float, float]]) -> str:
    cells = (f"{rules:.3f} → **{both:.3f}**" for rules, both in pairs)
    return f"| {name} | {' | '.join(cells)} |"


def _calibration(corpora: Mapping[str, Reading]) -> Iterator[str]:
    names = sorted({name for told in corpora.values() for name in told.odds.said})
    yield "Expected calibration error (ten bins) and number of answers:"
    yield ""
    yield "| | " + " | ".join(corpora) + " |"
    yield "|---" * (len(corpora) + 1) + "|"
    for name in names:
        cells = (_error(told.odds, name) for told in corpora.values())
        yield f"| {name} | {' | '.join(cells)} |"


def _error(told: Odds, name: str) -> str:
    said, right = told.said.get(name, []), told.right.get(name, [])
    return f"{expected_error(said, right):.3f} of {len(said)}" if said else "-"


def bins(corpora: Mapping[str, Reading], name: str = "status") -> dict[str, list[Bin]]:
    """Return the bins of a reliability plot, a square a corpus."""
    return {
        f"{corpus}, {name}": reliability(told.odds.said[name], told.odds.right[name])
        for corpus, told in corpora.items()
        if name in told.odds.said
    }
