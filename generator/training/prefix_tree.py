"""The prefix tree of sequences, a place at a time: a prefix that sequences share is stored once.

place 0   place 1             sequences: me, mew, mo
   m ──┬──▶ e ──▶ w
       └──▶ o
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

NONE = -1  # pads token ids after the end of a sequence


class Place(NamedTuple):
    """The n distinct prefixes of one length and their m parents, prefixes one token shorter.

    token: int (n,), the last token of each. parents: int (m,), the prefixes of the place before that go on, those with
    most children first. ranks: the slices of first children, second children, and so on, in the order of their parents.
    through: float64 (n,), how many sequences have the prefix. ends: int (e,), the prefixes that are whole sequences.
    ended: float32 (e,), how many sequences each is.
    """

    token: np.ndarray
    parents: np.ndarray
    ranks: list[slice]
    through: np.ndarray
    ends: np.ndarray
    ended: np.ndarray


def in_rows(coded: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Sequences of token ids, none empty, as sorted rows, int (N, T), padded with NONE; and the row of each."""
    lengths = np.array([len(ids) for ids in coded], dtype=int)
    rows = np.full((len(coded), lengths.max(initial=1)), NONE)
    rows[np.arange(rows.shape[1]) < lengths[:, None]] = np.concatenate([*coded, rows[:0, 0]])  # works for none, too
    order = np.lexsort(rows.T[::-1])
    return rows[order], np.argsort(order)


def places(rows: np.ndarray) -> list[Place]:
    """The prefix tree of sorted rows (see in_rows).

    >>> tree = places(in_rows([np.array([0, 1]), np.array([0, 2]), np.array([0])])[0])
    >>> [(place.token.tolist(), place.through.tolist(), place.ends.tolist()) for place in tree]
    [([0], [3.0], [0]), ([1, 2], [1.0, 1.0], [0, 1])]
    """
    lengths = (rows != NONE).sum(axis=1)
    depth, many = lengths.max(initial=0), len(rows) + 1
    if not depth:
        return []
    fresh = np.ones(rows.shape, dtype=bool)
    fresh[1:] = rows[1:] != rows[:-1]
    there = (rows != NONE).T[:depth]
    fresh = np.logical_or.accumulate(fresh, axis=1).T[:depth] & there  # where a prefix differs from the row before
    # The prefixes of all places are numbered together, place by place: first in the order of rows, then by rank.
    place, row = np.nonzero(fresh)
    of_row = np.cumsum(fresh).reshape(fresh.shape) - 1
    by_size, families, rank, position = _families(place, np.where(place, of_row[place - 1, row], -1), many)
    order = np.argsort((place * many + rank) * len(by_size) + position)
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    ending = np.bincount(number[of_row[lengths - 1, np.arange(len(rows))]], minlength=len(order))
    return _cut(
        depth,
        token=rows[row[order], place[order]],
        through=np.bincount(number[of_row[there]]).astype(float),
        ending=ending,
        parents=number[of_row[place[by_size] - 1, row[by_size]]],
        first=np.searchsorted(place, np.arange(depth + 1)),
        first_parent=np.searchsorted(place[families], np.arange(depth + 1)),
        children=np.bincount(place * many + rank, minlength=depth * many).reshape(depth, many),
    )


def _families(
    place: np.ndarray, parent: np.ndarray, many: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Families, the children of one parent, which are neighbours; each has fewer than `many` children.

    Returns the first child of each family, in each place the largest families first; the same in the order of rows;
    each child's rank in its family; and the position of its family.
    """
    first = np.flatnonzero(np.append(True, (parent[1:] != parent[:-1]) | (place[1:] != place[:-1])))
    size = np.diff(first, append=len(parent))
    by_size = np.argsort(place[first] * many - size, kind="stable")
    position = np.empty_like(by_size)
    position[by_size] = np.arange(len(by_size))
    return first[by_size], first, np.arange(len(parent)) - np.repeat(first, size), np.repeat(position, size)


def _cut(
    depth: int,
    token: np.ndarray,
    through: np.ndarray,
    ending: np.ndarray,
    parents: np.ndarray,
    first: np.ndarray,
    first_parent: np.ndarray,
    children: np.ndarray,
) -> list[Place]:
    """The places of a tree from arrays over all of them; children: how many have each rank, (places, ranks)."""
    tree = []
    for at in range(depth):
        here = slice(first[at], first[at + 1])
        bounds = np.cumsum(children[at, : np.count_nonzero(children[at])]).tolist()
        ends = np.flatnonzero(ending[here])
        above = parents[first_parent[at] : first_parent[at + 1]] - first[at - 1] if at else np.zeros(1, dtype=int)
        tree.append(
            Place(
                token[here],
                above,
                [slice(*pair) for pair in zip([0, *bounds], bounds, strict=False)],
                through[here],
                ends,
                ending[here][ends].astype(np.float32),
            )
        )
    return tree
