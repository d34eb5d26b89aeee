"""Accuracy on generated scenes by kind of question: captions by token, answers whole, the right tokens given before.

Usage: python evaluate_pictures.py [--model ../whence-scenes | CHECKPOINT] [--scenes 300] [--held-out]
"""

from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

import tokenizer
from atman import with_text
from commandline import SHIPPED_MODEL, parse, parser
from datasets import exchanges_about
from network import PATCHES, Decoder, Encoder, normalised_pixels
from packing import Packer, Row, picture_mask, picture_positions
from randomness import Randomness
from restore import load_networks
from scenes import HELD_OUT_STYLE, TRAINING_STYLES, Artwork, compose_scene
from vocabulary import CATEGORY_PLURALS

CAPTION = 'caption'


def kind_of(prompt: str) -> str:
    """The kind of a question: its first two words, told apart by relation and by category counts."""
    if not prompt.startswith('Q'):
        return CAPTION
    kind = ' '.join(prompt.split()[1:3])
    if any(relation in prompt for relation in ('left of', 'right of', 'above')):
        kind += ' (relation)'
    if 'How many' in prompt and any(category in prompt for category in CATEGORY_PLURALS.values()):
        kind += ' (category)'
    return kind


def predictions(encoder: Encoder, decoder: Decoder, picture: np.ndarray, row: Row) -> Tensor:
    """The likeliest token at every place of a row, given what is really before it, [112]."""
    _, positions, segments, _ = (torch.from_numpy(array)[None] for array in row.arrays())
    patches = decoder.image(encoder(normalised_pixels(torch.from_numpy(picture)[None])))
    embeddings = with_text(decoder, patches[0], row.ids.tolist())[None]
    logits = decoder(embeddings, picture_mask(segments), picture_positions(positions))[0, PATCHES:]
    return logits.argmax(-1)


def mark(row: Row, predicted: Tensor, segment: int) -> float | None:
    """Share of right tokens in the answer of a segment; None if it did not fit into the row."""
    answer = (row.segments[1:] == segment) & (row.weights[1:] > 0.5)
    return float((predicted.numpy()[:-1] == row.ids[1:])[answer].mean()) if answer.any() else None


def evaluate(
    encoder: Encoder, decoder: Decoder, packer: Packer, artwork: Artwork, styles: list[str], count: int
) -> dict[str, list[float]]:
    """Marks by kind of question: the share of right tokens for captions, 1 or 0 for answers."""
    randomness = Randomness.seeded(5)
    marks: dict[str, list[float]] = defaultdict(list)
    for _ in range(count):
        scene = compose_scene(randomness, artwork, styles)
        if not scene.objects:
            continue
        exchanges = exchanges_about(randomness.choice, scene)
        row = packer.pack(exchanges, PATCHES)
        predicted = predictions(encoder, decoder, scene.picture, row)
        for segment, (prompt, _) in enumerate(exchanges, start=1):
            share = mark(row, predicted, segment)
            if share is not None:
                kind = kind_of(prompt)
                marks[kind].append(share if kind == CAPTION else float(share == 1))
    return marks


def main() -> None:
    """Prints the accuracy of every kind, the most frequent first."""
    options = parser(__doc__)
    options.add_argument('--model', type=Path, default=SHIPPED_MODEL)
    options.add_argument('--scenes', type=int, default=300)
    options.add_argument('--held-out', action='store_true', help='scenes in the artwork style never trained on')
    parsed = parse(options)
    torch.set_grad_enabled(False)
    words = tokenizer.load(parsed.tokenizer)
    encoder, decoder = load_networks(parsed.model, words.get_vocab_size())
    styles = [HELD_OUT_STYLE] if parsed.held_out else TRAINING_STYLES
    marks = evaluate(encoder, decoder, Packer(words), Artwork(parsed.artwork), styles, parsed.scenes)
    for kind, found in sorted(marks.items(), key=lambda item: -len(item[1])):
        print(f'{kind:24s} {len(found):4d} {np.mean(found):.2f}')


if __name__ == '__main__':
    main()
