"""One training from corpus to artifact: examples, passes, export, temperatures, checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from transformers import AutoTokenizer

from deltoid.models.current import CHECKSUMS
from deltoid.models.extraction.encoder import SETTINGS, TOKENIZER, WEIGHTS, Encoder, Settings
from deltoid.models.extraction.windows import Windows
from deltoid.models.training.corpora import gold_examples, narrative_examples
from deltoid.models.training.examples import Example
from deltoid.models.training.exporting import export
from deltoid.models.training.network import SecondLook
from deltoid.models.training.settings import settings_text, shipped_sure, temperatures
from deltoid.models.training.training import Plan, train


@dataclass(frozen=True, slots=True)
class Trained:
    """A network with its tokenizer, and how its training went."""

    network: SecondLook
    tokenizer: Tokenizer
    losses: list[float]
    learned: int


def trained(
    source: str, layers: int | None, plan: Plan, say: Callable[[str], None], share: float = 1.0
) -> Trained:
    """Train on the gold corpus and the narratives.

    Parameters
    ----------
    source : str
        A folder with an encoder and its fast tokenizer as transformers saves them, or a name on a hub.
    layers : int or None
        How many of its layers to keep.
    plan : Plan
    say : callable
        Told the progress.
    share : float, default=1
        Of the writers to learn from, for a learning curve.
    """
    torch.manual_seed(plan.seed)
    torch.use_deterministic_algorithms(True)
    tokenizer = tokenizer_of(source)
    network = SecondLook(source, layers)
    learned = of_writers([*gold_examples("train"), *narrative_examples("train") * plan.narratives], share)
    losses = train(network, Windows(tokenizer), learned, kept_aside(), plan, say)
    return Trained(network, tokenizer, losses, len(learned))


def kept_aside() -> list[Example]:
    """Return the examples that choose when to stop and how odds are cooled."""
    return [*narrative_examples("dev"), *gold_examples("dev")]


def of_writers(examples: list[Example], share: float) -> list[Example]:
    """Return the examples of every n-th writer, so that a share of them is left."""
    writers = sorted({example.group for example in examples})
    wanted = {w for k, w in enumerate(writers) if int((k + 1) * share) > int(k * share)}
    return [example for example in examples if example.group in wanted]


def tokenizer_of(source: str) -> Tokenizer:
    """Return the tokenizer of an encoder, cutting nothing off and filling nothing up."""
    tokenizer: Any = AutoTokenizer.from_pretrained(source).backend_tokenizer
    tokenizer.encode_special_tokens = True
    tokenizer.no_truncation()
    tokenizer.no_padding()
    found: Tokenizer = tokenizer
    return found


def write_artifact(folder: Path, done: Trained, *, eight_bits: bool = True) -> Encoder:
    """Write what is served, with temperatures measured on what is served; return it loaded."""
    folder.mkdir(parents=True, exist_ok=True)
    done.tokenizer.save(str(folder / TOKENIZER), pretty=False)
    export(done.network, folder / WEIGHTS, eight_bits=eight_bits)
    weights, tokenizer = (folder / WEIGHTS).read_bytes(), (folder / TOKENIZER).read_text(encoding="utf-8")
    cooled = temperatures(Encoder(weights, tokenizer, Settings({}, {})), kept_aside())
    (folder / SETTINGS).write_text(settings_text(cooled, shipped_sure()), encoding="utf-8")
    return Encoder.load(folder)


def write_checksums(folder: Path) -> None:
    """Write the checksum of every file of an artifact; without them it is not served."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != CHECKSUMS)
    lines = (
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}" for p in paths
    )
    (folder / CHECKSUMS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def plan_told(plan: Plan) -> str:
    """Return a plan as words for a card.

    Examples
    --------
    >>> plan_told(Plan(seed=1))[:22]
    'seed 1, epochs 3, pati'
    """
    return ", ".join(f"{name} {value}" for name, value in asdict(plan).items())
