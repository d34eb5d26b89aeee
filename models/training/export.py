"""Exports a checkpoint to the Hugging Face ONNX layout that transformers.js reads: three graphs and their settings.

Large weights are stored as fp16 and computed as f32. Ends with a comparison of the graphs with PyTorch.

Usage: python export.py OUT --checkpoint build/decoder.pt
"""

import json
import math
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

import tokenizer
from checkpoint import HALF_FROM, round_as_exported
from commandline import parse, parser
from network import HEAD_WIDTH, HEADS, ROTARY, WIDTH, Decoder, Encoder, causal_mask, merge_heads, rotary, split_heads
from restore import load_networks
from scenes import GRID, SIDE

OPSET = 20

#: Positions the decoder was trained on: 144 patches and 112 tokens.
LONGEST = 256

END_ID = 0
IMAGE_ID = 1


class VisionGraph(nn.Module):
    """`vision_encoder`: pixel_values [batch, 3, 192, 192] to image_features [batch, 144, 256]."""

    def __init__(self, encoder: Encoder, decoder: Decoder):
        super().__init__()
        self.e = encoder
        self.m = decoder

    def forward(self, pixel_values: Tensor) -> Tensor:
        """Patch embeddings as the decoder takes them."""
        return self.m.image(self.e(pixel_values))


class EmbeddingGraph(nn.Module):
    """`embed_tokens`: input_ids [batch, sequence] to inputs_embeds [batch, sequence, 256]."""

    def __init__(self, decoder: Decoder):
        super().__init__()
        self.e = decoder.emb

    def forward(self, input_ids: Tensor) -> Tensor:
        """Token embeddings."""
        return self.e(input_ids)


class DecoderGraph(nn.Module):
    """`decoder_model_merged`: embeddings, mask, positions and past keys and values to logits and present ones.

    The attention is written out (product, scale, mask, softmax, product), so that the scores can be found in the graph.
    """

    def __init__(self, decoder: Decoder):
        super().__init__()
        self.m = decoder

    def forward(
        self, inputs_embeds: Tensor, attention_mask: Tensor, position_ids: Tensor, *past: Tensor
    ) -> tuple[Tensor, ...]:
        """inputs_embeds [B, T, D]; attention_mask [B, P + T]; position_ids [B, T]; past [B, h, P, D / h] per block."""
        bias = _mask_bias(inputs_embeds.shape[1], attention_mask)
        x, present = inputs_embeds, []
        for index, block in enumerate(self.m.blks):
            normed = block.n(x)
            query = rotary(split_heads(block.q(normed)), position_ids)
            key = torch.cat([past[2 * index], rotary(split_heads(block.k(normed)), position_ids)], 2)
            value = torch.cat([past[2 * index + 1], split_heads(block.v(normed))], 2)
            present += [key, value]
            scores = query @ key.transpose(-1, -2) * (1 / math.sqrt(HEAD_WIDTH)) + bias
            attended, inner = block.o(merge_heads(scores.softmax(-1) @ value)), block.mlp(normed)
            x = x + attended + inner
        return self.m.head(self.m.n(x)), *present


def _mask_bias(length: int, attention_mask: Tensor) -> Tensor:
    """0 where a key is visible and the lowest float elsewhere, [B, 1, T, P + T]."""
    keys = attention_mask.shape[1]
    past = keys - length
    query = torch.arange(length)[:, None] + past
    visible = (torch.arange(keys)[None] <= query)[None, None] & (attention_mask[:, None, None, :] > 0)
    return torch.where(visible, 0.0, torch.finfo(torch.float32).min)


def store_as_half(path: Path) -> None:
    """Stores large weights as fp16 with a cast back to f32, and drops what only the exporter needs."""
    model = onnx.load(path)
    graph = model.graph
    casts, constants = [], []
    for constant in graph.initializer:
        if constant.data_type != TensorProto.FLOAT or math.prod(constant.dims) < HALF_FROM:
            constants.append(constant)
            continue
        half = numpy_helper.from_array(numpy_helper.to_array(constant).astype(np.float16), f'{constant.name}.f16')
        constants.append(half)
        name = f'cast/{constant.name}'
        casts.append(helper.make_node('Cast', [half.name], [constant.name], to=TensorProto.FLOAT, name=name))
    nodes = [*casts, *graph.node]
    del graph.initializer[:], graph.node[:], graph.value_info[:]
    graph.initializer.extend(constants)
    graph.node.extend(nodes)
    for node in graph.node:
        del node.metadata_props[:]
    onnx.checker.check_model(model)
    onnx.save(model, path)
    print(f'{path.name} {path.stat().st_size / 1e6:.1f} MB')


def export_graph(
    graph: nn.Module, example: tuple, path: Path, inputs: list[str], outputs: list[str], shapes: tuple
) -> None:
    """Traces one graph and writes it; `shapes` names the dimensions that vary."""
    torch.onnx.export(
        graph.eval(),
        example,
        path,
        input_names=inputs,
        output_names=outputs,
        dynamic_shapes=shapes,
        dynamo=True,
        opset_version=OPSET,
        external_data=False,
        verbose=False,
    )
    store_as_half(path)


def _cache_names(kind: str, depth: int) -> list[str]:
    return [f'{kind}.{block}.{part}' for block in range(depth) for part in ('key', 'value')]


