"""Sequences as the tree of their prefixes, a place at a time: what many begin with alike is there once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

NONE = -1  # in place of a token: the sequence is over


class Place(NamedTuple):
    """The distinct prefixes of one length, n of them, each after m of the place before (of the first place: after one, the empty one).

    token: int (n,), the last of each. parents: int (m,), those of the place before that go on, the ones with most children first.
    ranks: the slices of first children, of second ones …, each in the order of their parents. through: float64 (n,), how many sequences
    have the prefix. ends: int (e,), the prefixes with which sequences end. ended: float32 (e,), how many.
    """

    token: np.ndarray
    parents: np.ndarray
    ranks: list[slice]
    through: np.ndarray
    ends: np.ndarray
    ended: np.ndarray


def in_rows(coded: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Sequences of token ids, none empty, as rows in lexicographic order, int (N, T), NONE after the last token; the row of each."""
    lengths = np.array([len(ids) for ids in coded], dtype=int)
    rows = np.full((len(coded), lengths.max(initial=1)), NONE)
    rows[np.arange(rows.shape[1]) < lengths[:, None]] = np.concatenate([*coded, rows[:0, 0]])  # the last for no sequences at all
    order = np.lexsort(rows.T[::-1])
    return rows[order], np.argsort(order)


def places(rows: np.ndarray) -> list[Place]:
    """The tree of sequences that are rows in lexicographic order (see in_rows).

    >>> tree = places(in_rows([np.array([0, 1]), np.array([0, 2]), np.array([0])])[0])
    >>> [(place.token.tolist(), place.through.tolist(), place.ends.tolist()) for place in tree]
    [([0], [3.0], [0]), ([1, 2], [1.0, 1.0], [0, 1])]
    """
    fresh = np.ones(rows.shape, dtype=bool)
    fresh[1:] = rows[1:] != rows[:-1]
    fresh = np.logical_or.accumulate(fresh, axis=1) & (rows != NONE)  # where a prefix is another than in the row before
    lengths, tree = (rows != NONE).sum(axis=1), []
    number = np.zeros(len(rows), dtype=int)  # of each row's prefix among those of the place before
    for place in range(lengths.max(initial=0)):
        going, first = np.flatnonzero(lengths > place), np.flatnonzero(fresh[:, place])
        parents, rank, position = _families(number[first])
        order = np.lexsort((position, rank))
        child = np.argsort(order)[np.cumsum(fresh[going, place]) - 1]
        bounds = np.cumsum(np.bincount(rank)).tolist()
        ranks = [slice(*pair) for pair in zip([0, *bounds], bounds, strict=False)]
        ends, ended = np.unique(child[lengths[going] == place + 1], return_counts=True)
        tree.append(Place(rows[first[order], place], parents, ranks, np.bincount(child).astype(float), ends, ended.astype(np.float32)))
        number[going] = child
    return tree


def _families(parent: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The distinct parents of children that stand side by side, most children first; each child's rank, and its parent's position."""
    first = np.flatnonzero(np.append(True, parent[1:] != parent[:-1]))
    size = np.diff(first, append=len(parent))
    by_size = np.argsort(-size, kind="stable")
    return parent[first[by_size]], np.arange(len(parent)) - np.repeat(first, size), np.repeat(np.argsort(by_size), size)
