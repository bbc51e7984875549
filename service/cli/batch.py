"""A run of ``deltoid review``: one item after another, errors beside the reviews and never among them."""

from __future__ import annotations

import io
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from typing import TextIO, cast

from deltoid.pipeline.policybook import PolicyBook
from deltoid.pipeline.types import Context, Review
from deltoid.service.cli.exits import Exit, Failure
from deltoid.service.cli.output import STDOUT, opened
from deltoid.service.cli.tally import Tally
from deltoid.service.engine import Engine, build_engine
from deltoid.service.faults import UNUSABLE, unusable, where
from deltoid.service.inputs.filling import filled
from deltoid.service.inputs.reading import Format, Item, Reader
from deltoid.service.problems import ItemError
from deltoid.service.review import review
from deltoid.service.settings import read_settings
from deltoid.service.terms.force import in_force

Writer = Callable[[Review], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says of a run."""

    inputs: tuple[str, ...]
    given: Context
    json: bool = False
    format: Format = "auto"
    encoding: str = "utf-8"
    output: str = STDOUT
    force: bool = False
    errors: str | None = None
    quiet: bool = False
    max_errors: int | None = None


def ready_engine(book: PolicyBook) -> Engine:
    """Return the engine with the policies of `book`, or end the command saying what cannot be used."""
    try:
        return in_force(build_engine(book), read_settings())
    except UNUSABLE as error:
        raise Failure(Exit.CONFIG, unusable(error)) from None


def run(options: Options, *, limit: int, engine: Engine, today: date) -> Exit:
    """Review every item of the inputs.

    Parameters
    ----------
    options : Options
    limit : int
        The most code points that a note may have.
    engine : Engine
    today : datetime.date
        The date of service where neither context nor note tells one.

    Returns
    -------
    Exit
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started, tally = time.monotonic(), Tally()
    stdin = cast(io.BufferedReader, sys.stdin.buffer)
    reader = Reader(stdin, limit, options.format, options.encoding)
    with _errors(options) as errors, opened(options.output, force=options.force) as out:
        write = _writer(options, out)
        for result in _reviewed(reader.items(options.inputs), options, engine, today):
            _put(result, write, errors, tally)
            if options.max_errors is not None and tally.failed > options.max_errors:
                break
    if not options.quiet:
        sys.stderr.write(f"{tally.summary(time.monotonic() - started)}\n")
    return _status(tally, options)


def _errors(options: Options) -> AbstractContextManager[TextIO]:
    return opened(options.errors, force=options.force) if options.errors else nullcontext(sys.stderr)


def _writer(options: Options, out: TextIO) -> Writer:
    if options.json:
        from deltoid.service.schemas.review import to_review_out

        return lambda done: _line(out, to_review_out(done).to_json())
    from rich.console import Console

    from deltoid.service.cli.readable import show

    console = Console(file=out, emoji=False, markup=False, highlight=False)
    return lambda done: show(done, console)


def _line(out: TextIO, text: str) -> None:
    out.write(f"{text}\n")
    out.flush()


def _reviewed(
    items: Iterator[Item | ItemError], options: Options, engine: Engine, today: date
) -> Iterator[Review | ItemError]:
    for item in items:
        yield item if isinstance(item, ItemError) else _one(item, options, engine, today)


def _one(item: Item, options: Options, engine: Engine, today: date) -> Review | ItemError:
    try:
        return review(filled(item.note, options.given), engine=engine, today=today)
    except ItemError as error:
        return error.at(item.place, item.note.id)
    except UNUSABLE as error:
        raise Failure(Exit.CONFIG, unusable(error)) from None
    except Exception as error:  # one note must not end a run
        return ItemError("internal", f"the review failed: {where(error)}", id=item.note.id, place=item.place)


def _put(result: Review | ItemError, write: Writer, errors: TextIO, tally: Tally) -> None:
    if isinstance(result, ItemError):
        _line(errors, json.dumps(result.as_json(), ensure_ascii=False))
        tally.bad(result)
    else:
        write(result)
        tally.good(result.decision.outcome)


def _status(tally: Tally, options: Options) -> Exit:
    if options.max_errors is not None and tally.failed > options.max_errors:
        return Exit.TOO_MANY_FAILED
    if not tally.outcomes and tally.failed == tally.errors["missing_file"]:
        return Exit.NOTHING_TO_DO
    return Exit.SOME_FAILED if tally.failed else Exit.OK
