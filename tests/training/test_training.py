"""Training with a tiny encoder made on the spot: the same twice over, and the same without torch.

Needs the extra ``train``: ``make test-training`` builds an environment with it.
"""

from __future__ import annotations

from pathlib import Path
from string import ascii_lowercase, digits

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from deltoid.annotations.marked import read_marked
from deltoid.models.current import verified
from deltoid.models.extraction.encoder import Encoder, Settings
from deltoid.models.training import run
from deltoid.models.training.batches import collate, tokens_of, window_of
from deltoid.models.training.corpora import of_notes
from deltoid.models.training.examples import Example
from deltoid.models.training.training import Plan

# the exporter that needs no further package is the older one, and says so
pytestmark = pytest.mark.filterwarnings("ignore")

NOTES = """[drug#1 Toradol] [dose#1 60 mg] [route#1 IM] given [site#1 R deltoid] for [why#1 migraine].
=> note id=w01-001
=> #1 administered IM
---
PLAN: will give [drug#1 Rocephin] [dose#1 1 g] [route#1 IM] tomorrow. [drug#2 Flu shot] refused.
=> note id=w02-001
=> #1 ordered IM
=> #2 declined
"""
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused0]", "[unused1]")
WORDS = ("toradol", "rocephin", "flu", "shot", "im", "g", "mg", "plan", "given", "for", "will", "refused")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a folder with an encoder of two narrow layers that knows a few words."""
    folder = tmp_path_factory.mktemp("encoder")
    letters = list(ascii_lowercase + digits + ".,:")
    pieces = [*SPECIAL, *WORDS, *(c for c in letters if c not in WORDS), *(f"##{c}" for c in letters)]
    cutter = Tokenizer(WordPiece({piece: n for n, piece in enumerate(pieces)}, unk_token="[UNK]"))
    cutter.normalizer = BertNormalizer(lowercase=True)
    cutter.pre_tokenizer = BertPreTokenizer()
    PreTrainedTokenizerFast(tokenizer_object=cutter, unk_token="[UNK]").save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(pieces), hidden_size=24, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=32, max_position_embeddings=256,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder)
    return str(folder)


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> list[Example]:
    examples = of_notes(read_marked(NOTES))
    monkeypatch.setattr(run, "gold_examples", lambda _part: examples)
    monkeypatch.setattr(run, "narrative_examples", lambda _part: examples)
    return examples


def quiet(_line: str) -> None:
    """Say nothing."""


def test_every_example_points_at_its_words(source: str, corpus: list[Example]) -> None:
    windows = run.Windows(run.tokenizer_of(source))
    assert sorted({fate for e in corpus for fate in e.fates}) == ["administered", "declined", "ordered"]
    [given] = [e for e in corpus if e.fates == ("administered",)]
    window = window_of(windows, given)
    [place] = given.slots["site"]
    tokens = tokens_of(window, place)
    assert tokens is not None
    first, last = tokens
    assert given.text[window.places[first][0] : window.places[last][1]] == "R deltoid"
    batch = collate([(window, given)])
    assert int(batch.ends[0, :, 0].sum()) == 1


def test_two_trainings_with_one_seed_are_identical(source: str, corpus: list[Example]) -> None:
    plan = Plan(epochs=2, size=2)
    one, other = (run.trained(source, 1, plan, quiet) for _ in range(2))
    assert one.losses == other.losses
    for name, weights in one.network.state_dict().items():
        assert torch.equal(weights, other.network.state_dict()[name]), name


def test_training_learns_what_it_sees(source: str, corpus: list[Example]) -> None:
    losses = run.trained(source, 2, Plan(epochs=6, size=2, rate=3e-3, head_rate=3e-3), quiet).losses
    assert min(losses) < losses[0]


def test_what_is_served_answers_as_what_was_trained(
    source: str, corpus: list[Example], tmp_path: Path
) -> None:
    done = run.trained(source, 2, Plan(epochs=1, size=2), quiet)
    window = window_of(run.Windows(done.tokenizer), corpus[0])
    ids, drug = torch.tensor([window.ids]), torch.tensor([window.drug])
    with torch.no_grad():  # before the export, which changes what the network itself answers
        fate, ends = done.network.eval()(ids, torch.ones_like(ids), drug)
    encoder = run.write_artifact(tmp_path / "look-1.0.0", done, eight_bits=False)
    served_fate, served_ends = encoder.logits(window)
    assert np.allclose(served_fate, fate[0].numpy(), atol=1e-4)
    assert np.allclose(served_ends, ends[0].numpy(), atol=1e-4)


def test_an_artifact_is_whole_and_its_settings_are_measured(
    source: str, corpus: list[Example], tmp_path: Path
) -> None:
    folder = tmp_path / "look-1.0.0"
    run.write_artifact(folder, run.trained(source, 1, Plan(epochs=1, size=2), quiet))
    run.write_checksums(folder)
    assert verified(tmp_path, "extraction", "look-1.0.0").name == "look-1.0.0"
    settings = Settings.read((folder / "settings.toml").read_text(encoding="utf-8"))
    assert set(settings.temperatures) == {"fate", "site", "why", "giver", "time", "response"}
    assert settings.sure["veto"] > 0.5
    Encoder.load(folder)


def test_a_share_takes_whole_writers(corpus: list[Example]) -> None:
    half = run.of_writers(corpus, 0.5)
    assert {e.group for e in half} < {e.group for e in corpus}
    assert {e.group for e in run.of_writers(corpus, 1.0)} == {e.group for e in corpus}
