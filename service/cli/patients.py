"""What ``deltoid explain --review`` prints."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from deltoid.pipeline.formulary import Formulary
from deltoid.pipeline.policybook import PolicyBook
from deltoid.service.cli.exits import Exit, Failure
from deltoid.service.cli.printing import put, put_json
from deltoid.service.explain.lines import Line
from deltoid.service.explain.patient import PlainReview, plain_review
from deltoid.service.explain.reviewed import PrintedReview, printed_reviews
from deltoid.service.problems import ItemError


def explain(file: str, book: PolicyBook, *, as_json: bool) -> None:
    """Print the lines of the reviews in a file in plain words.

    Parameters
    ----------
    file : str
        What ``deltoid review --json`` wrote; ``-`` for standard input.
    book : PolicyBook
        Its fee tables give the prices.
    as_json : bool

    Raises
    ------
    Failure
        ``NOTHING_TO_DO`` if there is no such file, ``TOO_MANY_FAILED`` if it holds something else.
    """
    try:
        reviews = printed_reviews(_read(file), file)
    except ItemError as error:
        line = f", line {error.place.line}" if error.place.line else ""
        raise Failure(Exit.TOO_MANY_FAILED, f"{file}{line}: {error.message}") from None
    told = [_plain(review, book) for review in reviews]
    if as_json:
        put_json({"reviews": told})
    else:
        put(line for each in told for line in _told(each))


def _read(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise Failure(Exit.NOTHING_TO_DO, f"{file} cannot be read: {error.strerror}") from None


def _plain(review: PrintedReview, book: PolicyBook) -> PlainReview:
    if review.payer not in book.payers():
        raise Failure(
            Exit.CONFIG, "the review was made with a payer that is not known here: give its --policy"
        )
    return plain_review(review, book.policy(review.payer, review.day), Formulary.shipped())


def _told(review: PlainReview) -> Iterator[Line]:
    yield 0, f"{review.note_id}, {review.day}"
    for line in review.lines:
        yield 2, f"{'-'.join((line.code, *line.modifiers))}: {line.says}"
    if review.remark:
        yield 2, review.remark
    yield 0, ""
