"""Accuracy on text-only documents by kind of question: whole answers, the right tokens given before.

Usage: python evaluate_documents.py [--model ../whence-scenes | CHECKPOINT] [--documents 400]
"""

import random
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

import tokenizer
from atman import target_positions, with_text
from commandline import SHIPPED_MODEL, parse, parser
from facts import Document, document
from network import Decoder, causal_mask
from packing import Packer
from restore import load_networks


class Mark(NamedTuple):
    """Whether the whole answer and its first token are right, and how many tokens were read."""

    whole: bool
    first: bool
    length: int


def mark(decoder: Decoder, packer: Packer, read: Document) -> Mark:
    """How the model answers the question of a document."""
    answer = packer.answer_ids(read.answer)
    ids = packer.ids(read.text + read.question) + answer
    length = len(ids) - 1
    logits = decoder(with_text(decoder, None, ids[:-1])[None], causal_mask(length), torch.arange(length)[None])
    right = logits[0, target_positions(length, len(answer))].argmax(-1) == torch.tensor(answer)
    return Mark(bool(right.all()), bool(right[0]), len(ids))


def evaluate(decoder: Decoder, packer: Packer, count: int) -> dict[str, list[Mark]]:
    """Marks by the first two words of the question."""
    choice = random.Random(5)
    marks: dict[str, list[Mark]] = defaultdict(list)
    for _ in range(count):
        read = document(choice)
        marks[' '.join(read.question.split()[1:3])].append(mark(decoder, packer, read))
    return marks


def main() -> None:
    """Prints the accuracy of every kind, the most frequent first."""
    options = parser(__doc__, artwork=False)
    options.add_argument('--model', type=Path, default=SHIPPED_MODEL)
    options.add_argument('--documents', type=int, default=400)
    parsed = parse(options)
    torch.set_grad_enabled(False)
    words = tokenizer.load(parsed.tokenizer)
    _, decoder = load_networks(parsed.model, words.get_vocab_size())
    for kind, found in sorted(
        evaluate(decoder, Packer(words), parsed.documents).items(), key=lambda item: -len(item[1])
    ):
        whole, first, length = np.mean(found, axis=0)
        print(f'{kind:24s} {len(found):4d} whole {whole:.2f} first token {first:.2f} length {length:.0f}')


if __name__ == '__main__':
    main()
