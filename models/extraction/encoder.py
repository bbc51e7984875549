"""The encoder as it is served: ONNX weights, their tokenizer and their settings, without torch."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from deltoid.models.extraction.answers import Answer, answer
from deltoid.models.extraction.windows import Window, Windows

WEIGHTS, TOKENIZER, SETTINGS = "encoder.onnx", "tokenizer.json", "settings.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """How the answers are read.

    Parameters
    ----------
    temperatures : mapping of str to float
        By which logits are divided, so that odds mean what they say.
    sure : mapping of str to float
        The odds from which an answer outweighs the rules, by what it would change.
    """

    temperatures: Mapping[str, float]
    sure: Mapping[str, float]

    @classmethod
    def read(cls, text: str) -> Settings:
        """Read the settings of an artifact."""
        told = tomllib.loads(text)
        return cls(dict(told["temperatures"]), dict(told["sure"]))


class Encoder:
    """Answers questions about drugs.

    Parameters
    ----------
    weights : bytes
        An ONNX model of windows (``ids``, ``drug``) to ``fate`` and ``ends``.
    tokenizer : str
        As the tokenizers library writes it, JSON.
    settings : Settings
    """

    def __init__(self, weights: bytes, tokenizer: str, settings: Settings) -> None:
        options = onnxruntime.SessionOptions()
        # measured: one window at a time on one core beats every batch; workers share out the cores
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(weights, options, ["CPUExecutionProvider"])
        cutter = Tokenizer.from_str(tokenizer)
        cutter.encode_special_tokens = True  # "[SEP]" in a note is its words, not ours
        self.windows = Windows(cutter)
        self.settings = settings

    @classmethod
    def load(cls, folder: Traversable) -> Encoder:
        """Load an artifact; its checksums are the caller's to verify (`deltoid.models.current`)."""
        settings = Settings.read((folder / SETTINGS).read_text(encoding="utf-8"))
        tokenizer = (folder / TOKENIZER).read_text(encoding="utf-8")
        return cls((folder / WEIGHTS).read_bytes(), tokenizer, settings)

    def read(self, window: Window) -> Answer:
        """Return the answer to one window."""
        return answer(window, *self.logits(window), self.settings.temperatures)

    def logits(self, window: Window) -> tuple[Any, Any]:
        """Return what the network says of one window: fates, and tokens by slots times two."""
        ids = np.array([window.ids], dtype=np.int64)
        drug = np.array([window.drug], dtype=np.int64)
        fate, ends = self._session.run(None, {"ids": ids, "drug": drug})
        return fate[0], ends[0]
