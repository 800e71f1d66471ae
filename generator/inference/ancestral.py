"""A model walked as it stands, in blocks of sequences that take each step together: nothing looks ahead.

Where nothing but its lengths is asked of a sequence that is all it takes. What comes out too long or too short, holds
the unknown token or what an acceptor forbids, or begins with a sign that never comes first is dropped, and where a model
says how likely each length is, a sequence of T tokens stays with probability exp(lengths[T] − max lengths). What stays
is independent and distributed as p(sequence | constraint), by the oldest argument there is (von Neumann 1951).
"""

from collections.abc import Sequence

import numpy as np

from generator.constraints.acceptor import PAST, allowed
from generator.constraints.dfa import Constraint
from generator.inference.alias import Alias
from generator.models.hmm import Hmm
from generator.models.markov import START, Markov
from generator.models.mixture import Mixture
from generator.training.train import Model

BLOCK = 65_536  # sequences walked together: enough for the last few to be quick too, few enough to need little memory
MOST_TOKENS = 2**15 - 1  # whose numbers fit in 16 bits


class AncestralSampler:
    """Independent draws from p(sequence | constraint) by the thousand, under a constraint that `serve` approves of.

    For a `few` draws the model is not laid out: what they come to is looked up. For thousands it is laid out as
    `table=Sums` in a few milliseconds, for millions as Alias in more.
    """

    def __init__(self, model: Model, constraint: Constraint, few: bool = False, table: "type[Alias | Sums]" = Alias):
        parts, weights = (model.parts, model.weights) if isinstance(model, Mixture) else ((model,), np.ones(1))
        self.acceptor = constraint.acceptor
        self.parts = [_ancestral_of(part, constraint, few, table) for part in parts]
        tries = weights * np.array([part_sampler.most for part_sampler in self.parts])
        self.shares = tries / tries.sum() if tries.any() else weights
        self.rate = 1.0 / max(tries.sum(), 1.0)  # about how many of those tried stay

    def draw(self, tries: int, rng: np.random.Generator) -> np.ndarray:
        """What stays of so many tries: token ids, int16 (n, greatest length among them), PAST after the last."""
        counts = rng.multinomial(tries, self.shares).tolist()
        kept = [
            part_sampler.draw(min(BLOCK, count - first), rng)
            for part_sampler, count in zip(self.parts, counts, strict=True)
            for first in range(0, count, BLOCK)
        ]
        ids = stacked(kept)
        if len(self.parts) > 1:  # not one model's after another's
            ids = ids[rng.permutation(len(ids))]
        return ids if self.acceptor is None else ids[allowed(self.acceptor, ids)]


def stacked(blocks: Sequence[np.ndarray]) -> np.ndarray:
    """Rows of token ids of several widths one under another, int16 (n, greatest width), PAST after the last of each."""
    ids = np.full((sum(map(len, blocks)), max((block.shape[1] for block in blocks), default=0)), PAST, dtype=np.int16)
    first = 0
    for block in blocks:
        ids[first : first + len(block), : block.shape[1]] = block
        first += len(block)
    return ids


def can_sample_directly(model: Model, constraint: Constraint, few: bool = False) -> bool:
    """Whether a constraint asks for lengths alone, and the model's rows are few enough to be laid out, where that is to
    be done."""
    parts = model.parts if isinstance(model, Mixture) else (model,)
    lengths_alone = bool(constraint.starts) and constraint.unconstrained_lengths == set(constraint.lengths)
    return lengths_alone and all(
        len(part.vocabulary) < MOST_TOKENS and (few or isinstance(part, Hmm) or part.table is not None)
        for part in parts
    )


def _bits(part: Markov) -> int:
    """How many bits the number of an outcome takes: of a token, the end or the unknown token."""
    return (part.end + 1).bit_length()


def _at_nought(part: Markov) -> np.ndarray:
    """Which contexts of a chain that counts down have nothing to come, bool (C,)."""
    at_nought = np.zeros(len(part.shorter), dtype=bool)
    for bounds in part.spans[1:]:
        at_nought[bounds[START] : bounds[START + 1]] = True
    return at_nought


