"""Trains the decoder on pictures and documents; encoder and image prefix stay frozen.

Muon on the blocks' matrices, AdamW on the rest. Checkpoints can be continued, with the optimisers' state.

Usage: python train_decoder.py PRESET --start build/decoder-start.pt [--out build/decoder.pt] [--minutes 60]
       [--rate 0.02] [--batch 16] [--decay 0.5] [--document-every 9]
"""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset

import checkpoint
import tokenizer
from commandline import parse, parser
from datasets import Curriculum, DocumentDataset, QuestionDataset, SingleQuestionDataset
from muon import Muon
from network import PATCHES, Decoder, Encoder, normalised_pixels
from packing import Packer, picture_mask, picture_positions, segment_mask
from restore import load_networks
from scenes import OBJECT_WEIGHTS, Artwork

WARM_UP = 100
REPORT_EVERY = 100
SAVE_EVERY = 300
ADAM_RATE = 1e-3

#: Share of the learning rate for patch positions and token embeddings.
SLOW = 0.2

#: Encoded pictures kept for their further sets of questions.
POOL = 400

#: Predictions of at least this weight are answers, and counted.
ANSWER_WEIGHT = 0.5


@dataclass(frozen=True)
class Preset:
    """What distinguishes the three stages of the training.

    bf16: products in bfloat16. question_sets: rows of questions per encoded picture. object_weights: of one to five
    objects, None for the generator's own. whole_documents: documents with all their questions, else two documents in a
    row with one each. curriculum: how documents are drawn; its share of short ones falls from `short` to `least_short`.
    query_key_decay: extra decay of query and key matrices, per step and unit of learning rate.
    """

    bf16: bool
    question_sets: int
    object_weights: tuple[float, ...] | None
    whole_documents: bool
    curriculum: Curriculum = field(default_factory=Curriculum)
    least_short: float = 0.0
    query_key_decay: float = 0.0


PRESETS = {
    'ground': Preset(bf16=False, question_sets=1, object_weights=None, whole_documents=False),
    'widen': Preset(bf16=True, question_sets=2, object_weights=None, whole_documents=True),
    'finish': Preset(
        bf16=True,
        question_sets=2,
        object_weights=(0.12, 0.22, 0.28, 0.23, 0.15),
        whole_documents=True,
        curriculum=Curriculum(short=1.0, completion=0.4, who_first=0.7),
        least_short=0.15,
        query_key_decay=0.15,
    ),
}


class Text(NamedTuple):
    """Rows of text, each [B, 112]: token ids, positions, segments, weight of predicting each token."""

    ids: Tensor
    positions: Tensor
    segments: Tensor
    weights: Tensor


class PictureBatches:
    """Patch features with rows of questions; a picture is encoded once and comes back with its further sets."""

    def __init__(self, encoder: Encoder, dataset: IterableDataset, batch: int):
        self._encoder = encoder
        self._fresh = iter(DataLoader(dataset, batch, num_workers=1, prefetch_factor=6))
        self._batch = batch
        self._pool: list[tuple[Tensor, ...]] = []

    def __next__(self) -> tuple[Tensor, Text]:
        if len(self._pool) >= POOL:
            return self._from_pool()
        pictures, *text = next(self._fresh)
        with torch.no_grad():
            features = self._encoder(normalised_pixels(pictures)).float()
        for further in range(1, text[0].shape[1]):
            self._pool += [(features[i], *(part[i, further] for part in text)) for i in range(self._batch)]
        return features, Text(*(part[:, 0] for part in text))

    def _from_pool(self) -> tuple[Tensor, Text]:
        chosen = sorted(random.sample(range(len(self._pool)), self._batch), reverse=True)
        features, *text = (torch.stack(parts) for parts in zip(*(self._pool.pop(i) for i in chosen), strict=True))
        return features, Text(*text)


class Score:
    """A share of right answers, counted until it is read."""

    def __init__(self) -> None:
        self._right = self._all = 0

    def add(self, right: int, total: int) -> None:
        """Counts answers."""
        self._right += right
        self._all += total

    def read(self) -> float:
        """The share since it was last read."""
        share = self._right / max(1, self._all)
        self._right = self._all = 0
        return share


