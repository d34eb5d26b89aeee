"""Options that several of the scripts share."""

import argparse
from pathlib import Path

import torch

import tokenizer
from vocabulary import HERE

#: The exported model that the repository carries.
SHIPPED_MODEL = HERE.parent / 'whence-scenes'


def parser(documentation: str, artwork: bool = True) -> argparse.ArgumentParser:
    """A parser with `--threads`, `--tokenizer` and, for scripts that draw scenes, `--artwork`."""
    options = argparse.ArgumentParser(description=documentation.splitlines()[0])
    options.add_argument('--threads', type=int, default=2, help='processor threads (default 2)')
    options.add_argument('--tokenizer', type=Path, default=tokenizer.SHIPPED, help='default: that of the shipped model')
    if artwork:
        options.add_argument(
            '--artwork', type=Path, default=Path('build'), help='where sprites.mjs wrote (default build)'
        )
    return options


def parse(options: argparse.ArgumentParser) -> argparse.Namespace:
    """The parsed command line; sets the number of threads."""
    parsed = options.parse_args()
    torch.set_num_threads(parsed.threads)
    return parsed
