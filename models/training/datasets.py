"""Endless streams of training examples, different in every run."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image
from tokenizers import Tokenizer
from torch.utils.data import IterableDataset

from facts import Fact, as_exchange, document, facts, text_of
from network import CAPTION_LENGTH, PATCHES
from packing import Packer
from questions import Exchange, caption, enumerate_objects, questions
from randomness import Randomness
from scenes import (
    HELD_OUT_STYLE,
    MASK_OPACITY,
    PATCH,
    PATCH_COVER,
    Artwork,
    Scene,
    coarse_noise,
    compose_scene,
    patch_classes,
    repaint,
)
from vocabulary import BACKGROUND_CLASS, BACKGROUNDS, CLASS, COLOURS, REPAINTED, joined

#: Side of a crop, and of the sprites from which crops are made, pixels.
CROP = 64
CROP_SPRITE = 96

#: Questions asked about a scene in one row at most, besides the caption.
MOST_QUESTIONS = 9


def scenes_with_objects(
    randomness: Randomness, artwork: Artwork, weights: tuple[float, ...] | None = None
) -> Iterator[Scene]:
    """Scenes with at least one object; `weights` are those of one to five objects, None for the generator's own."""
    while True:
        count = randomness.choice.choices([1, 2, 3, 4, 5], weights)[0] if weights else None
        scene = compose_scene(randomness, artwork, count=count)
        if scene.objects:
            yield scene


class CropDataset(IterableDataset):
    """One object, often cut off, on 64 x 64 pixels: picture uint8 [64, 64, 3], patch classes [16], class."""

    def __init__(self, artwork: Artwork):
        kept = [index for index, (_, style) in enumerate(artwork.rows) if style != HELD_OUT_STYLE]
        self._nouns = [artwork.rows[index][0] for index in kept]
        self._sprites = [
            artwork.sprites[index].resize((CROP_SPRITE, CROP_SPRITE), Image.Resampling.BILINEAR) for index in kept
        ]

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray, int]]:
        randomness = Randomness.fresh()
        while True:
            yield self.draw(randomness)

    def draw(self, randomness: Randomness) -> tuple[np.ndarray, np.ndarray, int]:
        """One crop."""
        choice = randomness.choice
        picture = _crop_background(randomness)
        index = choice.randrange(len(self._sprites))
        sprite = _dress_crop(choice, self._sprites[index], self._nouns[index])
        mask = _paste_crop(choice, picture, sprite)
        label = CLASS[self._nouns[index]]
        grid = CROP // PATCH
        cover = mask.reshape(grid, PATCH, grid, PATCH).mean((1, 3)).reshape(-1)
        classes = np.where(cover >= PATCH_COVER, label, BACKGROUND_CLASS)
        return np.clip(picture, 0, 255).astype(np.uint8), classes, label


def _crop_background(randomness: Randomness) -> np.ndarray:
    choice, noise = randomness.choice, randomness.noise
    colour = np.array(choice.choice(list(BACKGROUNDS.values())), np.float32) + noise.uniform(-20, 20, 3)
    picture = np.ones((CROP, CROP, 3), np.float32) * colour
    if choice.random() < 0.5:
        picture += coarse_noise(noise, 5, 18, CROP)
    return picture


def _dress_crop(choice: random.Random, sprite: Image.Image, noun: str) -> Image.Image:
    if noun in REPAINTED and choice.random() < 0.6:
        sprite = repaint(sprite, COLOURS[choice.choice(list(COLOURS))])
    if choice.random() < 0.5:
        sprite = sprite.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if choice.random() < 0.5:
        sprite = sprite.rotate(choice.uniform(-14, 14), Image.Resampling.BILINEAR)
    return sprite


def _paste_crop(choice: random.Random, picture: np.ndarray, sprite: Image.Image) -> np.ndarray:
    """Draws the sprite at a random size, up to six pixels over the edge; returns its mask, bool [64, 64]."""
    side = choice.randint(38, 120)
    low, high = (-6, CROP - side + 6) if side <= CROP else (CROP - side - 6, 6)
    x, y = choice.randint(low, high), choice.randint(low, high)
    pixels = np.asarray(sprite.resize((side, side), Image.Resampling.BILINEAR)).astype(np.float32)
    left, top, right, bottom = max(0, x), max(0, y), min(CROP, x + side), min(CROP, y + side)
    pixels = pixels[top - y : bottom - y, left - x : right - x]
    opacity = pixels[..., 3:] / 255.0
    under = picture[top:bottom, left:right]
    picture[top:bottom, left:right] = under * (1 - opacity) + pixels[..., :3] * choice.uniform(0.88, 1.1) * opacity
    mask = np.zeros((CROP, CROP), bool)
    mask[top:bottom, left:right] = opacity[..., 0] > MASK_OPACITY
    return mask


