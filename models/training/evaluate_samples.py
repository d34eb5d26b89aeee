"""Greedy captions of the sample pictures beside what they show.

Usage: python evaluate_samples.py [--model ../whence-scenes | CHECKPOINT] [--samples ../../resources/samples]
"""

import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image

import tokenizer
from atman import generate
from commandline import SHIPPED_MODEL, parse, parser
from network import normalised_pixels
from restore import load_networks
from scenes import SIDE
from vocabulary import HERE


def read_picture(path: Path) -> torch.Tensor:
    """A square picture as the encoder reads it, float [1, 3, 192, 192]."""
    picture = Image.open(path).convert('RGB').resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    return normalised_pixels(torch.from_numpy(np.asarray(picture).copy())[None])


def main() -> None:
    """Prints a line for every sample."""
    options = parser(__doc__, artwork=False)
    options.add_argument('--model', type=Path, default=SHIPPED_MODEL)
    options.add_argument('--samples', type=Path, default=HERE.parent.parent / 'resources' / 'samples')
    parsed = parse(options)
    torch.set_grad_enabled(False)
    words = tokenizer.load(parsed.tokenizer)
    encoder, decoder = load_networks(parsed.model, words.get_vocab_size())
    prompt, end = words.encode('This is a picture of').ids, words.token_to_id(tokenizer.END_OF_TEXT)
    for name, sample in json.loads((parsed.samples / 'samples.json').read_text()).items():
        patches = decoder.image(encoder(read_picture(parsed.samples / sample['picture'])))[0]
        shown = ', '.join(item['noun'] for item in sample['objects'])
        print(f'{name:10s} {words.decode(generate(decoder, patches, prompt, end)).strip()}   [{shown}]')


if __name__ == '__main__':
    main()
