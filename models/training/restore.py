"""Restores a checkpoint from the exported graphs, for want of the original.

The decoder comes back exactly as exported (weights rounded to fp16). The encoder's batch normalisations were folded
into its convolutions; they come back as normalisations that only add the folded bias, which computes the same.

Usage: python restore.py [--model ../whence-scenes] [--out build/restored.pt]
"""

import argparse
import math
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

import checkpoint
import tokenizer
from commandline import SHIPPED_MODEL
from network import Decoder, Encoder

#: Convolutions of the stem and the batch normalisation folded into each.
_FOLDED = {
    'stem.0': 'stem.1',
    'stem.3': 'stem.4',
    'stem.6.a': 'stem.6.na',
    'stem.6.b': 'stem.6.nb',
    'stem.7': 'stem.8',
    'stem.10.a': 'stem.10.na',
    'stem.10.b': 'stem.10.nb',
    'stem.11.a': 'stem.11.na',
    'stem.11.b': 'stem.11.nb',
}

#: Linear layers in the order in which the exported graphs multiply by them.
_ENCODER_MATRICES = [f'blks.{block}.{name}.weight' for block in range(3) for name in ('qkv', 'o', 'a', 'b')]
_DECODER_MATRICES = [
    f'blks.{block}.{name}.weight' for block in range(4) for name in ('q', 'k', 'v', 'o', 'a', 'b', 'ad1', 'ad2')
]


class _Graph:
    """The constants of an exported graph."""

    def __init__(self, path: Path):
        graph = onnx.load(path).graph
        self.tensors = {
            constant.name.removesuffix('.f16'): torch.from_numpy(numpy_helper.to_array(constant).copy()).float()
            for constant in graph.initializer
            if constant.data_type in (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16)
        }
        #: Matrices [out, in] of the linear layers, in order of use.
        self.matrices = [
            self.tensors[node.input[1]].T.contiguous()
            for node in graph.node
            if node.op_type == 'MatMul' and node.input[1] in self.tensors
        ]

    def under(self, prefix: str, wanted: set[str]) -> dict[str, Tensor]:
        """Constants whose name is `prefix` and a name of `wanted`, by that name."""
        return {name: self.tensors[prefix + name] for name in wanted if prefix + name in self.tensors}


def _encoder_state(vision: _Graph) -> dict[str, Tensor]:
    encoder = Encoder()
    state = encoder.state_dict()
    state |= vision.under('e.', set(state))
    state |= dict(zip(_ENCODER_MATRICES, vision.matrices, strict=False))
    for convolution, normalisation in _FOLDED.items():
        bias = vision.tensors[f'e.{convolution}.weight_bias']
        epsilon = encoder.get_submodule(normalisation).eps
        state[f'{normalisation}.weight'] = torch.full_like(bias, math.sqrt(1 + epsilon))
        state[f'{normalisation}.bias'] = bias
        state[f'{normalisation}.running_mean'] = torch.zeros_like(bias)
        state[f'{normalisation}.running_var'] = torch.ones_like(bias)
    return state


def _decoder_state(vision: _Graph, embeddings: _Graph, decoder: _Graph, vocabulary: int) -> dict[str, Tensor]:
    names = set(Decoder(vocabulary).state_dict())
    state = decoder.under('m.', names) | vision.under('m.', names)
    state |= dict(zip([*_DECODER_MATRICES, 'head.weight'], decoder.matrices, strict=True))
    state['prefix.weight'] = vision.matrices[len(_ENCODER_MATRICES)]
    state['emb.weight'] = embeddings.tensors['e.weight']
    missing = names - set(state)
    if missing:
        raise ValueError(f'the graphs lack {sorted(missing)}')
    return state


def restore(folder: Path) -> dict[str, Any]:
    """The checkpoint (`enc`, `lm`) of an exported model folder."""
    vision, embeddings, decoder = (
        _Graph(folder / 'onnx' / f'{name}.onnx') for name in ('vision_encoder', 'embed_tokens', 'decoder_model_merged')
    )
    vocabulary = tokenizer.load(folder / 'tokenizer.json').get_vocab_size()
    return {'enc': _encoder_state(vision), 'lm': _decoder_state(vision, embeddings, decoder, vocabulary)}


def load_networks(model: Path, vocabulary: int) -> tuple[Encoder, Decoder]:
    """Encoder and decoder of a checkpoint file, or of a folder with exported graphs."""
    return checkpoint.networks(restore(model) if model.is_dir() else checkpoint.load(model), vocabulary)


def main() -> None:
    """Restores and saves a checkpoint."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument('--model', type=Path, default=SHIPPED_MODEL)
    options.add_argument('--out', type=Path, default=Path('build/restored.pt'))
    parsed = options.parse_args()
    checkpoint.save(parsed.out, **restore(parsed.model))


if __name__ == '__main__':
    main()
