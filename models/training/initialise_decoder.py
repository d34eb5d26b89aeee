"""Makes the decoder's first weights from a trained encoder.

The image prefix whitens the patch features and turns them by a random rotation, and stays frozen ever after: patches
that show the same kind of thing are similar, others are not, so that AtMan's neighbourhoods mean something. Token
embeddings and head of a noun start near the patches that show it; six heads start by matching equal content.

Usage: python initialise_decoder.py [--encoder build/encoder.pt] [--out build/decoder-start.pt]
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

import checkpoint
import tokenizer
from commandline import parse, parser
from datasets import scenes_with_objects
from network import HEAD_WIDTH, ROTARY, WIDTH, Decoder, Encoder, normalised_pixels
from randomness import Randomness
from scenes import Artwork, patch_classes
from vocabulary import BACKGROUND_CLASS, NOUNS, plural

BATCHES = 28
BATCH = 32

#: Blocks and heads that begin by matching equal content.
MATCHING_BLOCKS = 2
MATCHING_HEADS = (5, 6, 7)
MATCHING_SEED = 3

PREFIX_SCALE = 0.25


def patch_features(encoder: Encoder, artwork: Artwork) -> tuple[Tensor, Tensor]:
    """Features [N, D] of all patches of 896 scenes, and their classes [N]."""
    scenes = scenes_with_objects(Randomness.seeded(1), artwork)
    features, classes = [], []
    for _ in range(BATCHES):
        batch = [next(scenes) for _ in range(BATCH)]
        pixels = normalised_pixels(torch.from_numpy(np.stack([scene.picture for scene in batch])))
        features.append(encoder(pixels).flatten(0, 1))
        classes.append(np.concatenate([patch_classes(scene) for scene in batch]))
    return torch.cat(features), torch.from_numpy(np.concatenate(classes))


def set_prefix(decoder: Decoder, features: Tensor) -> Tensor:
    """Whitening and an orthogonal projection as the image prefix; returns the whitened features."""
    mean, deviation = features.mean(0), features.std(0)
    decoder.fm.copy_(mean)
    decoder.fs.copy_(deviation)
    nn.init.orthogonal_(decoder.prefix.weight)
    decoder.prefix.weight *= PREFIX_SCALE
    decoder.prefix.bias.zero_()
    return (features - mean) / deviation


def class_directions(decoder: Decoder, whitened: Tensor, classes: Tensor) -> Tensor:
    """Unit vector of the mean patch of every noun, as the decoder sees it, [nouns, D]."""
    means = torch.stack([whitened[classes == index].mean(0) for index in range(len(NOUNS))])
    return F.normalize(means @ decoder.prefix.weight.T, dim=1)


def align_nouns(decoder: Decoder, directions: Tensor, words: Tokenizer) -> None:
    """Moves embedding and head of every noun, singular and plural, towards its patches."""
    for direction, noun in zip(directions, NOUNS, strict=True):
        for form in (f' {noun}', f' {plural(noun)}'):
            ids = words.encode(form).ids
            share = 1.0 if len(ids) == 1 else 0.5
            for token in ids if len(ids) <= 2 else ids[:1]:
                decoder.emb.weight[token] = decoder.emb.weight[token] * 0.5 + direction * 3 * share
                decoder.head.weight[token] += direction * 0.15 * share


def start_matching(decoder: Decoder) -> None:
    """Query and key of some heads read the same random directions, so that like attends to like."""
    torch.manual_seed(MATCHING_SEED)
    for block in decoder.blks[:MATCHING_BLOCKS]:
        for head in MATCHING_HEADS:
            directions = torch.linalg.qr(torch.randn(WIDTH, HEAD_WIDTH - ROTARY))[0].T
            first = head * HEAD_WIDTH
            for weight in (block.q.weight, block.k.weight):
                weight[first : first + ROTARY] *= 0.3
                weight[first + ROTARY : first + HEAD_WIDTH] = directions * 2.2


def report(decoder: Decoder, directions: Tensor, whitened: Tensor, classes: Tensor) -> None:
    """Prints how alike a patch is to its own noun and to others: what AtMan's neighbourhoods rest on."""
    patches = F.normalize(whitened[:4000] @ decoder.prefix.weight.T, dim=1)
    shown = classes[:4000] != BACKGROUND_CLASS
    own = (patches[shown] * directions[classes[:4000][shown]]).sum(1).mean()
    other = (patches[shown] @ directions.T).mean()
    print(f'cosine of a patch with its own noun {own:.2f}, with the average noun {other:.2f}')


def initialise(encoder: Encoder, artwork: Artwork, words: Tokenizer) -> Decoder:
    """A decoder ready for training."""
    features, classes = patch_features(encoder, artwork)
    decoder = Decoder(words.get_vocab_size())
    whitened = set_prefix(decoder, features)
    nn.init.normal_(decoder.emb.weight, std=0.2)
    directions = class_directions(decoder, whitened, classes)
    report(decoder, directions, whitened, classes)
    align_nouns(decoder, directions, words)
    start_matching(decoder)
    for block in decoder.blks:
        block.o.weight *= 0.5
        block.b.weight *= 0.5
    return decoder


def main() -> None:
    """Reads the encoder, writes encoder and decoder."""
    options = parser(__doc__)
    options.add_argument('--encoder', type=Path, default=Path('build/encoder.pt'))
    options.add_argument('--out', type=Path, default=Path('build/decoder-start.pt'))
    parsed = parse(options)
    torch.manual_seed(0)
    torch.set_grad_enabled(False)
    encoder = Encoder()
    encoder.load_state_dict(checkpoint.load(parsed.encoder)['enc'])
    encoder.eval().to(memory_format=torch.channels_last)
    decoder = initialise(encoder, Artwork(parsed.artwork), tokenizer.load(parsed.tokenizer))
    checkpoint.save(parsed.out, lm=decoder.state_dict(), enc=encoder.state_dict())


if __name__ == '__main__':
    main()
