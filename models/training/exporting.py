"""From a trained network to what is served: ONNX weights in eight bits, run without torch."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from deltoid.models.training.network import SecondLook

_LENGTH = 40  # tokens of the example that the exporter follows; any length is read later
_OPSET = 18


class _Served(nn.Module):
    """The network for whole windows: nothing in them is filled up, so that no mask is needed."""

    def __init__(self, network: SecondLook) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, drug: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return logits as the network does, for windows of one length."""
        found: tuple[torch.Tensor, torch.Tensor] = self.network(ids, torch.ones_like(ids), drug)
        return found


def export(network: SecondLook, target: Path, *, eight_bits: bool = True) -> None:
    """Write a network as ONNX.

    Parameters
    ----------
    network : SecondLook
    target : Path
        The file.
    eight_bits : bool, default=True
        Whether to round weights to eight bits, each row by a scale of its own.
    """
    network.eval()
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        _write(network, whole)
        if eight_bits:
            quantize_dynamic(whole, target, per_channel=True, weight_type=QuantType.QInt8)
        else:
            target.write_bytes(whole.read_bytes())


def _write(network: SecondLook, target: Path) -> None:
    ids = (torch.arange(_LENGTH) % network.encoder.config.vocab_size).unsqueeze(0)
    drug = torch.tensor([7])
    torch.onnx.export(
        _Served(network),
        (ids, drug),
        str(target),
        input_names=["ids", "drug"],
        output_names=["fate", "ends"],
        dynamic_axes={name: {0: "windows", 1: "tokens"} for name in ("ids", "ends")},
        opset_version=_OPSET,
        dynamo=False,
    )