class Sums:
    """What Alias gives, from running sums: quick to make, and slower to draw from, the more outcomes there are."""

    def __init__(self, prob: np.ndarray, label: np.ndarray):
        self._sums, self._labels = prob.cumsum(axis=1), label
        self._sums[:, -1] = 1.0  # whatever rounding took from it

    def draw(self, rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """The label of one outcome of each of some rows, shape (n,)."""
        return self._labels[rows, (self._sums.take(rows, axis=0) > rng.random(len(rows))[:, None]).argmax(axis=1)]


class Outcomes:
    """What Alias gives of the outcomes of a back-off chain, each row put together when it is come to (see
    _ChainWalk)."""

    def __init__(self, part: Markov):
        self.part, self.bits, self.over = part, _bits(part), len(part.shorter)
        self.early = ~_at_nought(part) if part.position == "to_end" else None

    def draw(self, rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """The label of one outcome of each of some rows, shape (n,)."""
        contexts = np.minimum(rows, self.over - 1)
        prob, after = self.part.rows(contexts)
        outcome = _chosen(np.column_stack([self.part.end_prob[contexts], prob]).cumsum(axis=1), rng)
        if self.early is not None:
            outcome[(outcome == 0) & self.early[contexts]] = self.part.end + 1
        tokens = (outcome > 0) & (outcome <= self.part.end)
        next_row = np.where(tokens, after[np.arange(len(rows)), np.where(tokens, outcome - 1, 0)], self.over)
        return np.where(rows < self.over, next_row << self.bits | outcome, self.over << self.bits)


def _chosen(sums: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One column of each row of running sums, the one after the last for what they lack to one; shape (n,)."""
    return (sums <= rng.random(len(sums))[:, None]).sum(axis=1)


class _Ancestral:
    """One model walked without a look ahead, and how much of what it makes stays."""

    def __init__(self, part: Markov | Hmm, constraint: Constraint, few: bool, table: type[Alias | Sums]):
        self.vocabulary, self.lengths = constraint.vocabulary, np.array(constraint.lengths)
        self.longest = int(self.lengths.max())
        raised = np.exp(part.lengths[self.lengths]) if part.lengths.size else np.ones(len(self.lengths))
        self.most = float(raised.max())  # what a length is raised by at most
        self.accept_prob = np.zeros(self.longest + 2)  # with what probability a sequence of each length stays
        self.accept_prob[self.lengths] = raised / self.most if self.most else 0.0
        place = "looked up" if few else ("laid out", table)
        if place not in part.cache:
            part.cache[place] = self.look_up(part) if few else self.lay_out(part, table)
        self.tables = part.cache[place]

    def draw(self, tries: int, rng: np.random.Generator) -> np.ndarray:
        """What stays of so many tries (see Walks)."""
        u = rng.random(tries)  # a sequence of T tokens stays where this is below stays[T]
        ids = self._walk(u, rng)
        length = (ids != PAST).sum(axis=0, dtype=np.int16)
        unknown = (ids == len(self.vocabulary)).any(axis=0)
        accepted = np.flatnonzero((u < self.accept_prob[length]) & ~unknown)
        first, last = ids[0, accepted], ids[length[accepted] - 1, accepted]
        accepted = accepted[~(self.vocabulary.not_first[first] | self.vocabulary.not_last[last])]
        return ids[: length[accepted].max(initial=0)].take(accepted, axis=1).T

    def _walk(self, u: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Token ids a place, int16 (places, tries), PAST after the end, V for the unknown token.

        A walk stops short where no length that it may still come to would let it stay.
        """
        ids: list[np.ndarray] = []
        best = np.maximum.accumulate(self.accept_prob[::-1])[::-1]  # of the lengths from each on
        going, at, tries = slice(None), self.begin(len(u), rng), len(u)
        while len(at):
            ids.append(np.full(tries, PAST, dtype=np.int16))
            at, ids[-1][going] = self.step(at, rng)
            on = (at < self.over) & (u < best[len(ids)])
            if 2 * np.count_nonzero(on) < len(at):  # most are over: go on with the others alone
                going, at, u = np.arange(tries)[going][on], at[on], u[on]
        return np.stack(ids)


class _MarkovAncestral(_Ancestral):
    """A back-off chain: an outcome is labelled by the row after it, and in the low bits by its own number, the end
    first, the unknown token last."""

    def __init__(self, part: Markov, constraint: Constraint, few: bool, table: type[Alias | Sums]):
        super().__init__(part, constraint, few, table)
        self.bits, self.begins = _bits(part), part.begins << _bits(part)
        self.over = len(part.shorter) << self.bits
        if part.position == "to_end":  # it begins with a length, so those that are not wanted need not be tried
            chances = self.accept_prob[self.lengths]
            self.most *= chances.sum()
            self.chances = chances / chances.sum() if self.most else np.full(len(chances), 1.0 / len(chances))
            self.accept_prob[self.lengths] = 1.0

    look_up = staticmethod(Outcomes)

    @staticmethod
    def lay_out(part: Markov, table: type[Alias | Sums]) -> Alias | Sums:
        prob, after = part.table
        over, outcomes = len(part.shorter), part.end + 2
        rows = np.zeros((over + 1, outcomes))
        rows[:-1, 0], rows[:-1, 1:-1], rows[over, 0] = part.end_prob, prob, 1.0
        rows[:-1, -1] = np.clip(1.0 - rows[:-1].sum(axis=1), 0.0, 1.0)
        if part.position == "to_end":  # an end before its time is no sequence, like an unknown token
            early = ~_at_nought(part)
            rows[:-1][early, -1] += rows[:-1][early, 0]
            rows[:-1][early, 0] = 0.0
        next_row = np.full(rows.shape, over, dtype=np.int32)
        next_row[:-1, 1:-1] = after
        return table(
            rows / rows.sum(axis=1, keepdims=True), next_row << _bits(part) | np.arange(outcomes, dtype=np.int32)
        )

    def begin(self, tries: int, rng: np.random.Generator) -> np.ndarray:
        """The row of the empty prefix of each try."""
        if len(self.begins) == 1:
            return np.repeat(self.begins, tries)
        return self.begins[rng.choice(self.lengths, tries, p=self.chances)]

    def step(self, at: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """The outcomes after some others, and their tokens."""
        at = self.tables.draw(at >> self.bits, rng)
        return at, (at & (1 << self.bits) - 1) - 1


class _HmmAncestral(_Ancestral):
    """An HMM: a path of hidden states, and the token that each emits; beside its states one to begin in and one to end
    in."""

    def __init__(self, part: Hmm, constraint: Constraint, few: bool, table: type[Alias | Sums]):
        super().__init__(part, constraint, few, table)
        self.moves, self.tokens = self.tables
        self.first, self.over = part.states, part.states + 1

    @staticmethod
    def lay_out(part: Hmm, table: type[Alias | Sums]) -> tuple[Alias | Sums, ...]:
        states = part.states
        moves = np.vstack([part.leave, np.append(part.start, 0.0), np.eye(1, states + 1, states)])
        emit = np.zeros((states + 2, len(part.vocabulary) + 2))
        emit[:states, 1:-1], emit[states:, 0] = part.emit, 1.0
        emit[:states, -1] = np.clip(1.0 - part.emit.sum(axis=1), 0.0, 1.0)
        label = np.append(np.arange(states), states + 1), np.arange(emit.shape[1]) - 1
        return tuple(
            table(rows / rows.sum(axis=1, keepdims=True), np.tile(names, (states + 2, 1)))
            for rows, names in zip((moves, emit), label, strict=True)
        )

    @classmethod
    def look_up(cls, part: Hmm) -> tuple[Alias | Sums, ...]:
        return cls.lay_out(part, Sums)

    def begin(self, tries: int, rng: np.random.Generator) -> np.ndarray:
        """The state before the first of each try."""
        return np.full(tries, self.first)

    def step(self, at: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """The states after some others, and the token of each."""
        at = self.moves.draw(at, rng)
        return at, self.tokens.draw(at, rng)


def _ancestral_of(part: Markov | Hmm, constraint: Constraint, few: bool, table: type[Alias | Sums]) -> _Ancestral:
    return (_HmmAncestral if isinstance(part, Hmm) else _MarkovAncestral)(part, constraint, few, table)
