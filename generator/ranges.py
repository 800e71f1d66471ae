"""Ranges of integers, many at once."""

import numpy as np


def expand_ranges(first: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of n ranges, `count` from `first` up, int (n,) each, and the range of each number.

    Returns the indices of the ranges and the numbers, int64 (sum of counts,) each.

    >>> [numbers.tolist() for numbers in expand_ranges(np.array([5, 0, 7]), np.array([2, 0, 3]))]
    [[0, 0, 2, 2, 2], [5, 6, 7, 8, 9]]
    """
    offset = np.repeat(first - np.cumsum(count) + count, count)
    return np.repeat(np.arange(len(first)), count), offset + np.arange(count.sum())
