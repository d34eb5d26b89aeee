"""How well relevance finds the named object, by variant and neighbourhood: AP, AR and the pointing game.

Every object whose noun occurs once is explained by the tokens of that noun in the right caption. X is the relevance
summed over those tokens, once as squares and once as the positive part of the mean; Y the share of a patch that the
object covers. AP = sum XY / sum X, AR = sum (X / max X) Y / sum Y (paper A.11); pointing: the strongest patch is
covered by a quarter or more. A uniform map has AP = coverage, the first line, and AR = 1.

Usage: python evaluate_atman.py [--model ../whence-scenes | CHECKPOINT] [--scenes 40] [--held-out]
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

import tokenizer
from atman import factor_rows, relevance, with_text
from commandline import SHIPPED_MODEL, parse, parser
from network import PATCHES, Decoder, Encoder, normalised_pixels
from questions import enumerate_objects
from randomness import Randomness
from restore import load_networks
from scenes import HELD_OUT_STYLE, PATCH_COVER, TRAINING_STYLES, Artwork, Scene, compose_scene, patch_coverage
from vocabulary import joined

PROMPT = 'This is a picture of'

#: Variant and cosine threshold of every line; None suppresses the input alone.
SETTINGS = [
    ('shifted', 0.7),
    ('shifted', 0.6),
    ('shifted', 0.8),
    ('shifted', None),
    ('published', 0.7),
    ('plain', 0.7),
    ('plain', None),
    ('log', 0.7),
    ('log', None),
    ('mask', 0.7),
]


def precision(found: Tensor, cover: Tensor) -> float:
    """Share of the relevance that lies on the object."""
    return float((found * cover).sum() / (found.sum() + 1e-7))


def recall(found: Tensor, cover: Tensor) -> float:
    """Share of the object that the relevance, scaled to 1 at most, covers."""
    return float((found / (found.max() + 1e-12) * cover).sum() / (cover.sum() + 1e-7))


def marks(found: Tensor, cover: Tensor) -> tuple[float, float, float]:
    """AP, AR and whether the strongest patch is on the object."""
    return precision(found, cover), recall(found, cover), float(cover[found.argmax()] > PATCH_COVER)


def single_objects(scene: Scene) -> Iterator[tuple[str, Tensor]]:
    """Nouns that occur once in a scene, with the share of every patch they cover, [144]."""
    counts = Counter(item.noun for item in scene.objects)
    for index, item in enumerate(scene.objects):
        if counts[item.noun] == 1:
            yield item.noun, torch.from_numpy(patch_coverage(scene.labels, index)).float()


def maps(decoder: Decoder, words: Tokenizer, patches: Tensor, caption: str, noun: str) -> Iterator[tuple[str, Tensor]]:
    """For every setting, the relevance [144, tokens] of the patches for a noun of the caption."""
    before = caption.split(noun)[0].rstrip()
    targets = words.encode(f' {noun}').ids
    embeddings = with_text(decoder, patches, words.encode(PROMPT + before).ids + targets[:-1])
    for variant, threshold in SETTINGS:
        rows = factor_rows(embeddings, list(range(PATCHES)), threshold=threshold)
        label = variant if threshold is None else f'{variant} κ={threshold}'
        yield label, relevance(decoder, embeddings, rows, targets, variant)


def evaluate(
    encoder: Encoder, decoder: Decoder, words: Tokenizer, artwork: Artwork, styles: list[str], count: int
) -> dict[str, list[tuple[float, float, float]]]:
    """Marks of every object by setting, for squares and for the positive part."""
    randomness = Randomness.seeded(7)
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for _ in range(count):
        scene = compose_scene(randomness, artwork, styles, randomness.choice.choice([2, 3, 4]))
        if not scene.objects:
            continue
        caption = ' ' + joined(enumerate_objects(scene.objects)) + '.'
        patches = decoder.image(encoder(normalised_pixels(torch.from_numpy(scene.picture)[None])))[0]
        for noun, cover in single_objects(scene):
            found['coverage'].append(marks(torch.ones(PATCHES), cover))
            for label, changed in maps(decoder, words, patches, caption, noun):
                found[f'{label} squares'].append(marks((changed**2).sum(1), cover))
                found[f'{label} positive'].append(marks(changed.mean(1).clamp(min=0), cover))
    return found


def main() -> None:
    """Prints mean AP, AR and pointing of every setting."""
    options = parser(__doc__)
    options.add_argument('--model', type=Path, default=SHIPPED_MODEL)
    options.add_argument('--scenes', type=int, default=40)
    options.add_argument('--held-out', action='store_true', help='scenes in the artwork style never trained on')
    parsed = parse(options)
    torch.set_grad_enabled(False)
    words = tokenizer.load(parsed.tokenizer)
    encoder, decoder = load_networks(parsed.model, words.get_vocab_size())
    styles = [HELD_OUT_STYLE] if parsed.held_out else TRAINING_STYLES
    found = evaluate(encoder, decoder, words, Artwork(parsed.artwork), styles, parsed.scenes)
    for label, values in found.items():
        ap, ar, pointing = np.mean(values, axis=0)
        print(f'{label:26s} AP {ap:.3f} AR {ar:.3f} pointing {pointing:.3f} objects {len(values)}')


if __name__ == '__main__':
    main()
