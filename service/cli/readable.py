"""One review in words, for a terminal: the note with its spans, the events, the answer and its reasons."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.rule import Rule as Ruler
from rich.text import Text

from deltoid.pipeline.types import ClaimLine, Finding, Injection, Judgement, Review
from deltoid.service.cli.marked import marked, visible
from deltoid.service.web.marks import marks_of
from deltoid.service.web.slots import fillers, meaning, mention
from deltoid.service.web.words import label, slots, word

TONES = {"good": "bold green", "gap": "green", "ask": "bold yellow", "bad": "bold red", "other": "cyan"}
TIMES = "\N{MULTIPLICATION SIGN}"
Lines = Iterator[tuple[int, Text]]
"""Each with how far it is indented."""


def show(review: Review, console: Console) -> None:
    """Print a review.

    Parameters
    ----------
    review : Review
    console : rich.console.Console
        Its colours repeat what the words say already.
    """
    console.print(Ruler(Text(visible(review.note.id)), style="dim"))
    _print(console, 0, _outcome(review))
    _print(console, 0, Text(_context(review), "dim"))
    console.print()
    _print(console, 2, _note(review))
    console.print()
    for title, lines in _parts(review):
        for number, (indent, line) in enumerate(lines):
            if number == 0:
                console.print(Text(title, "bold"))
            _print(console, indent, line)
    console.print()


def _print(console: Console, indent: int, text: Text) -> None:
    """Print a text with all its lines indented and nothing behind them."""
    for line in text.wrap(console, max(console.width - indent, 20)):
        line.rstrip()
        console.print(Text(" " * indent) + line, soft_wrap=True)


def _outcome(review: Review) -> Text:
    shown = label("outcome", review.decision.outcome)
    return Text.assemble((shown.title.upper(), TONES[shown.tone]), f" — {shown.says}")


def _context(review: Review) -> str:
    context = review.note.context
    values = {
        "payer": word("payer", context.payer),
        "date_of_service": f"{context.date_of_service}",
        "claim": word("claim", context.claim),
    }
    told = [f"{value}{_origin(context.origin.get(name, 'given'))}" for name, value in values.items()]
    return " · ".join([*told, *([f"place of service {context.pos}"] if context.pos else [])])


def _origin(origin: str) -> str:
    words = word("origin", origin)
    return f" ({words})" if words else ""


def _note(review: Review) -> Text:
    spans = [span for span in marks_of(review).spans if span.type != "evidence"]
    return marked(
        review.note.text.rstrip(), [span for span in spans if span.end <= len(review.note.text.rstrip())]
    )


def _parts(review: Review) -> Iterator[tuple[str, Lines]]:
    decision = review.decision
    yield "Injections", _events(review)
    yield "Lines to send", _lines(decision.lines)
    yield "Lines that wait for an answer", _lines(decision.held)
    yield "Visit", _visit(review)
    yield (
        "Other code families",
        _redirects(review),
    )
    yield "Missing", _missing(review)
    yield "Why", _reasons(decision.findings)
    yield "Claim", _claim(review)
    yield "Triage", iter([(2, Text(f"{review.triage[0]}: {review.triage[1]}"))])


def _events(review: Review) -> Lines:
    judgements = {judgement.event: judgement for judgement in review.decision.judgements}
    for number, event in enumerate(review.events, 1):
        yield 2, _event_head(number, event, judgements[event.id])
        for title, words in _filled(event):
            yield 5, Text(f"{title}: {visible(words)}")


def _event_head(number: int, event: Injection, judgement: Judgement) -> Text:
    status, answer = label("status", event.status), label("disposition", judgement.disposition)
    doubt = f", {word('doubt', event.doubt)}" if event.doubt else ""
    name = event.drug.name if event.drug else "substance not named"
    return Text.assemble(
        f"{number}  ",
        (visible(name), "bold"),
        f"  {status.title}{doubt}  → ",
        (answer.title, TONES[answer.tone]),
        f" {judgement.code}" if judgement.code else "",
    )


def _filled(event: Injection) -> Iterator[tuple[str, str]]:
    for slot in slots():
        told = [_words(filler) for filler in fillers(event, slot.name)]
        if told:
            yield slot.title, ", ".join(told)


def _words(filler: object) -> str:
    words, means = mention(filler), meaning(filler)  # type: ignore[arg-type]
    if words is None:
        return f"({means})"
    return f"{words.text} ({means})" if means and means != words.text else words.text


def _lines(lines: tuple[ClaimLine, ...]) -> Lines:
    for line in lines:
        yield (
            2,
            Text(f"{'-'.join((line.code, *line.modifiers))} {TIMES}{line.units}  ({', '.join(line.events)})"),
        )


def _visit(review: Review) -> Lines:
    visit = review.decision.em
    if visit is not None:
        yield 2, Text("-".join((visit.code, *visit.modifiers)))


def _missing(review: Review) -> Lines:
    asked = {finding.element: finding.query for finding in review.decision.findings if finding.query}
    for element in review.decision.missing:
        query = asked.get(element)
        yield (
            2,
            Text.assemble((element.replace("_", " "), TONES["ask"]), f": {visible(query)}" if query else ""),
        )


def _reasons(findings: tuple[Finding, ...]) -> Lines:
    for finding in findings:
        shown = label("severity", "hard" if finding.hard else finding.severity)
        said = (shown.title, TONES[shown.tone])
        yield 2, Text.assemble((finding.rule, "bold"), " ", said, f": {visible(finding.message)}")
        starts, ends = finding.effective
        yield 4, Text(f"{finding.source}; {starts or 'always'} to {ends or 'now'}", "dim")


def _redirects(review: Review) -> Lines:
    for redirect in review.decision.redirects:
        yield 2, Text(f"{redirect.code}  ({', '.join(redirect.events)}; {redirect.rule})")


def _claim(review: Review) -> Lines:
    for check in review.decision.claim or ():
        shown = label("line", check.status)
        expected = f", expected {check.expected.code} {TIMES}{check.expected.units}" if check.expected else ""
        rule = f" ({check.rule})" if check.rule else ""
        yield 2, Text.assemble(f"line {check.line}: ", (shown.title, TONES[shown.tone]), f"{expected}{rule}")
