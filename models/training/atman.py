"""AtMan in PyTorch, one full pass per input: the reference that the application's shortcuts must equal.

Deiseroth et al., "AtMan: Understanding Transformer Predictions Through Memory Efficient Attention Manipulation"
(arXiv 2301.08110); equation numbers are those of the paper.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from network import Decoder, Manipulation, causal_mask

#: Suppression of an input itself, and the cosine from which another input counts as its neighbour.
STRENGTH = 0.9
THRESHOLD = 0.7

#: Passes computed together.
BATCH = 48

#: Longest completion, tokens.
LONGEST = 40


def _shifted(scores: Tensor, factors: Tensor, visible: Tensor) -> Tensor:
    """Distance from the lowest visible score, scaled; adding that score back would not change the softmax."""
    lowest = scores.masked_fill(~visible, float('inf')).amin(-1, keepdim=True)
    return (scores - lowest) * factors


def _published(scores: Tensor, factors: Tensor, _: Tensor) -> Tensor:
    """The published code's rule: as `shifted`, but its minimum runs over all keys, future ones too."""
    return (scores - scores.amin(-1, keepdim=True)) * factors


def _plain(scores: Tensor, factors: Tensor, _: Tensor) -> Tensor:
    """Eq. 4 as printed."""
    return scores * factors


def _log(scores: Tensor, factors: Tensor, _: Tensor) -> Tensor:
    """Eq. 7."""
    return scores + factors.clamp_min(1e-9).log()


def _mask(scores: Tensor, factors: Tensor, _: Tensor) -> Tensor:
    """The paper's control: suppressed keys disappear, all alike; a query that sees only those keeps a softmax."""
    return scores - 1000.0 * (factors < 1)


#: How factors change the scaled scores, by name.
VARIANTS = {'shifted': _shifted, 'plain': _plain, 'log': _log, 'mask': _mask, 'published': _published}


def manipulation(factors: Tensor, variant: str) -> Manipulation:
    """The change of scores for factors [B, S], one row per pass, over the keys."""
    rule = VARIANTS[variant]
    return lambda scores, visible: rule(scores, factors[:, None, None, :], visible)


def similarity(embeddings: Tensor) -> Tensor:
    """Cosine of every input with every other, [S, S] in -1 to 1, of embeddings [S, D]."""
    unit = F.normalize(embeddings, dim=-1, eps=1e-8)
    return (unit @ unit.T).clamp(-1, 1)


def factor_rows(
    embeddings: Tensor, inputs: list[int], strength: float = STRENGTH, threshold: float | None = THRESHOLD
) -> Tensor:
    """Factors [inputs, S] over all keys when an input and its neighbours are suppressed (Eq. 6).

    A neighbour at cosine c >= threshold has 1 - strength c, the input itself 1 - strength, all others 1.
    `threshold` None suppresses the input alone.
    """
    rows = torch.ones(len(inputs), len(embeddings))
    if threshold is not None:
        cosine = similarity(embeddings)[inputs]
        scaled = strength * (1 - cosine) + (1 - strength)
        rows = torch.where(cosine >= threshold, scaled.clamp(max=1), rows)
    rows[torch.arange(len(inputs)), inputs] = 1 - strength
    return rows


def losses(
    decoder: Decoder, embeddings: Tensor, rows: Tensor, positions: list[int], ids: list[int], variant: str
) -> Tensor:
    """-ln p of the target ids [passes, targets] in nats, one pass per row of factors [passes, S].

    positions: where each target is predicted, that is one before where it stands.
    """
    length = len(embeddings)
    mask, order = causal_mask(length), torch.arange(length)[None]
    found = []
    for factors in rows.split(BATCH):
        batch = len(factors)
        logits = decoder(
            embeddings[None].expand(batch, -1, -1),
            mask,
            order.expand(batch, -1),
            manipulation(factors, variant),
            at=positions,
        )
        found.append(-logits.log_softmax(-1)[:, range(len(ids)), ids])
    return torch.cat(found)


def target_positions(length: int, targets: int) -> list[int]:
    """Where targets are predicted when a sequence of that length ends with all of them but the last."""
    return list(range(length - targets, length))


def relevance(
    decoder: Decoder, embeddings: Tensor, rows: Tensor, targets: list[int], variant: str = 'shifted'
) -> Tensor:
    """R = L(suppressed) - L(unchanged) in nats (Eq. 5), [passes, targets]; positive: the target needed that input.

    embeddings [S, D]: picture, prompt and all targets but the last.
    """
    length = len(embeddings)
    positions = target_positions(length, len(targets))
    baseline = losses(decoder, embeddings, torch.ones(1, length), positions, targets, variant)
    return losses(decoder, embeddings, rows, positions, targets, variant) - baseline


def with_text(decoder: Decoder, picture: Tensor | None, ids: list[int]) -> Tensor:
    """Embeddings [S, D] of patches [144, D], if there is a picture, and the tokens after them."""
    text = decoder.emb(torch.tensor(ids, dtype=torch.long))
    return text if picture is None else torch.cat([picture, text])


def generate(decoder: Decoder, picture: Tensor | None, prompt: list[int], end: int) -> list[int]:
    """The model's own greedy completion of a prompt, without the end token."""
    completion: list[int] = []
    while len(completion) < LONGEST:
        embeddings = with_text(decoder, picture, prompt + completion)
        length = len(embeddings)
        logits = decoder(embeddings[None], causal_mask(length), torch.arange(length)[None])
        token = int(logits[0, -1].argmax())
        if token == end:
            break
        completion.append(token)
    return completion
