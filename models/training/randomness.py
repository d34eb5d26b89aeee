"""Random numbers of the generators, passed as a value so that a seed decides everything drawn from it."""

import random
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Randomness:
    """Two streams: `choice` decides what is shown and said, `noise` draws the arrays of numbers for backgrounds."""

    choice: random.Random
    noise: np.random.RandomState

    @staticmethod
    def seeded(seed: int) -> 'Randomness':
        """Both streams from one seed, as the reference numbers and the evaluations use them."""
        return Randomness(random.Random(seed), np.random.RandomState(seed))

    @staticmethod
    def fresh() -> 'Randomness':
        """Streams that never repeat, seeded by the operating system, as the training data use them."""
        choice = random.Random()
        return Randomness(choice, np.random.RandomState(choice.randrange(2**31)))
