"""The tokenizer: byte-level BPE over the training texts.

Usage: python tokenizer.py [--out build/tokenizer.json]
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from facts import document
from questions import caption, questions
from scenes import SIDE, SceneObject
from vocabulary import BACKGROUNDS, COLOURS, HERE, NOUNS, REPAINTED

#: Ends every answer.
END_OF_TEXT = '<|endoftext|>'

#: Stands for one patch of the picture in a sequence of ids.
IMAGE = '<|image|>'

#: The tokenizer that the shipped model was trained with.
SHIPPED = HERE.parent / 'whence-scenes' / 'tokenizer.json'

ROUNDS = 12_000
LARGEST_VOCABULARY = 1536


def _objects(choice: random.Random) -> list[SceneObject]:
    """One to five objects anywhere, as words only: nothing is drawn."""
    placed = [
        (choice.choice(NOUNS), choice.random() * SIDE, choice.random() * SIDE) for _ in range(choice.randint(1, 5))
    ]
    return [
        SceneObject(noun, choice.choice(list(COLOURS)) if noun in REPAINTED else None, x, y, 0) for noun, x, y in placed
    ]


def corpus(choice: random.Random, rounds: int = ROUNDS) -> Iterator[str]:
    """Texts of every kind the model reads: per round a caption, the questions of its scene and a document."""
    for _ in range(rounds):
        objects = _objects(choice)
        yield ''.join(caption(choice, objects, choice.choice(list(BACKGROUNDS))))
        for question, answer in questions(choice, objects, 'white'):
            yield question + answer
        read = document(choice)
        yield read.text + read.question + read.answer


def train(texts: Iterator[str]) -> Tokenizer:
    """A byte-level BPE tokenizer without a space before the first word, 1,536 entries at most."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=LARGEST_VOCABULARY,
        special_tokens=[END_OF_TEXT, IMAGE],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def load(path: Path = SHIPPED) -> Tokenizer:
    """A saved tokenizer."""
    return Tokenizer.from_file(str(path))


def main() -> None:
    """Trains and saves a tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--out', type=Path, default=Path('build/tokenizer.json'))
    options = parser.parse_args()
    tokenizer = train(corpus(random.Random(0)))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(options.out))
    print(f'{tokenizer.get_vocab_size()} entries')


if __name__ == '__main__':
    main()
