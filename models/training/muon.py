"""Muon (Jordan et al. 2024): momentum whose update is orthogonalised by a Newton-Schulz iteration."""

from collections.abc import Iterable

import torch
from torch import Tensor

#: Coefficients of the quintic iteration, from Jordan's description.
_QUINTIC = (3.4445, -4.7750, 2.0315)


def orthogonalise(matrices: Tensor, rounds: int = 5) -> Tensor:
    """Matrices [N, rows, columns] of norm at most 1, rows at most columns, with singular values brought near 1."""
    a, b, c = _QUINTIC
    x = matrices
    for _ in range(rounds):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x


class Muon(torch.optim.Optimizer):
    """For weight matrices only; matrices of one shape are orthogonalised together, in bf16."""

    def __init__(self, matrices: Iterable[Tensor], lr: float = 0.02, momentum: float = 0.95, decay: float = 0.02):
        super().__init__(matrices, {'lr': lr, 'momentum': momentum, 'decay': decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        """One update; every parameter must have a gradient."""
        for group in self.param_groups:
            by_shape: dict[tuple[int, ...], list[Tensor]] = {}
            for matrix in group['params']:
                by_shape.setdefault(tuple(sorted(matrix.shape)), []).append(matrix)
            for matrices in by_shape.values():
                self._update(matrices, group['lr'], group['momentum'], group['decay'])

    def _direction(self, matrix: Tensor, momentum: float) -> Tensor:
        """Nesterov momentum of the gradient, laid flat (no more rows than columns) and of norm 1."""
        state = self.state[matrix]
        if 'buffer' not in state:
            state['buffer'] = torch.zeros_like(matrix)
        buffer = state['buffer']
        buffer.mul_(momentum).add_(matrix.grad)
        direction = matrix.grad.add(buffer, alpha=momentum)
        flat = direction.T if _is_tall(matrix) else direction
        return flat / (flat.norm() + 1e-7)

    def _update(self, matrices: list[Tensor], lr: float, momentum: float, decay: float) -> None:
        directions = torch.stack([self._direction(matrix, momentum) for matrix in matrices]).bfloat16()
        for matrix, update in zip(matrices, orthogonalise(directions).float(), strict=True):
            step = lr * max(1, matrix.shape[0] / matrix.shape[1]) ** 0.5
            matrix.mul_(1 - lr * decay).add_(update.T if _is_tall(matrix) else update, alpha=-step)


def _is_tall(matrix: Tensor) -> bool:
    return matrix.shape[0] > matrix.shape[1]
