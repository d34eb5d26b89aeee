"""Trains the picture encoder: first on crops of single objects, then on whole scenes with captions.

Usage: python train_encoder.py --crop-minutes 12 --scene-minutes 14 [--out build/encoder.pt] [--start CHECKPOINT]
"""

import math
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import DataLoader

import checkpoint
import tokenizer
from commandline import parse, parser
from datasets import CaptionDataset, CropDataset
from network import WIDTH, ClipHead, Encoder, normalised_pixels
from scenes import GRID, Artwork
from vocabulary import BACKGROUND_CLASS, NOUNS

#: Most patches are background; this is the weight of theirs in the loss.
BACKGROUND_WEIGHT = 0.25

CROP_BATCH = 256
SCENE_BATCH = 64
CROP_RATE = 1.2e-3
SCENE_RATE = 1e-3
WARM_UP = 60
REPORT_EVERY = 25
SAVE_EVERY = 200

#: Weight of the class of a whole crop, and of CLIP's contrastive loss on scenes, beside that of the patch classes.
CROP_CLASS_WEIGHT = 0.5
CLIP_WEIGHT = 0.3

#: Crops have 4 x 4 patches; their first patch may lie anywhere on the 12 x 12 grid.
CROP_GRID = 4


class Training(nn.Module):
    """Encoder and the heads it is trained with; `crop_class` names the object of a crop."""

    def __init__(self, vocabulary: int):
        super().__init__()
        self.encoder = Encoder().to(memory_format=torch.channels_last)
        self.head = ClipHead(len(NOUNS) + 1, vocabulary)
        self.crop_class = nn.Linear(WIDTH, len(NOUNS))
        self.class_weights = torch.ones(len(NOUNS) + 1)
        self.class_weights[BACKGROUND_CLASS] = BACKGROUND_WEIGHT

    def patch_loss(self, features: Tensor, classes: Tensor) -> tuple[Tensor, Tensor]:
        """Cross-entropy of the patch classes [B, patches], and the share of object patches named right."""
        logits = self.head.cls(features)
        objects = classes != BACKGROUND_CLASS
        right = (logits.argmax(-1) == classes)[objects].float().mean()
        return F.cross_entropy(logits.flatten(0, 1), classes.flatten(), weight=self.class_weights), right

    def crop_loss(self, batch: list[Tensor]) -> tuple[Tensor, str]:
        """Loss on crops and what to report of it."""
        pictures, classes, labels = batch
        offset = random.randint(0, GRID - CROP_GRID), random.randint(0, GRID - CROP_GRID)
        features = self.encoder(normalised_pixels(pictures), offset)
        patches, right = self.patch_loss(features, classes)
        logits = self.crop_class(features.mean(1))
        named = (logits.argmax(-1) == labels).float().mean()
        loss = patches + CROP_CLASS_WEIGHT * F.cross_entropy(logits, labels)
        return loss, f'patch loss {patches:.3f} object patches right {right:.3f} crops right {named:.3f}'

    def scene_loss(self, batch: list[Tensor]) -> tuple[Tensor, str]:
        """Loss on scenes and what to report of it."""
        pictures, classes, ids, present = batch
        features = self.encoder(normalised_pixels(pictures))
        patches, right = self.patch_loss(features, classes)
        similarity = self.head.similarity(features, ids, present)
        own = torch.arange(len(similarity))
        clip = (F.cross_entropy(similarity, own) + F.cross_entropy(similarity.T, own)) / 2
        found = (similarity.argmax(1) == own).float().mean()
        report = f'patch loss {patches:.3f} object patches right {right:.3f} clip {clip:.3f} captions found {found:.2f}'
        return patches + CLIP_WEIGHT * clip, report

    def save(self, path: Path) -> None:
        """Writes the encoder and the CLIP head."""
        checkpoint.save(path, enc=self.encoder.state_dict(), hd=self.head.state_dict())

    def load(self, path: Path) -> None:
        """Continues from a checkpoint of this script."""
        state = checkpoint.load(path)
        self.encoder.load_state_dict(state['enc'])
        self.head.load_state_dict(state['hd'])


def warm_up(step: int) -> float:
    """Share of the learning rate in the first steps, rising to 1."""
    return min(1, (step + 1) / WARM_UP)


def crop_rate(step: int, spent: float) -> float:
    """Learning rate on crops; halved after 70 % of the time. `spent` is the share of time used, 0 to 1."""
    return CROP_RATE * warm_up(step) * (1 if spent < 0.7 else 0.5)


def scene_rate(step: int, spent: float) -> float:
    """Learning rate on scenes: a cosine down to a hundredth."""
    return SCENE_RATE * warm_up(step) * (0.5 * (1 + math.cos(math.pi * spent)) + 0.01)


def run_phase(
    training: Training,
    optimiser: torch.optim.Optimizer,
    batches: Iterator[list[Tensor]],
    loss_of: Callable[[list[Tensor]], tuple[Tensor, str]],
    rate: Callable[[int, float], float],
    minutes: float,
    out: Path,
) -> None:
    """Steps until the time is up, reporting and saving on the way."""
    begin, step = time.monotonic(), 0
    while (spent := (time.monotonic() - begin) / 60) < minutes:
        for group in optimiser.param_groups:
            group['lr'] = rate(step, spent / minutes)
        loss, report = loss_of(next(batches))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(training.parameters(), 1.0)
        optimiser.step()
        step += 1
        if step % REPORT_EVERY == 0:
            print(f'{step} {spent * 60:.0f}s {report}', flush=True)
        if step % SAVE_EVERY == 0:
            training.save(out)
    training.save(out)


def _optimiser(training: Training) -> torch.optim.Optimizer:
    return torch.optim.AdamW(training.parameters(), lr=SCENE_RATE, weight_decay=0.05, betas=(0.9, 0.98))


def main() -> None:
    """Both phases, one after the other; a phase of 0 minutes is left out."""
    options = parser(__doc__)
    options.add_argument('--crop-minutes', type=float, default=12)
    options.add_argument('--scene-minutes', type=float, default=14)
    options.add_argument('--start', type=Path)
    options.add_argument('--out', type=Path, default=Path('build/encoder.pt'))
    parsed = parse(options)
    torch.manual_seed(0)
    words, artwork = tokenizer.load(parsed.tokenizer), Artwork(parsed.artwork)
    training = Training(words.get_vocab_size())
    if parsed.start:
        training.load(parsed.start)
    print(f'{sum(p.numel() for p in training.encoder.parameters()) / 1e6:.2f} M parameters in the encoder', flush=True)
    if parsed.crop_minutes > 0:
        crops = iter(DataLoader(CropDataset(artwork), CROP_BATCH, num_workers=1, prefetch_factor=4))
        run_phase(training, _optimiser(training), crops, training.crop_loss, crop_rate, parsed.crop_minutes, parsed.out)
        del crops
    if parsed.scene_minutes > 0:
        scenes = iter(DataLoader(CaptionDataset(artwork, words), SCENE_BATCH, num_workers=1, prefetch_factor=6))
        optimiser = _optimiser(training)
        run_phase(training, optimiser, scenes, training.scene_loss, scene_rate, parsed.scene_minutes, parsed.out)


if __name__ == '__main__':
    main()
