"""``deltoid train`` and ``deltoid evaluate``: from labelled notes to an artifact, and what it is worth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deltoid.service.cli.exits import Exit, Failure

if TYPE_CHECKING:
    from deltoid.models.extraction.evaluation import Labelled

train = typer.Typer(
    no_args_is_help=True, help="Learn from the labelled notes; needs the extra `train` and torch."
)
evaluate = typer.Typer(no_args_is_help=True, help="Say what an artifact is worth.")

Artifact = Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of the artifact.")]
Source = Annotated[
    str, typer.Option(metavar="ENCODER", help="As transformers saves it: a folder, or a name on a hub.")
]
Notes = Annotated[Path | None, typer.Option(metavar="FILE", help="Other notes: JSON Lines with id and note.")]
Labels = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Their gold events, as `gold export --format scorer`.")
]


@train.command("extraction")
def train_extraction(
    out: Artifact,
    encoder: Source,
    layers: Annotated[int, typer.Option(help="How many of its layers to keep.")] = 3,
    seed: Annotated[int, typer.Option(help="Of everything that chance decides.")] = 7,
    epochs: Annotated[int, typer.Option(help="Passes over the notes, at most.")] = 3,
    share: Annotated[float, typer.Option(help="Of the writers to learn from, for a learning curve.")] = 1.0,
) -> None:
    """Train the second look on the gold corpus and the narratives."""
    if out.exists() and any(out.iterdir()):
        raise Failure(
            Exit.CONFIG, f"{out.name} is not empty: artifacts are never overwritten, name a new folder"
        )
    try:
        from deltoid.models.training.run import trained, write_artifact, write_checksums
        from deltoid.models.training.training import Plan
    except ModuleNotFoundError as error:
        raise Failure(Exit.CONFIG, f"{error.name} is not installed: docs/training.md says how") from None
    done = trained(encoder, layers, Plan(seed=seed, epochs=epochs), typer.echo, share)
    write_artifact(out, done)
    write_checksums(out)
    typer.echo(f"{done.learned} examples; {sum(path.stat().st_size for path in out.iterdir()) / 1e6:.1f} MB")


@evaluate.command("extraction")
def evaluate_extraction(
    folder: Artifact,
    notes: Notes = None,
    labels: Labels = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write a reliability plot, SVG.")
    ] = None,
) -> None:
    """Print how rules and encoder read the labelled notes together, beside the rules alone."""
    from deltoid.models.current import verified
    from deltoid.models.extraction.card import bins, read, tables
    from deltoid.models.extraction.encoder import Encoder
    from deltoid.models.extraction.evaluation import asked
    from deltoid.models.reliability import reliability_plot

    verified(folder.parent, "extraction", folder.name)
    encoder = Encoder.load(folder)
    corpora = {
        name: read(asked(told, encoder), encoder.settings.sure) for name, told in _corpora(notes, labels)
    }
    typer.echo("\n".join(tables(corpora)))
    if plot:
        plot.write_text(reliability_plot(bins(corpora)), encoding="utf-8")


def _corpora(notes: Path | None, labels: Path | None) -> Iterator[tuple[str, list[Labelled]]]:
    from deltoid.annotations.corpus import GOLD, read_notes
    from deltoid.models.extraction.evaluation import labelled, narratives

    if (notes is None) != (labels is None):
        raise Failure(Exit.CONFIG, "--notes and --labels belong together: name both files, or neither")
    if notes and labels:
        yield notes.parent.name, list(_scored(notes, labels))
    yield "gold test", labelled(read_notes(GOLD, "test"))
    yield "narratives n10", narratives("dev")


def _scored(notes: Path, labels: Path) -> Iterator[Labelled]:
    from deltoid.models.extraction.evaluation import Labelled

    gold = {told["id"]: told["events"] for told in _lines(labels)}
    for told in _lines(notes):
        yield Labelled(told["note"], None, gold.get(told["id"], []))


def _lines(path: Path) -> list[Any]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except (OSError, ValueError) as error:
        raise Failure(Exit.CONFIG, f"{path.name} cannot be read: {type(error).__name__}") from None
