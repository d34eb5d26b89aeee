"""The networks: picture encoder, CLIP head and causal decoder.

Parameter names are short (`q`, `k`, `v`, `o`: query, key, value, output; `a`, `b`: the two layers of an MLP; `n`:
normalisation) because the exported graphs carry them: a name here is a name there.

Shapes: B batch, T sequence, P = 144 patches, D = 256 width, V vocabulary, h heads.
"""

import math
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

#: Width of encoder and decoder.
WIDTH = 256
HEADS = 8
HEAD_WIDTH = WIDTH // HEADS

#: Patches per row and column, and in all.
GRID = 12
PATCHES = GRID * GRID

#: Leading dimensions of a head that rotary positions turn.
ROTARY = 16

#: Longest caption the text tower of CLIP reads, tokens.
CAPTION_LENGTH = 40

#: Changes scaled scores [B, h, T, T] before mask and softmax, given the mask of visible keys.
Manipulation = Callable[[Tensor, Tensor], Tensor]


def normalised_pixels(pictures: Tensor) -> Tensor:
    """Pictures uint8 [B, H, W, 3] as the encoder reads them: float [B, 3, H, W] in -1 to 1, channels last in memory."""
    return (pictures.permute(0, 3, 1, 2).float() / 127.5 - 1).to(memory_format=torch.channels_last)


def split_heads(x: Tensor) -> Tensor:
    """[B, T, D] to [B, h, T, D / h]."""
    return x.view(x.shape[0], x.shape[1], HEADS, HEAD_WIDTH).transpose(1, 2)


def merge_heads(x: Tensor) -> Tensor:
    """[B, h, T, D / h] to [B, T, D]."""
    return x.transpose(1, 2).flatten(2)


class ResidualConvolution(nn.Module):
    """Two 3 x 3 convolutions with batch normalisation around a shortcut (He et al. 2016), GELU for ReLU."""

    def __init__(self, channels: int):
        super().__init__()
        self.a = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.na = nn.BatchNorm2d(channels)
        self.b = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.nb = nn.BatchNorm2d(channels)

    def forward(self, x: Tensor) -> Tensor:
        """[B, C, H, W] to the same shape."""
        return F.gelu(x + self.nb(self.b(F.gelu(self.na(self.a(x))))))


