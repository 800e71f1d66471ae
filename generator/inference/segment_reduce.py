"""Sums and maxima over the edges of every context of a chain, quicker than numpy's reduceat.

reduceat pays for every context, and most contexts have one edge or two. So on a large level of contexts the first edges
of all stand side by side, then all second ones, and so on: a few operations on long arrays.

symbol      shape    what
C                    contexts
offsets     (C + 1,) the first edge of each context
rank                 place of an edge among the edges of its context
sizes                for each rank the number of contexts that have an edge of it
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

FEW = 1_000  # contexts on a level up to which reduceat is quick enough


class Ranks(NamedTuple):
    """The edges of a level by their rank among the edges of their context.

    contexts: those of the level, by falling number of edges. edges: all first edges in that order, then all second
    ones, and so on. sizes: how many contexts have an edge of each rank.
    """

    contexts: np.ndarray
    edges: np.ndarray
    sizes: list[int]


class SegmentReduce:
    """The edges of C contexts in levels, offsets int64 (C + 1,); every context has at least one."""

    def __init__(self, offsets: np.ndarray, levels: Sequence[slice]):
        self.offsets, self.levels = offsets, levels
        self.ranks = [_ranked(offsets, level) if level.stop - level.start > FEW else None for level in levels]

    def reduce(self, ufunc: np.ufunc, values: np.ndarray, depth: int) -> np.ndarray:
        """`ufunc` (add or maximum) over the edges of each context of the first `depth` levels, float64 (C,), 0 for the
        others.

        values: float64, one for each edge of these levels.

        >>> edges = SegmentReduce(np.array([0, 1, 3]), [slice(0, 1), slice(1, 2)])
        >>> edges.reduce(np.add, np.array([1.0, 2.0, 3.0]), 2).tolist()
        [1.0, 5.0]
        """
        result = np.zeros(len(self.offsets) - 1)
        for level, ranks in zip(self.levels[:depth], self.ranks, strict=False):
            if ranks is None:
                first, last = self.offsets[level.start], self.offsets[level.stop]
                result[level] = ufunc.reduceat(values[first:last], self.offsets[level] - first)
            else:
                result[ranks.contexts] = _reduced(ufunc, values.take(ranks.edges), ranks.sizes)
        return result


def _reduced(ufunc: np.ufunc, ranked: np.ndarray, sizes: list[int]) -> np.ndarray:
    total, first = ranked[: sizes[0]], sizes[0]
    for size in sizes[1:]:
        ufunc(total[:size], ranked[first : first + size], out=total[:size])
        first += size
    return total


def _ranked(offsets: np.ndarray, level: slice) -> Ranks:
    count = np.diff(offsets[level.start : level.stop + 1])
    order = np.argsort(-count, kind="stable")
    first = offsets[:-1][level][order]
    sizes = [int(np.searchsorted(-count[order], -rank)) for rank in range(int(count.max()))]
    return Ranks(order + level.start, np.concatenate([first[:size] + rank for rank, size in enumerate(sizes)]), sizes)
