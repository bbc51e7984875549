"""Training: seeded passes over the examples, stopped when the writers kept aside are read no better."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

from deltoid.models.extraction.windows import Windows
from deltoid.models.training.batches import Batch, collate, epoch, window_of
from deltoid.models.training.examples import Example
from deltoid.models.training.network import SecondLook


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train.

    Parameters
    ----------
    seed, epochs, patience, size
        Of chance, passes at most, passes without gain before it stops, examples in a batch.
    rate, head_rate, warm_up
        Learning rates of the encoder and of the heads; the share of the steps in which they rise.
    unhinted
        The share of the windows from which the hints of the rules are taken.
    slot_weight
        What the slots weigh beside the fate.
    narratives
        How often a pass sees each narrative, whose mix of fates is that of real charts.
    """

    seed: int = 7
    epochs: int = 3
    patience: int = 1
    size: int = 16
    rate: float = 8e-5
    head_rate: float = 1e-3
    warm_up: float = 0.06
    unhinted: float = 0.15
    slot_weight: float = 0.25
    narratives: int = 2


def train(
    network: SecondLook,
    windows: Windows,
    learned: Sequence[Example],
    kept: Sequence[Example],
    plan: Plan,
    say: Callable[[str], None],
) -> list[float]:
    """Train in place and leave the network as it was at its best; return the loss on `kept` by pass."""
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    steps = plan.epochs * -(-len(learned) // plan.size)
    optimizer = _optimizer(network, plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps, plan.warm_up))
    losses: list[float] = []
    best: dict[str, Any] = {}
    began = time.monotonic()
    for number in range(plan.epochs):
        network.train()
        for count, batch in enumerate(epoch(windows, learned, plan.size, plan.unhinted, chance)):
            value = _step(network, batch, optimizer, plan)
            schedule.step()
            if count % 50 == 0:
                say(f"pass {number + 1}, batch {count}: loss {value:.3f}, {time.monotonic() - began:.0f} s")
        losses.append(_kept_loss(network, windows, kept, plan))
        say(f"pass {number + 1}: loss on the writers kept aside {losses[-1]:.4f}")
        if losses[-1] == min(losses):
            best = copy.deepcopy(network.state_dict())
        elif len(losses) - 1 - losses.index(min(losses)) > plan.patience:
            break
    network.load_state_dict(best)
    return losses


def _optimizer(network: SecondLook, plan: Plan) -> torch.optim.Optimizer:
    heads = [weight for name, weight in network.named_parameters() if not name.startswith("encoder.")]
    encoder = list(network.encoder.parameters())
    groups = [{"params": encoder, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def _rate(step: int, steps: int, warm_up: float) -> float:
    rising = step / max(1.0, warm_up * steps)
    return min(1.0, rising, max(0.0, (steps - step) / max(1.0, (1 - warm_up) * steps)))


def _step(network: SecondLook, batch: Batch, optimizer: torch.optim.Optimizer, plan: Plan) -> float:
    loss = loss_of(network, batch, plan)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def loss_of(network: SecondLook, batch: Batch, plan: Plan) -> torch.Tensor:
    """Return the loss of a batch: fate and the ends of every slot, each against all accepted answers."""
    with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16):
        fate, ends = network(batch.ids, batch.mask, batch.drug)
    told = _missed(fate.float(), batch.fate)
    spans = ends.float().transpose(1, 2).flatten(0, 1)
    wanted = batch.ends.transpose(1, 2).flatten(0, 1)
    return told + plan.slot_weight * ends.shape[2] * _missed(spans, wanted)


def _missed(logits: torch.Tensor, accepted: torch.Tensor) -> torch.Tensor:
    """Return the mean of -log p(any accepted answer) over the rows that have one."""
    counts = accepted.any(dim=1)
    if not bool(counts.any()):
        return logits.sum() * 0.0
    odds = functional.log_softmax(logits[counts], dim=1)
    return -torch.logsumexp(odds.masked_fill(~accepted[counts], -torch.inf), dim=1).mean()


def _kept_loss(network: SecondLook, windows: Windows, kept: Sequence[Example], plan: Plan) -> float:
    network.eval()
    cut = [(window_of(windows, example), example) for example in kept]
    groups = [cut[start : start + 32] for start in range(0, len(cut), 32)]
    with torch.no_grad():
        found = [float(loss_of(network, collate(group), plan)) * len(group) for group in groups]
    return sum(found) / max(1, len(cut))