class EncoderBlock(nn.Module):
    """A pre-norm transformer block in which every position sees every other."""

    def __init__(self, width: int):
        super().__init__()
        self.n1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.o = nn.Linear(width, width)
        self.n2 = nn.LayerNorm(width)
        self.a = nn.Linear(width, 4 * width)
        self.b = nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        """[B, T, D] to the same shape."""
        batch, length, width = x.shape
        qkv = self.qkv(self.n1(x)).view(batch, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(*qkv).transpose(1, 2).reshape(batch, length, width)
        x = x + self.o(attended)
        return x + self.b(F.gelu(self.a(self.n2(x))))


def _stem() -> nn.Sequential:
    """Convolutions from pixels to one vector per 16 x 16 pixels."""
    return nn.Sequential(
        nn.Conv2d(3, 64, 4, 4, bias=False),
        nn.BatchNorm2d(64),
        nn.GELU(),
        nn.Conv2d(64, 128, 3, 2, 1, bias=False),
        nn.BatchNorm2d(128),
        nn.GELU(),
        ResidualConvolution(128),
        nn.Conv2d(128, WIDTH, 3, 2, 1, bias=False),
        nn.BatchNorm2d(WIDTH),
        nn.GELU(),
        ResidualConvolution(WIDTH),
        ResidualConvolution(WIDTH),
    )


class Encoder(nn.Module):
    """Picture encoder: convolutional stem, learned positions, three transformer blocks, one vector per patch."""

    def __init__(self, depth: int = 3):
        super().__init__()
        self.stem = _stem()
        self.pos = nn.Parameter(torch.randn(1, PATCHES, WIDTH) * 0.02)
        self.blks = nn.ModuleList([EncoderBlock(WIDTH) for _ in range(depth)])
        self.n = nn.LayerNorm(WIDTH)

    def forward(self, pixels: Tensor, offset: tuple[int, int] | None = None) -> Tensor:
        """Patch features [B, patches, D] of normalised pixels [B, 3, H, W].

        Whole pictures are 192 x 192; a smaller crop needs `offset`, the row and column of its first patch.
        """
        x = self.stem(pixels)
        x = x.flatten(2).transpose(1, 2) + self._positions(x.shape[-1], offset)
        for block in self.blks:
            x = block(x)
        return self.n(x)

    def _positions(self, side: int, offset: tuple[int, int] | None) -> Tensor:
        if side == GRID:
            return self.pos
        if offset is None:
            raise ValueError('a crop needs the offset of its first patch')
        row, column = offset
        return self.pos.view(1, GRID, GRID, -1)[:, row : row + side, column : column + side].flatten(1, 2)


class ClipHead(nn.Module):
    """What the encoder is trained with and what is thrown away after: patch classes, and CLIP's two projections."""

    def __init__(self, classes: int, vocabulary: int):
        super().__init__()
        self.cls = nn.Linear(WIDTH, classes)
        self.q = nn.Parameter(torch.randn(1, 1, WIDTH) * 0.02)
        self.k = nn.Linear(WIDTH, WIDTH)
        self.im = nn.Linear(WIDTH, 256)
        self.emb = nn.Embedding(vocabulary, WIDTH)
        self.tp = nn.Parameter(torch.randn(1, CAPTION_LENGTH, WIDTH) * 0.02)
        self.t = nn.ModuleList([EncoderBlock(WIDTH) for _ in range(2)])
        self.tx = nn.Linear(WIDTH, 256)
        #: Logarithm of the contrastive scale (Radford et al. 2021).
        self.ls = nn.Parameter(torch.tensor(2.6))

    def image(self, features: Tensor) -> Tensor:
        """Unit vector [B, 256] of a picture from its patch features [B, P, D], pooled by one learned query."""
        attention = (self.q * self.k(features)).sum(-1, keepdim=True) / 16
        return F.normalize(self.im((attention.softmax(1) * features).sum(1)), dim=-1)

    def text(self, ids: Tensor, present: Tensor) -> Tensor:
        """Unit vector [B, 256] of a caption: ids [B, T] and 1 where there is a token, 0 where there is padding."""
        x = self.emb(ids) + self.tp[:, : ids.shape[1]]
        for block in self.t:
            x = block(x)
        return F.normalize(self.tx((x * present[..., None]).sum(1) / present.sum(1, keepdim=True)), dim=-1)

    def similarity(self, features: Tensor, ids: Tensor, present: Tensor) -> Tensor:
        """Scaled cosine of every picture with every caption, [B, B]."""
        return self.image(features) @ self.text(ids, present).T * self.ls.exp().clamp(max=60)


def rotary(x: Tensor, positions: Tensor) -> Tensor:
    """GPT-J's interleaved rotary positions on the first 16 dimensions of every head (Su et al. 2021).

    x [B, h, T, D / h]; positions [B, T].
    """
    inverse = 1.0 / (10000 ** (torch.arange(0, ROTARY, 2, device=x.device).float() / ROTARY))
    angle = positions[..., None].float() * inverse
    sine = angle.sin().repeat_interleave(2, -1)[:, None]
    cosine = angle.cos().repeat_interleave(2, -1)[:, None]
    turned = x[..., :ROTARY]
    quarter = torch.stack((-turned[..., 1::2], turned[..., ::2]), -1).flatten(-2)
    return torch.cat([turned * cosine + quarter * sine, x[..., ROTARY:]], -1)


def causal_mask(length: int) -> Tensor:
    """True where a query may see a key, bool [1, 1, T, T]."""
    return torch.tril(torch.ones(length, length, dtype=torch.bool))[None, None]


class DecoderBlock(nn.Module):
    """GPT-J's block: attention and MLP read the same normalised input and are added together.

    A bottleneck adapter follows the MLP, as in MAGMA (Eichenberg et al. 2021); it starts as the identity.
    """

    def __init__(self, width: int, adapter: int = 64):
        super().__init__()
        self.n = nn.LayerNorm(width)
        self.q = nn.Linear(width, width, bias=False)
        self.k = nn.Linear(width, width, bias=False)
        self.v = nn.Linear(width, width, bias=False)
        self.o = nn.Linear(width, width, bias=False)
        self.a = nn.Linear(width, 4 * width)
        self.b = nn.Linear(4 * width, width)
        self.ad1 = nn.Linear(width, adapter)
        self.ad2 = nn.Linear(adapter, width)
        nn.init.zeros_(self.ad2.weight)
        nn.init.zeros_(self.ad2.bias)

    def mlp(self, normed: Tensor) -> Tensor:
        """MLP and adapter, [B, T, D] to the same shape."""
        x = self.b(F.gelu(self.a(normed)))
        return x + self.ad2(F.gelu(self.ad1(x)))

    def forward(
        self, x: Tensor, mask: Tensor, positions: Tensor, manipulation: Manipulation | None = None, first: int = 0
    ) -> Tensor:
        """The rows from `first` on after this block, [B, T - first, D].

        x [B, T, D]; mask bool [B or 1, 1, T, T], true where a key is visible; positions [B, T].
        A manipulation needs `first` = 0.
        """
        normed = self.n(x)
        asking = normed[:, first:]
        q = rotary(split_heads(self.q(asking)), positions[:, first:])
        k = rotary(split_heads(self.k(normed)), positions)
        attended = _attend(q, k, split_heads(self.v(normed)), mask[:, :, first:], manipulation)
        return x[:, first:] + self.o(merge_heads(attended)) + self.mlp(asking)


def _attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor, manipulation: Manipulation | None) -> Tensor:
    if manipulation is None:
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    scores = manipulation(q @ k.transpose(-1, -2) / math.sqrt(HEAD_WIDTH), mask)
    return scores.masked_fill(~mask, -1e4).softmax(-1) @ v


