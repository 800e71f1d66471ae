"""Runs of whole numbers, many at once: where the edges of some states lie one after another."""

import numpy as np


def expand_ranges(first: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For runs of `count` numbers from `first` up, (n,) each: which run each number belongs to, and the number; int64
    (sum of counts,).

    >>> [numbers.tolist() for numbers in expand_ranges(np.array([5, 0, 7]), np.array([2, 0, 3]))]
    [[0, 0, 2, 2, 2], [5, 6, 7, 8, 9]]
    """
    return np.repeat(np.arange(len(first)), count), np.repeat(first - np.cumsum(count) + count, count) + np.arange(
        count.sum()
    )