class CaptionDataset(IterableDataset):
    """Scenes for CLIP: picture, patch classes [144], caption ids [40], 1.0 where there is a token [40]."""

    def __init__(self, artwork: Artwork, tokenizer: Tokenizer):
        self._artwork = artwork
        self._tokenizer = tokenizer

    def __iter__(self) -> Iterator[tuple[np.ndarray, ...]]:
        for scene in scenes_with_objects(Randomness.fresh(), self._artwork):
            text = ' ' + joined(enumerate_objects(scene.objects))
            ids = self._tokenizer.encode(text).ids[:CAPTION_LENGTH]
            padding = (0, CAPTION_LENGTH - len(ids))
            present = np.ones(len(ids), np.float32)
            yield scene.picture, patch_classes(scene), np.pad(ids, padding), np.pad(present, padding)


class QuestionDataset(IterableDataset):
    """Scenes for the decoder: picture, then ids, positions, segments and weights, each [sets, 112].

    Every set is a caption and up to nine questions, drawn anew: the encoded picture is used once per set.
    """

    def __init__(self, artwork: Artwork, packer: Packer, sets: int, weights: tuple[float, ...] | None):
        self._artwork = artwork
        self._packer = packer
        self._sets = sets
        self._weights = weights

    def __iter__(self) -> Iterator[tuple[np.ndarray, ...]]:
        randomness = Randomness.fresh()
        for scene in scenes_with_objects(randomness, self._artwork, self._weights):
            rows = [self._packer.pack(exchanges_about(randomness.choice, scene), PATCHES) for _ in range(self._sets)]
            yield scene.picture, *(np.stack(arrays) for arrays in zip(*(row.arrays() for row in rows), strict=True))


def exchanges_about(choice: random.Random, scene: Scene) -> list[Exchange]:
    """A caption of the scene and up to nine questions about it."""
    asked = caption(choice, scene.objects, scene.background)
    return [asked, *questions(choice, scene.objects, scene.background)[:MOST_QUESTIONS]]


class SingleQuestionDataset(IterableDataset):
    """Two documents in a row, each with one question: ids, positions, segments and weights, each [112]."""

    def __init__(self, packer: Packer):
        self._packer = packer

    def __iter__(self) -> Iterator[tuple[np.ndarray, ...]]:
        choice = Randomness.fresh().choice
        while True:
            read = [document(choice) for _ in range(2)]
            yield self._packer.pack([(one.text + one.question, one.answer) for one in read], 0).arrays()


@dataclass
class Curriculum:
    """How documents are drawn, as shares from 0 to 1; the training loop lowers `short` as it goes.

    short: documents cut to one to three facts, those with "who" questions preferred.
    completion: facts that are also asked as a sentence to complete.
    who_first: "who" questions put first, so that they find room in the row.
    """

    short: float = 0.0
    completion: float = 0.0
    who_first: float = 0.0


class DocumentDataset(IterableDataset):
    """A document with as many of its questions as fit: ids, positions, segments and weights, each [112].

    The curriculum may change while the stream is read, so it is to be read in the training process itself.
    """

    def __init__(self, packer: Packer, curriculum: Curriculum):
        self._packer = packer
        self.curriculum = curriculum

    def __iter__(self) -> Iterator[tuple[np.ndarray, ...]]:
        choice = Randomness.fresh().choice
        while True:
            drawn = _some_facts(choice, self.curriculum.short)
            yield self._packer.pack_document(text_of(drawn), _exchanges(choice, drawn, self.curriculum)).arrays()


def _asks_who(fact: Fact) -> bool:
    return any(question.startswith('Who') for question, _ in fact.questions)


def _some_facts(choice: random.Random, short: float) -> list[Fact]:
    drawn = facts(choice)
    if choice.random() >= short:
        return drawn
    count = choice.randint(1, 3)
    kept = sorted(drawn, key=lambda fact: -_asks_who(fact) * choice.random())[:count]
    choice.shuffle(kept)
    return kept


def _completion(choice: random.Random, fact: Fact) -> Exchange:
    """The sentence of a fact, cut at a random word."""
    words = fact.sentence.split()
    cut = choice.randint(2, len(words) - 1)
    return ' ' + ' '.join(words[:cut]), ' ' + ' '.join(words[cut:])


def _exchanges(choice: random.Random, drawn: list[Fact], curriculum: Curriculum) -> list[Exchange]:
    asked = [as_exchange(*question) for fact in drawn for question in fact.questions]
    asked += [_completion(choice, fact) for fact in drawn if choice.random() < curriculum.completion]
    choice.shuffle(asked)
    asked.sort(key=lambda one: not (one[0].startswith(' Q: Who') and choice.random() < curriculum.who_first))
    return asked