def optimisers(decoder: Decoder, rate: float) -> tuple[Muon, torch.optim.AdamW]:
    """Muon for the matrices of the blocks, AdamW for everything else that is trained."""
    matrices = [parameter for parameter in decoder.blks.parameters() if parameter.ndim == 2]
    slow = [decoder.ppos, decoder.emb.weight]
    taken = {id(parameter) for parameter in [*matrices, *slow]}
    rest = [parameter for parameter in decoder.parameters() if parameter.requires_grad and id(parameter) not in taken]
    groups = [{'params': rest, 'share': 1.0}, {'params': slow, 'share': SLOW}]
    return Muon(matrices, rate), torch.optim.AdamW(groups, lr=ADAM_RATE, weight_decay=0.01, betas=(0.9, 0.98))


def rate_factor(steps: int, spent: float, decay: float) -> float:
    """Share of the learning rate: a rise over 100 steps, a fall over the last `decay` of the time, to a fiftieth."""
    return min(1, (steps + 1) / WARM_UP) * min(1, max(0.02, (1 - spent) / decay))


def weighted_loss(logits: Tensor, text: Text) -> Tensor:
    """Mean cross-entropy of the next token, weighted; logits [B, 112, V]."""
    entropy = F.cross_entropy(logits[:, :-1].transpose(1, 2), text.ids[:, 1:], reduction='none')
    weights = text.weights[:, 1:] * (text.segments[:, 1:] >= 0)
    return (entropy * weights).sum() / weights.sum()


def count_answers(score: Score, logits: Tensor, text: Text) -> None:
    """Counts the answer tokens that are predicted right, given those before them."""
    answers = (text.weights[:, 1:] > ANSWER_WEIGHT) & (text.segments[:, 1:] >= 0)
    right = (logits[:, :-1].argmax(-1) == text.ids[:, 1:]) & answers
    score.add(int(right.sum()), int(answers.sum()))


def count_who(score: Score, logits: Tensor, text: Text, who: int) -> None:
    """Counts the "who" questions whose first answer token is predicted right; `who` is the token of that word."""
    for row in range(len(text.ids)):
        for segment in range(1, int(text.segments[row].max()) + 1):
            members = (text.segments[row] == segment).nonzero().flatten()
            if who not in text.ids[row, members[:5]].tolist():
                continue
            first = next(i for i in members.tolist() if text.weights[row, i] > ANSWER_WEIGHT)
            score.add(int(logits[row, first - 1].argmax() == text.ids[row, first]), 1)


class Trainer:
    """One run of the training."""

    def __init__(self, encoder: Encoder, decoder: Decoder, packer: Packer, preset: Preset, rate: float):
        self._encoder, self._decoder, self._preset, self._rate = encoder, decoder, preset, rate
        for parameter in [*encoder.parameters(), *decoder.prefix.parameters()]:
            parameter.requires_grad_(False)
        self._muon, self._adam = optimisers(decoder, rate)
        self._query_key = [parameter for block in decoder.blks for parameter in (block.q.weight, block.k.weight)]
        self._who = packer.ids(' Q: Who')[-1]
        self.step = 0
        self._losses: list[float] = []
        self._scores = {name: Score() for name in ('pictures', 'documents', 'who')}

    def resume(self, state: dict) -> None:
        """Takes optimisers' state and step from a checkpoint of this script, if it has them."""
        if 'mu' in state:
            self._muon.load_state_dict(state['mu'])
            self._adam.load_state_dict(state['ad'])
        self.step = state.get('step', 0)

    def save(self, path: Path) -> None:
        """Writes networks, optimisers and step."""
        networks = {'lm': self._decoder.state_dict(), 'enc': self._encoder.state_dict()}
        optimiser = {'mu': self._muon.state_dict(), 'ad': self._adam.state_dict()}
        checkpoint.save(path, **networks, **optimiser, step=self.step)

    def picture_step(self, batch: tuple[Tensor, Text], factor: float) -> None:
        """One step on pictures."""
        features, text = batch
        with torch.autocast('cpu', torch.bfloat16, enabled=self._preset.bf16):
            embeddings = torch.cat([self._decoder.image(features), self._decoder.emb(text.ids)], 1)
            mask, positions = picture_mask(text.segments), picture_positions(text.positions)
            logits = self._decoder.logits_from(embeddings, mask, positions, PATCHES).float()
        self._update(weighted_loss(logits, text), factor)
        count_answers(self._scores['pictures'], logits, text)

    def document_step(self, text: Text, factor: float) -> None:
        """One step on documents."""
        with torch.autocast('cpu', torch.bfloat16, enabled=self._preset.bf16):
            embeddings = self._decoder.emb(text.ids)
            logits = self._decoder(embeddings, segment_mask(text.segments), text.positions).float()
        self._update(weighted_loss(logits, text), factor)
        count_answers(self._scores['documents'], logits, text)
        count_who(self._scores['who'], logits, text, self._who)

    def _update(self, loss: Tensor, factor: float) -> None:
        for group in self._muon.param_groups:
            group['lr'] = self._rate * factor
        for group in self._adam.param_groups:
            group['lr'] = ADAM_RATE * factor * group['share']
        self._muon.zero_grad()
        self._adam.zero_grad()
        loss.backward()
        self._muon.step()
        self._adam.step()
        if self._preset.query_key_decay:
            kept = 1 - self._rate * factor * self._preset.query_key_decay
            torch._foreach_mul_([weight.data for weight in self._query_key], kept)
        self._losses.append(loss.item())
        self.step += 1

    def report(self) -> str:
        """Mean loss and shares of right answers since the last report."""
        mean = sum(self._losses) / max(1, len(self._losses))
        self._losses.clear()
        return f'loss {mean:.3f} ' + ' '.join(f'{name} {score.read():.3f}' for name, score in self._scores.items())