#: Seed from which the rotation of the patch positions and the decoder blocks' first weights follow.
POSITION_SEED = 1


def patch_positions(width: int) -> Tensor:
    """Sines and cosines of column and row at four frequencies, turned by a random rotation, [1, P, width]."""
    rows, columns = torch.meshgrid(torch.arange(GRID).float(), torch.arange(GRID).float(), indexing='ij')
    frequencies = torch.tensor([0.13, 0.26, 0.52, 1.04])[None]
    waves = torch.zeros(PATCHES, width)
    for index, axis in enumerate((columns, rows)):
        phase = axis.reshape(-1, 1) * frequencies
        waves[:, index * 8 : index * 8 + 8] = torch.cat([phase.sin(), phase.cos()], 1)
    rotation, _ = torch.linalg.qr(torch.randn(width, width))
    return (waves @ rotation)[None] * 4


class Decoder(nn.Module):
    """Image prefix, token embeddings, four causal blocks and the head."""

    def __init__(self, vocabulary: int, width: int = WIDTH, depth: int = 4):
        super().__init__()
        self.emb = nn.Embedding(vocabulary, width)
        nn.init.normal_(self.emb.weight, std=0.02)
        self.prefix = nn.Linear(WIDTH, width)
        torch.manual_seed(POSITION_SEED)
        self.ppos = nn.Parameter(patch_positions(width) * 0.18)
        #: Mean and standard deviation of the patch features, by which the prefix whitens them.
        self.register_buffer('fm', torch.zeros(WIDTH))
        self.register_buffer('fs', torch.ones(WIDTH))
        self.blks = nn.ModuleList([DecoderBlock(width) for _ in range(depth)])
        self.n = nn.LayerNorm(width)
        self.head = nn.Linear(width, vocabulary)

    def image(self, features: Tensor) -> Tensor:
        """Patch embeddings [B, P, D] of patch features [B, P, D]: whitened, projected, with positions added."""
        return self.prefix((features - self.fm) / self.fs) + self.ppos

    def forward(
        self,
        embeddings: Tensor,
        mask: Tensor,
        positions: Tensor,
        manipulation: Manipulation | None = None,
        at: list[int] | None = None,
    ) -> Tensor:
        """Logits [B, T, V] of embeddings [B, T, D], or [B, len(at), V] at the positions `at` alone."""
        x = embeddings
        for block in self.blks:
            x = block(x, mask, positions, manipulation)
        x = self.n(x)
        return self.head(x if at is None else x[:, at])

    def logits_from(self, embeddings: Tensor, mask: Tensor, positions: Tensor, first: int) -> Tensor:
        """Logits [B, T - first, V]; after the last block only the rows from `first` on are computed."""
        x = embeddings
        for block in self.blks[:-1]:
            x = block(x, mask, positions)
        return self.head(self.n(self.blks[-1](x, mask, positions, first=first)))
