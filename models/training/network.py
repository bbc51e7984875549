"""The network: an encoder of tokens, a head for fate, and two ends for each slot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoModel

from deltoid.models.extraction.labels import FATES, SLOTS


class SecondLook(nn.Module):
    """Reads windows.

    Parameters
    ----------
    source : str or Path
        A folder with an encoder as transformers saves it, or its name on a hub where one is reachable.
    layers : int, optional
        How many of its layers to keep, evenly spread; all if not given.
    """

    def __init__(self, source: str | Path, layers: int | None = None) -> None:
        super().__init__()
        self.encoder: Any = AutoModel.from_pretrained(str(source), add_pooling_layer=False)
        stack = self.encoder.encoder.layer
        if layers is not None and layers < len(stack):
            step = len(stack) / layers
            kept = [stack[int(number * step)] for number in range(layers)]
            self.encoder.encoder.layer = nn.ModuleList(kept)
            self.encoder.config.num_hidden_layers = layers
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.fate = nn.Linear(2 * width, len(FATES))
        self.ends = nn.Linear(width, 2 * len(SLOTS))
        self.asked = nn.Linear(width, 2 * len(SLOTS) * _SHARE)
        self.told = nn.Linear(width, _SHARE)

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, drug: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return logits.

        Parameters
        ----------
        ids, mask : torch.Tensor
            Windows by tokens.
        drug : torch.Tensor
            Where the drug begins in each window.

        Returns
        -------
        tuple of torch.Tensor
            Windows by fates; windows by tokens by slots times two (first and last token).
        """
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        states = self.dropout(states)
        at_drug = states[torch.arange(len(ids)), drug]
        both = torch.cat([at_drug, states[:, 0]], dim=1)
        query = self.asked(at_drug).view(len(ids), _SHARE, 2 * len(SLOTS))
        ends = self.ends(states) + torch.bmm(self.told(states), query) / _SHARE**0.5
        hidden = (1.0 - mask.unsqueeze(-1).to(ends.dtype)) * -1e4
        return self.fate(both), ends + hidden


_SHARE = 64  # width in which a drug and the words around it are compared