def export_graphs(encoder: Encoder, decoder: Decoder, folder: Path) -> None:
    """Writes the three graphs."""
    folder.mkdir(parents=True, exist_ok=True)
    batch, sequence, auto = torch.export.Dim('batch'), torch.export.Dim('sequence'), torch.export.Dim.AUTO
    pixels = (torch.randn(2, 3, SIDE, SIDE),)
    vision = folder / 'vision_encoder.onnx'
    export_graph(VisionGraph(encoder, decoder), pixels, vision, ['pixel_values'], ['image_features'], ({0: batch},))
    ids = (torch.zeros(2, 5, dtype=torch.long),)
    embeddings = folder / 'embed_tokens.onnx'
    varying = ({0: batch, 1: sequence},)
    export_graph(EmbeddingGraph(decoder), ids, embeddings, ['input_ids'], ['inputs_embeds'], varying)
    depth, rows, length, past = len(decoder.blks), 2, 5, 3
    example = (
        torch.randn(rows, length, WIDTH),
        torch.ones(rows, past + length, dtype=torch.long),
        torch.arange(past, past + length)[None].expand(rows, -1).contiguous(),
        *[torch.randn(rows, HEADS, past, HEAD_WIDTH) for _ in range(2 * depth)],
    )
    inputs = ['inputs_embeds', 'attention_mask', 'position_ids', *_cache_names('past_key_values', depth)]
    outputs = ['logits', *_cache_names('present', depth)]
    varying = (*[{0: auto, 1: auto}] * 3, tuple({0: auto, 2: auto} for _ in range(2 * depth)))
    export_graph(DecoderGraph(decoder), example, folder / 'decoder_model_merged.onnx', inputs, outputs, varying)


def settings(vocabulary: int, depth: int) -> dict[str, dict[str, Any]]:
    """The settings files by name."""
    return {
        'config.json': {
            'model_type': 'magma',
            'architectures': ['MagmaForConditionalGeneration'],
            'image_token_id': IMAGE_ID,
            'image_size': SIDE,
            'image_grid': [GRID, GRID],
            'vocab_size': vocabulary,
            'hidden_size': WIDTH,
            'num_hidden_layers': depth,
            'num_attention_heads': HEADS,
            'num_key_value_heads': HEADS,
            'head_dim': HEAD_WIDTH,
            'eos_token_id': END_ID,
            'rotary_dim': ROTARY,
            'max_position_embeddings': LONGEST,
        },
        'generation_config.json': {
            'eos_token_id': END_ID,
            'pad_token_id': END_ID,
            'max_new_tokens': 48,
            'do_sample': False,
        },
        'preprocessor_config.json': {
            'image_processor_type': 'CLIPImageProcessor',
            'do_convert_rgb': True,
            'do_resize': True,
            'size': {'shortest_edge': SIDE},
            'resample': 3,
            'do_center_crop': True,
            'crop_size': {'height': SIDE, 'width': SIDE},
            'do_rescale': True,
            'rescale_factor': 1 / 255,
            'do_normalize': True,
            'image_mean': [0.5, 0.5, 0.5],
            'image_std': [0.5, 0.5, 0.5],
        },
        'tokenizer_config.json': {
            'tokenizer_class': 'PreTrainedTokenizerFast',
            'eos_token': tokenizer.END_OF_TEXT,
            'pad_token': tokenizer.END_OF_TEXT,
            'image_token': tokenizer.IMAGE,
            'add_bos_token': False,
            'clean_up_tokenization_spaces': False,
        },
    }


def _run(folder: Path, name: str, output: str, feeds: dict[str, np.ndarray]) -> Tensor:
    session = onnxruntime.InferenceSession(folder / f'{name}.onnx', providers=['CPUExecutionProvider'])
    return torch.from_numpy(session.run([output], feeds)[0])


def compare(encoder: Encoder, decoder: Decoder, folder: Path) -> None:
    """Prints the largest difference between the graphs and PyTorch, on random inputs."""
    pixels = torch.randn(1, 3, SIDE, SIDE)
    features = _run(folder, 'vision_encoder', 'image_features', {'pixel_values': pixels.numpy()})
    print(f'vision encoder differs by {(features - decoder.image(encoder(pixels))).abs().max():.1e} at most')
    length = 150
    embeddings, order = torch.randn(1, length, WIDTH), torch.arange(length)[None]
    empty = np.zeros((1, HEADS, 0, HEAD_WIDTH), np.float32)
    feeds = {
        'inputs_embeds': embeddings.numpy(),
        'attention_mask': np.ones((1, length), np.int64),
        'position_ids': order.numpy(),
        **dict.fromkeys(_cache_names('past_key_values', len(decoder.blks)), empty),
    }
    logits = _run(folder, 'decoder_model_merged', 'logits', feeds)
    expected = decoder(embeddings, causal_mask(length), order)
    print(f'logits differ by {(logits - expected).abs().max():.1e} at most, of {expected.abs().max():.1f}')


def main() -> None:
    """Exports graphs and settings, copies the tokenizer, compares."""
    options = parser(__doc__, artwork=False)
    options.add_argument('out', type=Path)
    options.add_argument('--checkpoint', type=Path, required=True)
    parsed = parse(options)
    vocabulary = tokenizer.load(parsed.tokenizer).get_vocab_size()
    encoder, decoder = load_networks(parsed.checkpoint, vocabulary)
    for network in (encoder, decoder):
        round_as_exported(network)
    export_graphs(encoder, decoder, parsed.out / 'onnx')
    for name, content in settings(vocabulary, len(decoder.blks)).items():
        (parsed.out / name).write_text(json.dumps(content, indent=2) + '\n')
    shutil.copyfile(parsed.tokenizer, parsed.out / 'tokenizer.json')
    with torch.no_grad():
        compare(encoder, decoder, parsed.out / 'onnx')


if __name__ == '__main__':
    main()
