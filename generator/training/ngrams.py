"""n-grams of every length, counted with one sort.

An n-gram is a number whose digits are its token and then the features of its context, the most telling first. All of
the greatest length are sorted once; those with a feature less are the same numbers without the last digit, still in
order, and each of them counts how many different features it follows (where nothing goes before it, how often it
occurs).
"""

from collections.abc import Iterable, Sequence
from math import prod
from typing import NamedTuple

import numpy as np

BLANK, START_FEATURE = (
    0,
    1,
)  # a feature that is not there, and the start of the sequence among the tokens; token w is w + 2


class Grams(NamedTuple):
    """Distinct n-grams as codes, ascending, and what each counts, int32; where the last digit is BLANK it stands for a
    shorter one."""

    codes: np.ndarray
    counts: np.ndarray

    def shorter(self, radix: int) -> "Grams":
        """The n-grams without their last feature, whose digits are below the radix."""
        codes = self.codes // radix
        first = begins(codes)
        return Grams(
            codes[first], np.add.reduceat(np.where(self.codes % radix != BLANK, 1, self.counts), first, dtype=np.int32)
        )

    def of_full_length(self, radix: int) -> "Grams":
        """Those whose last feature is there."""
        there = self.codes % radix != BLANK
        return Grams(self.codes[there], self.counts[there])


def count_longest(token: np.ndarray, features: Iterable[np.ndarray], tokens: int, radices: Sequence[int]) -> Grams:
    """How often each token, below `tokens`, occurs with all its features, each below its radix; arrays of shape (N,).

    Codes are of 32 or 64 bits where they fit; where a large vocabulary and a long context ask for more they are
    Python's own integers, which are slower and just as good.
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
    """Where each run of equal codes begins, int64."""
    changed = np.ones(len(ascending), dtype=bool)
    np.not_equal(ascending[1:], ascending[:-1], out=changed[1:])
    return np.flatnonzero(changed)
