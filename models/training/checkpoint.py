"""Checkpoints: saving, loading, and rounding weights as the exported graphs store them."""

import os
from pathlib import Path
from typing import Any

import torch
from torch import nn

from network import Decoder, Encoder

#: Tensors of at least this many numbers are exported as fp16.
HALF_FROM = 1024


def save(path: Path, **parts: Any) -> None:
    """Writes state dictionaries by name; a run that is broken off leaves the last whole file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + '.tmp')
    torch.save(parts, unfinished)
    os.replace(unfinished, path)


def load(path: Path) -> dict[str, Any]:
    """State dictionaries by name: `enc` and `lm` (encoder, decoder), others by the script that wrote them."""
    return torch.load(path, map_location='cpu')


def networks(state: dict[str, Any], vocabulary: int) -> tuple[Encoder, Decoder]:
    """Encoder and decoder of a checkpoint, in evaluation mode."""
    encoder, decoder = Encoder(), Decoder(vocabulary)
    encoder.load_state_dict(state['enc'])
    decoder.load_state_dict(state['lm'])
    return encoder.eval(), decoder.eval()


def round_as_exported(network: nn.Module) -> None:
    """Rounds large parameters and buffers to fp16 and back, so that what follows is what the export computes."""
    buffers = [buffer for buffer in network.buffers() if buffer.is_floating_point()]
    for tensor in [*network.parameters(), *buffers]:
        if tensor.numel() >= HALF_FROM:
            tensor.data = tensor.data.half().float()