def document_batches(dataset: IterableDataset, batch: int) -> Iterator[Text]:
    """Rows of documents, drawn in this process so that the curriculum takes effect."""
    for text in DataLoader(dataset, batch, num_workers=0):
        yield Text(*text)


def run(
    trainer: Trainer,
    pictures: PictureBatches,
    documents: Iterator[Text],
    curriculum: Curriculum,
    preset: Preset,
    schedule: 'Schedule',
    out: Path,
) -> None:
    """Steps until the time is up, reporting and saving on the way."""
    begin, first, shown = time.monotonic(), trainer.step, 0
    while (spent := (time.monotonic() - begin) / 60 / schedule.minutes) < 1:
        factor = rate_factor(trainer.step - first, spent, schedule.decay)
        curriculum.short = max(preset.least_short, preset.curriculum.short * (1 - 1.8 * spent))
        if trainer.step % schedule.document_every == schedule.document_every - 1:
            trainer.document_step(next(documents), factor)
        else:
            trainer.picture_step(next(pictures), factor)
            shown += schedule.batch
        if trainer.step % REPORT_EVERY == 0:
            seconds = time.monotonic() - begin
            print(f'{trainer.step} {seconds:.0f}s {trainer.report()} {shown / seconds:.1f} pictures/s', flush=True)
        if trainer.step % SAVE_EVERY == 0:
            trainer.save(out)
    trainer.save(out)
    print(f'{trainer.step} {trainer.report()}')


@dataclass(frozen=True)
class Schedule:
    """Minutes of training, share of them in which the rate falls, pictures per step, every how manieth step is text."""

    minutes: float
    decay: float
    batch: int
    document_every: int


def main() -> None:
    """Trains from one checkpoint to another."""
    options = parser(__doc__)
    options.add_argument('preset', choices=PRESETS)
    options.add_argument('--start', type=Path, required=True, help='checkpoint, or a folder with exported graphs')
    options.add_argument('--out', type=Path, default=Path('build/decoder.pt'))
    options.add_argument('--minutes', type=float, default=60)
    options.add_argument('--rate', type=float, default=0.02, help="Muon's learning rate")
    options.add_argument('--batch', type=int, default=16, help='pictures per step; documents are twice as many')
    options.add_argument('--decay', type=float, default=0.5)
    options.add_argument('--document-every', type=int, default=9)
    parsed = parse(options)
    torch.manual_seed(0)
    preset = PRESETS[parsed.preset]
    words = tokenizer.load(parsed.tokenizer)
    packer = Packer(words)
    encoder, decoder = load_networks(parsed.start, words.get_vocab_size())
    trainer = Trainer(encoder.to(memory_format=torch.channels_last), decoder, packer, preset, parsed.rate)
    if parsed.start.is_file():
        trainer.resume(checkpoint.load(parsed.start))
    weights = preset.object_weights or OBJECT_WEIGHTS
    questions = QuestionDataset(Artwork(parsed.artwork), packer, preset.question_sets, weights)
    curriculum = Curriculum(**vars(preset.curriculum))
    texts = DocumentDataset(packer, curriculum) if preset.whole_documents else SingleQuestionDataset(packer)
    run(
        trainer,
        PictureBatches(encoder, questions, parsed.batch),
        document_batches(texts, parsed.batch * 2),
        curriculum,
        preset,
        Schedule(parsed.minutes, parsed.decay, parsed.batch, parsed.document_every),
        parsed.out,
    )


if __name__ == '__main__':
    main()
