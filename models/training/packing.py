"""Packing prompts and answers into rows of fixed length, and the masks that keep them apart."""

from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from network import PATCHES
from questions import Exchange
from tokenizer import END_OF_TEXT

#: Text tokens in a row.
ROW = 112

#: Segment of padding, and of a context that every segment of the row sees.
PADDING = -1
SHARED = 0

#: Weight of predicting a token of a prompt; a token of an answer weighs 1.
PROMPT_WEIGHT = 0.05


@dataclass
class Row:
    """Token ids, positions, segments (from 1; 0 shared, -1 padding) and loss weights, each of length 112."""

    ids: np.ndarray
    positions: np.ndarray
    segments: np.ndarray
    weights: np.ndarray
    used: int = 0
    last_segment: int = 0

    def arrays(self) -> tuple[np.ndarray, ...]:
        """Ids, positions, segments and weights."""
        return self.ids, self.positions, self.segments, self.weights


def empty_row(start: int) -> Row:
    """A row of padding at position `start`."""
    return Row(
        np.zeros(ROW, np.int64),
        np.full(ROW, start, np.int64),
        np.full(ROW, PADDING, np.int64),
        np.zeros(ROW, np.float32),
    )


class Packer:
    """Packs exchanges with one tokenizer."""

    def __init__(self, tokenizer: Tokenizer):
        self._tokenizer = tokenizer
        self._end = tokenizer.token_to_id(END_OF_TEXT)

    def ids(self, text: str) -> list[int]:
        """Token ids of a text."""
        return self._tokenizer.encode(text).ids

    def answer_ids(self, answer: str) -> list[int]:
        """Token ids of an answer with the end-of-text token."""
        return [*self.ids(answer), self._end]

    def pack(self, exchanges: list[Exchange], start: int) -> Row:
        """Exchanges as segments 1, 2, ..., each beginning at position `start`; those that do not fit are left out."""
        row = empty_row(start)
        for exchange in exchanges:
            self._add(row, exchange, start, PROMPT_WEIGHT)
        return row

    def pack_document(self, text: str, exchanges: list[Exchange]) -> Row:
        """The text once as shared context, then the exchanges, each of which sees the text and itself."""
        context = self.ids(text)
        length = len(context)
        row = empty_row(length)
        row.ids[:length] = context
        row.positions[:length] = np.arange(length)
        row.segments[:length] = SHARED
        row.weights[1:length] = PROMPT_WEIGHT
        row.used = length
        for exchange in exchanges:
            self._add(row, exchange, length, 0.0)
        return row

    def _add(self, row: Row, exchange: Exchange, start: int, prompt_weight: float) -> None:
        prompt, answer = self.ids(exchange[0]), self.answer_ids(exchange[1])
        length = len(prompt) + len(answer)
        begin, end = row.used, row.used + length
        # Numbered whether it fits or not, so that segment k is always the k-th exchange.
        row.last_segment += 1
        if end > ROW:
            return
        row.ids[begin:end] = prompt + answer
        row.positions[begin:end] = start + np.arange(length)
        row.segments[begin:end] = row.last_segment
        row.weights[begin + 1 : begin + len(prompt)] = prompt_weight
        row.weights[begin + len(prompt) : end] = 1.0
        row.used = end


def segment_mask(segments: Tensor) -> Tensor:
    """Which keys a query sees, bool [B, 1, T, T]: earlier ones of its own segment and of the shared context."""
    length = segments.shape[1]
    earlier = torch.tril(torch.ones(length, length, dtype=torch.bool))
    related = (segments[:, :, None] == segments[:, None, :]) | (segments[:, None, :] == SHARED)
    # The diagonal keeps a softmax for padding.
    return (related & earlier | torch.eye(length, dtype=torch.bool))[:, None]


def picture_mask(segments: Tensor) -> Tensor:
    """The same with a picture before the text, bool [B, 1, 144 + T, 144 + T]: patches are causal, text sees all."""
    batch, length = segments.shape
    mask = torch.zeros(batch, 1, PATCHES + length, PATCHES + length, dtype=torch.bool)
    mask[:, :, :PATCHES, :PATCHES] = torch.tril(torch.ones(PATCHES, PATCHES, dtype=torch.bool))
    mask[:, :, PATCHES:, :PATCHES] = True
    mask[:, :, PATCHES:, PATCHES:] = segment_mask(segments)
    return mask


def picture_positions(text_positions: Tensor) -> Tensor:
    """Positions [B, 144 + T] of patches and text."""
    patches = torch.arange(PATCHES)[None].expand(len(text_positions), -1)
    return torch.cat([patches, text_positions], 1)
