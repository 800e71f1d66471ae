"""Ancestral sampling: a model is walked as it stands, many sequences at once, and what does not fit is rejected.

This is exact if a constraint asks for nothing but lengths (von Neumann 1951). A draw is rejected if its length does not
fit, if it holds the unknown token or what an acceptor forbids, or if it begins or ends with a sign that is barred
there. If a model says how likely each length is, a sequence of T tokens is accepted with probability exp(lengths[T] −
max lengths).

symbol        shape          what
n                            tries
T                            tokens of a sequence
u             (n,)           uniform numbers; a sequence of T tokens is accepted if u < accept_prob[T]
accept_prob   (longest + 2,)
rate                         about the share of tries that are accepted
ids           (T, n)         int16 token ids; PAST after the end, V for the unknown token
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import numpy as np

from generator.constraints.acceptor import PAST, allowed
from generator.constraints.dfa import Constraint
from generator.inference.alias import Alias
from generator.inference.automaton import Automaton

BLOCK = 65_536  # sequences walked together: few enough to need little memory
MOST_TOKENS = 2**15 - 1  # whose ids fit in 16 bits


class Sums:
    """The distributions of an Alias as running sums: quicker to make, slower to draw from if outcomes are many."""

    def __init__(self, prob: np.ndarray, label: np.ndarray):
        self._sums, self._labels = prob.cumsum(axis=1), label
        self._sums[:, -1] = 1.0  # rounding may leave less

    def draw(self, rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """The label of one outcome of each of some rows, shape (n,)."""
        return self._labels[rows, (self._sums.take(rows, axis=0) > rng.random(len(rows))[:, None]).argmax(axis=1)]


TableType = type[Alias] | type[Sums]


def chosen(sums: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One column of each row of running sums, drawn by chance, (n,); the one after the last for what they lack to 1."""
    return (sums <= rng.random(len(sums))[:, None]).sum(axis=1)


class Ancestral(ABC):
    """One automaton that is walked without a look ahead.

    most: the greatest factor that a length is raised by. over: rows from this number on are past the end.
    """

    over: int

    def __init__(self, part: Any, constraint: Constraint, few: bool, table: TableType):
        self.vocabulary, self.lengths = constraint.vocabulary, np.array(constraint.lengths)
        self.longest = int(self.lengths.max())
        raised = np.exp(part.lengths[self.lengths]) if part.lengths.size else np.ones(len(self.lengths))
        self.most = float(raised.max())
        self.accept_prob = np.zeros(self.longest + 2)
        self.accept_prob[self.lengths] = raised / self.most if self.most else 0.0
        place = "looked up" if few else ("laid out", table)
        if place not in part.cache:
            part.cache[place] = self.look_up(part) if few else self.lay_out(part, table)
        self.tables = part.cache[place]

    @staticmethod
    @abstractmethod
    def look_up(part: Any) -> Any:
        """The rows of the automaton, put together as they are met."""

    @staticmethod
    @abstractmethod
    def lay_out(part: Any, table: TableType) -> Any:
        """The rows of the automaton, all at once."""

    @abstractmethod
    def begin(self, tries: int, rng: np.random.Generator) -> np.ndarray:
        """The row of the empty prefix of each try, int64 (tries,)."""

    @abstractmethod
    def step(self, at: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """The rows after some rows and the token between them, (n,) each."""

    def draw(self, tries: int, rng: np.random.Generator) -> np.ndarray:
        """What is accepted of some tries (see AncestralSampler)."""
        u = rng.random(tries)
        ids = self._walk(u, rng)
        length = (ids != PAST).sum(axis=0, dtype=np.int16)
        unknown = (ids == len(self.vocabulary)).any(axis=0)
        accepted = np.flatnonzero((u < self.accept_prob[length]) & ~unknown)
        first, last = ids[0, accepted], ids[length[accepted] - 1, accepted]
        accepted = accepted[~(self.vocabulary.not_first[first] | self.vocabulary.not_last[last])]
        return ids[: length[accepted].max(initial=0)].take(accepted, axis=1).T

    def _walk(self, u: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Token ids, int16 (T, tries), PAST after the end, V for the unknown token.

        A walk stops early if no length that it can still reach would be accepted.
        """
        ids: list[np.ndarray] = []
        best = np.maximum.accumulate(self.accept_prob[::-1])[::-1]  # over the lengths from each on
        going: slice | np.ndarray
        going, at, tries = slice(None), self.begin(len(u), rng), len(u)
        while len(at):
            ids.append(np.full(tries, PAST, dtype=np.int16))
            at, ids[-1][going] = self.step(at, rng)
            on = (at < self.over) & (u < best[len(ids)])
            if 2 * np.count_nonzero(on) < len(at):  # most are over: only the others go on
                going, at, u = np.arange(tries)[going][on], at[on], u[on]
        return np.stack(ids)


class AncestralSampler:
    """Independent draws from p(sequence | constraint), if `can_sample_directly` says so.

    For a `few` draws rows are put together as the walk meets them. For thousands they are laid out as `table=Sums` in a
    few milliseconds, for millions as Alias in more.
    """

    def __init__(self, model: Automaton, constraint: Constraint, few: bool = False, table: TableType = Alias):
        self.acceptor = constraint.acceptor
        self.parts: list[Ancestral] = [part.ancestral(constraint, few, table) for part in model.parts]
        tries = model.weights * np.array([part_sampler.most for part_sampler in self.parts])
        self.shares = tries / tries.sum() if tries.any() else model.weights
        self.rate = 1.0 / max(tries.sum(), 1.0)  # about the share of tries that are accepted

    def draw(self, tries: int, rng: np.random.Generator) -> np.ndarray:
        """What is accepted of some tries: token ids, int16 (accepted, greatest length), PAST after the last of each."""
        counts = rng.multinomial(tries, self.shares).tolist()
        kept = [
            part_sampler.draw(min(BLOCK, count - first), rng)
            for part_sampler, count in zip(self.parts, counts, strict=True)
            for first in range(0, count, BLOCK)
        ]
        ids = stacked(kept)
        if len(self.parts) > 1:  # so that they do not come one part after another
            ids = ids[rng.permutation(len(ids))]
        return ids if self.acceptor is None else ids[allowed(self.acceptor, ids)]


def can_sample_directly(model: Automaton, constraint: Constraint, few: bool = False) -> bool:
    """Whether a constraint asks for lengths alone, and the rows of the model can be laid out unless draws are `few`."""
    lengths_alone = bool(constraint.starts) and constraint.unconstrained_lengths == set(constraint.lengths)
    return (
        lengths_alone and len(model.vocabulary) < MOST_TOKENS and (few or all(part.has_table for part in model.parts))
    )


def stacked(blocks: Sequence[np.ndarray]) -> np.ndarray:
    """Blocks of rows of token ids as one, int16 (n, greatest width), PAST after the last token of each row."""
    ids = np.full((sum(map(len, blocks)), max((block.shape[1] for block in blocks), default=0)), PAST, dtype=np.int16)
    first = 0
    for block in blocks:
        ids[first : first + len(block), : block.shape[1]] = block
        first += len(block)
    return ids
