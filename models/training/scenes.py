"""Scenes: one to five pieces of artwork on a background, with exact object masks."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from randomness import Randomness
from vocabulary import BACKGROUND_CLASS, BACKGROUNDS, CLASS, COLOURS, NOUNS, REPAINTED

#: Side of a scene, pixels.
SIDE = 192

#: Patches per row and column, and the side of a patch in pixels.
GRID = 12
PATCH = SIDE // GRID

#: Side of a rendered sprite, pixels.
SPRITE_SIDE = 128

#: Artwork the model is trained on, and the style kept back to see how it does on artwork it never saw.
TRAINING_STYLES = ['twemoji', 'noto', 'fluent-emoji-flat', 'fluent-emoji', 'emojione']
HELD_OUT_STYLE = 'openmoji'

#: Largest side of an object, pixels, by the number of objects drawn.
LARGEST = {1: 140, 2: 104, 3: 88, 4: 76, 5: 66}

#: How often a scene has one to five objects when nothing else is asked for.
OBJECT_WEIGHTS = (0.2, 0.3, 0.27, 0.15, 0.08)

#: Opacity above which a pixel belongs to an object's mask.
MASK_OPACITY = 0.4

#: Share of a patch that an object must cover to give the patch its class.
PATCH_COVER = 0.25

PLACEMENT_TRIES = 30
LARGEST_OVERLAP = 0.06


@dataclass(frozen=True)
class SceneObject:
    """One object: its noun, the colour it was repainted in (or None), its square box in pixels and its artwork."""

    noun: str
    colour: str | None
    x: float
    y: float
    side: float
    style: str = ''

    @property
    def centre_x(self) -> float:
        """Horizontal centre, pixels from the left."""
        return self.x + self.side / 2

    @property
    def centre_y(self) -> float:
        """Vertical centre, pixels from the top."""
        return self.y + self.side / 2


@dataclass(frozen=True)
class Scene:
    """A composed picture.

    picture: uint8 [192, 192, 3]; labels: int32 [192, 192], index of the object a pixel belongs to, -1 for none;
    background: name of its colour.
    """

    picture: np.ndarray
    objects: list[SceneObject]
    labels: np.ndarray
    background: str


class Artwork:
    """The rendered sprites, as `sprites.mjs` writes them."""

    def __init__(self, folder: Path):
        rows = json.loads((folder / 'sprites.json').read_text())
        pixels = np.fromfile(folder / 'sprites.raw', np.uint8).reshape(-1, SPRITE_SIDE, SPRITE_SIDE, 4)
        #: Noun and style of every sprite, and its picture (RGBA, 128 x 128).
        self.rows: list[tuple[str, str]] = [(row['noun'], row['style']) for row in rows]
        self.sprites: list[Image.Image] = [Image.fromarray(sprite) for sprite in pixels]
        self._index = {row: index for index, row in enumerate(self.rows)}

    def sprite(self, noun: str, style: str) -> Image.Image:
        """The sprite of a noun in a style the noun has."""
        return self.sprites[self._index[noun, style]]

    def available(self, noun: str, wanted: str, styles: list[str]) -> str:
        """The wanted style, or the first of `styles` (else of the training styles) that draws the noun."""
        if (noun, wanted) in self._index:
            return wanted
        return next((style for style in styles if (noun, style) in self._index), TRAINING_STYLES[0])


def repaint(sprite: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    """The sprite in shades of one colour, by the luminance of its opaque pixels between 3rd and 97th percentile."""
    pixels = np.asarray(sprite).astype(np.float32)
    light = (0.3 * pixels[..., 0] + 0.59 * pixels[..., 1] + 0.11 * pixels[..., 2]) / 255.0
    opaque = pixels[..., 3] > 128
    if opaque.any():
        low, high = np.percentile(light[opaque], [3, 97])
        light = np.clip((light - low) / (high - low + 1e-3), 0, 1)
    paint = np.array(colour, np.float32)
    shade = paint[None, None] * (0.45 + 0.55 * light[..., None])
    shine = (255 - paint) * 0.25 * np.clip(light[..., None] - 0.7, 0, 1)
    pixels[..., :3] = np.clip(shade + shine, 0, 255)
    return Image.fromarray(pixels.astype(np.uint8))


def coarse_noise(noise: np.random.RandomState, cells: int, strength: float, side: int) -> np.ndarray:
    """Smooth colour noise [side, side, 3] around 0: `cells` x `cells` normal values, enlarged."""
    values = np.clip(noise.randn(cells, cells, 3) * strength + 128, 0, 255).astype(np.uint8)
    enlarged = Image.fromarray(values).resize((side, side), Image.Resampling.BICUBIC)
    return np.asarray(enlarged).astype(np.float32) - 128


def draw_background(randomness: Randomness) -> tuple[np.ndarray, str]:
    """A plain, shaded or mottled background, float [192, 192, 3] in 0 to 255, and the name of its colour."""
    choice, noise = randomness.choice, randomness.noise
    name = choice.choice(list(BACKGROUNDS))
    colour = np.array(BACKGROUNDS[name], np.float32) + noise.uniform(-14, 14, 3)
    kind = choice.random()
    picture = np.ones((SIDE, SIDE, 3), np.float32) * colour
    if kind < 0.45:
        rows, columns = np.mgrid[0:SIDE, 0:SIDE] / SIDE
        slope = noise.uniform(-1, 1, 2)
        picture *= (1 + 0.22 * ((columns - 0.5) * slope[0] + (rows - 0.5) * slope[1]))[..., None]
    elif kind < 0.75:
        picture += coarse_noise(noise, 12, 16, SIDE)
    if choice.random() < 0.4:
        picture += noise.randn(SIDE, SIDE, 1) * choice.uniform(1, 7)
    return np.clip(picture, 0, 255), name


def _choose_nouns(choice: random.Random, count: int) -> list[str]:
    repeats = choice.random() < 0.3 and count >= 2
    first = choice.choice(NOUNS)
    return [
        first if repeats and (index < 2 or choice.random() < 0.5) else choice.choice(NOUNS) for index in range(count)
    ]


def _overlap(a: tuple[int, int, int], b: SceneObject) -> float:
    x, y, side = a
    width = max(0, min(x + side, b.x + b.side) - max(x, b.x))
    height = max(0, min(y + side, b.y + b.side) - max(y, b.y))
    return width * height


def _place(choice: random.Random, largest: int, objects: list[SceneObject]) -> tuple[int, int, int] | None:
    """Left, top and side of a box that hardly overlaps the others; None when none was found."""
    for _ in range(PLACEMENT_TRIES):
        side = int(choice.uniform(0.62, 1) * largest)
        box = choice.randint(0, SIDE - side), choice.randint(0, SIDE - side), side
        if all(_overlap(box, other) < LARGEST_OVERLAP * min(side, other.side) ** 2 for other in objects):
            return box
    return None


def _dress(choice: random.Random, sprite: Image.Image, noun: str) -> tuple[Image.Image, str | None]:
    """The sprite repainted, mirrored and rotated by chance, and the colour it was repainted in."""
    colour = None
    if noun in REPAINTED and choice.random() < 0.75:
        colour = choice.choice(list(COLOURS))
        sprite = repaint(sprite, COLOURS[colour])
    if choice.random() < 0.5 and noun != 'book':
        sprite = sprite.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if choice.random() < 0.5:
        sprite = sprite.rotate(choice.uniform(-14, 14), Image.Resampling.BICUBIC)
    return sprite, colour


def _paste(choice: random.Random, picture: np.ndarray, sprite: Image.Image, box: tuple[int, int, int]) -> np.ndarray:
    """Draws the sprite into the box, a little brighter or darker by chance; returns its mask, bool [side, side]."""
    x, y, side = box
    pixels = np.asarray(sprite.resize((side, side), Image.Resampling.BILINEAR)).astype(np.float32)
    opacity = pixels[..., 3:4] / 255.0
    brightness = choice.uniform(0.88, 1.1)
    under = picture[y : y + side, x : x + side]
    picture[y : y + side, x : x + side] = (
        under * (1 - opacity) + np.clip(pixels[..., :3] * brightness, 0, 255) * opacity
    )
    return opacity[..., 0] > MASK_OPACITY


def compose_scene(
    randomness: Randomness, artwork: Artwork, styles: list[str] = TRAINING_STYLES, count: int | None = None
) -> Scene:
    """Draws a scene of `count` objects (by chance if None); objects that find no room are left out, even all."""
    choice = randomness.choice
    picture, background = draw_background(randomness)
    count = count or choice.choices([1, 2, 3, 4, 5], OBJECT_WEIGHTS)[0]
    nouns = _choose_nouns(choice, count)
    objects: list[SceneObject] = []
    labels = np.zeros((SIDE, SIDE), np.int32) - 1
    main_style = choice.choice(styles)
    for noun in nouns:
        wanted = main_style if choice.random() < 0.7 else choice.choice(styles)
        style = artwork.available(noun, wanted, styles)
        box = _place(choice, LARGEST[count], objects)
        if box is None:
            continue
        sprite, colour = _dress(choice, artwork.sprite(noun, style), noun)
        x, y, side = box
        mask = _paste(choice, picture, sprite, box)
        labels[y : y + side, x : x + side][mask] = len(objects)
        objects.append(SceneObject(noun, colour, x, y, side, style))
    if choice.random() < 0.3:
        picture = (picture - 128) * choice.uniform(0.8, 1.15) + 128 + choice.uniform(-12, 12)
    return Scene(np.clip(picture, 0, 255).astype(np.uint8), objects, labels, background)


def patch_coverage(labels: np.ndarray, index: int) -> np.ndarray:
    """Share of every patch that the object with that index covers, float [144], row by row."""
    return (labels == index).reshape(GRID, PATCH, GRID, PATCH).mean((1, 3)).reshape(-1)


def patch_classes(scene: Scene) -> np.ndarray:
    """Class of every patch, int64 [144]: the last object covering a quarter of it, else the background."""
    classes = np.full(GRID * GRID, BACKGROUND_CLASS, np.int64)
    for index, item in enumerate(scene.objects):
        classes[patch_coverage(scene.labels, index) >= PATCH_COVER] = CLASS[item.noun]
    return classes
