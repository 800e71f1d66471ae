"""Counts of n-grams of every length from one sort.

An n-gram is coded as one number whose digits are its token and the features of its context, the most telling first.
The longest are sorted once. Without their last digit they are the n-grams with one feature fewer, still in order. Each
of these counts the distinct features before it (Kneser-Ney), or its occurrences if nothing comes before it.
"""

from collections.abc import Iterable, Sequence
from math import prod
from typing import NamedTuple

import numpy as np

BLANK, START_FEATURE = 0, 1  # no feature, and the start of the sequence; token w is the feature w + 2


class Grams(NamedTuple):
    """Distinct n-grams: codes, ascending, and counts, int32. A code whose last digit is BLANK is a shorter n-gram."""

    codes: np.ndarray
    counts: np.ndarray

    def shorter(self, radix: int) -> "Grams":
        """The n-grams without their last feature, a digit below the radix."""
        codes = self.codes // radix
        first = begins(codes)
        return Grams(
            codes[first], np.add.reduceat(np.where(self.codes % radix != BLANK, 1, self.counts), first, dtype=np.int32)
        )

    def of_full_length(self, radix: int) -> "Grams":
        """The n-grams whose last feature is not BLANK."""
        there = self.codes % radix != BLANK
        return Grams(self.codes[there], self.counts[there])


def count_longest(token: np.ndarray, features: Iterable[np.ndarray], tokens: int, radices: Sequence[int]) -> Grams:
    """The longest n-grams of tokens below `tokens` and their features, each below its radix; arrays (N,).

    Codes have 32 or 64 bits if they fit. For a large vocabulary and a long context they are Python's integers, which
    are slower and give the same counts.
    """
    size = tokens * prod(radices)
    codes = token.astype(np.uint32 if size <= 2**32 else np.uint64 if size <= 2**64 else object)
    for digits, radix in zip(features, radices, strict=True):
        codes *= radix
        codes += digits.astype(codes.dtype)
    codes.sort()
    first = begins(codes)
    return Grams(codes[first], np.diff(first, append=len(codes)).astype(np.int32))


def begins(ascending: np.ndarray) -> np.ndarray:
    """The index at which each run of equal codes begins, int64."""
    changed = np.ones(len(ascending), dtype=bool)
    np.not_equal(ascending[1:], ascending[:-1], out=changed[1:])
    return np.flatnonzero(changed)
