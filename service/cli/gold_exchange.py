"""``deltoid gold export`` and ``import``: labelled notes in the formats of other tools."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from deltoid.service.cli.exits import Exit, Failure

if TYPE_CHECKING:
    from deltoid.annotations.marked import MarkedText

Format = Literal["jsonl", "prodigy", "docbin", "conll", "brat", "scorer", "encounters", "marked"]
Part = Annotated[
    Literal["train", "dev", "test"] | None, typer.Option(help="One part of the split; all without it.")
]
Out = Annotated[Path, typer.Argument(metavar="OUT", help="The file to write; a folder for brat.")]
AFormat = Annotated[Format, typer.Option("--format", help="What shape.")]
HERE = Path("annotations/gold")  # the commands load nothing of the corpus until they run
Folder = Annotated[Path, typer.Option("--gold", metavar="FOLDER", help="Where the corpus stands.")]


@contextmanager
def told(source: Path | None = None) -> Iterator[None]:
    """Turn what cannot be read in a labelled file into the command's end."""
    try:
        yield
    except KeyError as error:
        raise Failure(Exit.CONFIG, f"{_of(source)}cannot be read: {error} is missing") from None
    except (ValueError, OSError) as error:
        raise Failure(Exit.CONFIG, f"{_of(source)}cannot be read: {error}") from None


def _of(source: Path | None) -> str:
    return f"{source.name} " if source else "the labelled notes "


def export(out: Out, format_: AFormat = "jsonl", part: Part = None, folder: Folder = HERE) -> None:
    """Write the compiled notes in another shape."""
    from deltoid.annotations.corpus import read_notes

    with told():
        notes = read_notes(folder, part)
    if format_ == "brat":
        _write_brat(notes, out)
    else:
        out.write_bytes(_content(notes, format_))
    typer.echo(f"{len(notes)} notes")


def _content(notes: Sequence[MarkedText], format_: Format) -> bytes:
    from deltoid.annotations.exchange.conll import write_conll
    from deltoid.annotations.exchange.prodigy import write_prodigy
    from deltoid.annotations.exchange.records import write_jsonl
    from deltoid.annotations.marked_writer import write_marked
    from deltoid.annotations.scoring import to_encounter, to_gold

    if format_ == "docbin":
        return _docbin(notes)
    if format_ in ("scorer", "encounters"):
        shape = to_gold if format_ == "scorer" else to_encounter
        return "".join(json.dumps(shape(note), ensure_ascii=False) + "\n" for note in notes).encode()
    writers = {"jsonl": write_jsonl, "prodigy": write_prodigy, "conll": write_conll, "marked": write_marked}
    return writers[format_](notes).encode()


def _docbin(notes: Sequence[MarkedText]) -> bytes:
    from deltoid.annotations.exchange.docbin import write_docbin
    from deltoid.pipeline.nlp import load

    return write_docbin(load(), notes)


def _write_brat(notes: Sequence[MarkedText], out: Path) -> None:
    from deltoid.annotations.exchange.brat import write_brat

    out.mkdir(parents=True, exist_ok=True)
    for note in notes:
        text, annotations = write_brat(note)
        (out / f"{note.facts['id']}.txt").write_bytes(text.encode())
        (out / f"{note.facts['id']}.ann").write_bytes(annotations.encode())


def import_(
    source: Annotated[
        Path, typer.Argument(metavar="FILE", help="What another tool wrote; a folder for brat.")
    ],
    out: Out,
    format_: AFormat = "prodigy",
) -> None:
    """Read labelled notes of another tool and write them in the mark format."""
    from deltoid.annotations.marked_writer import write_marked

    with told(source):
        notes = list(_read(source, format_))
    if not notes:
        raise Failure(Exit.NOTHING_TO_DO, f"{source.name} holds no notes in the format {format_}")
    out.write_bytes(write_marked(notes).encode())
    typer.echo(f"{len(notes)} notes")


def augment(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write, as JSON Lines.")],
    times: Annotated[int, typer.Option(min=1, help="New notes for each note of the training part.")] = 1,
    seed: Annotated[int, typer.Option(help="The same seed gives the same notes.")] = 0,
    folder: Folder = HERE,
) -> None:
    """Make more notes out of the training part: words swapped, noise added, labels carried along."""
    from deltoid.annotations.augment.augmenting import augment as more
    from deltoid.annotations.corpus import read_notes
    from deltoid.annotations.exchange.records import write_jsonl

    with told():
        notes = read_notes(folder, "train")
    new = list(more(notes, seed=seed, times=times))
    out.write_bytes(write_jsonl(new).encode())
    typer.echo(f"{len(new)} notes")


def _read(source: Path, format_: Format) -> Iterator[MarkedText]:
    from deltoid.annotations.exchange.brat import read_brat
    from deltoid.annotations.exchange.conll import read_conll
    from deltoid.annotations.exchange.docbin import read_docbin
    from deltoid.annotations.exchange.prodigy import read_prodigy
    from deltoid.annotations.exchange.records import read_jsonl
    from deltoid.annotations.marked import read_marked
    from deltoid.pipeline.nlp import load

    if format_ == "brat":
        if not source.is_dir():
            raise ValueError("brat's notes stand in a folder of .txt and .ann files, and this is none")
        for path in sorted(source.glob("*.txt")):
            yield read_brat(_text(path), _text(path.with_suffix(".ann")))
    elif format_ == "docbin":
        yield from read_docbin(load(), source.read_bytes())
    elif format_ == "marked":
        yield from read_marked(source)
    elif format_ in ("scorer", "encounters"):
        raise Failure(Exit.USAGE, f"{format_} does not hold the labels; it is written only")
    else:
        readers = {"jsonl": read_jsonl, "prodigy": read_prodigy, "conll": read_conll}
        yield from readers[format_](_text(source))


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of each note of a JSON Lines file."""
    from deltoid.annotations.exchange.records import json_lines

    with told(path):
        for number, item in enumerate(json_lines(_text(path)), 1):
            yield f"{path.name}:{item.get('id', number)}", item.get("note") or item.get("text") or ""
