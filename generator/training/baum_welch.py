"""Training a hidden Markov model: expectation maximisation (Rabiner 1989, section III.C), many sequences at a time.

Messages run over the tree of all prefixes, so that a common prefix is worked out once. All prefixes of one length are
one matrix product. Messages are float32, scaled at every step; sums are float64.

    x_t, s_t    the token and the hidden state at place t
    α_t(s)      p(s_t = s | x_1 … x_t): forward, one row a prefix
    c_t         p(x_t | x_1 … x_{t−1}): the norm of a prefix; log p(x) = Σ log c_t + log p(end | x)
    β_t(s)      Σ over sequences with the prefix of p(x_{t+1} …, end | s_t = s) / p(x_{t+1} …, end | x_1 … x_t)

The expected counts follow from α β (states), and from α move (emit β / c) (transitions).
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from generator.models.hmm import Hmm
from generator.training.prefix_tree import Place, in_rows, places
from generator.vocabulary import Vocabulary

CACHED = 2**18  # states × sequences of a block: many share prefixes, and the block fits in the processor's cache
BATCH = 256  # most sequences in a step of stepwise EM
STEPS = 16  # steps a round, unless batches would hold fewer than LEAST_BATCH sequences
LEAST_BATCH = 32
FORGET = 0.4  # step k weighs its batch by (k + 2)^-FORGET (Liang and Klein 2009)
LEAST_COUNT = 1e-2  # added to every expected count, so that no probability is zero
LEAST_GAIN = 5e-4  # least relative gain in held-out log-likelihood that counts as an improvement
PATIENCE = 3  # rounds without improvement before stopping
MOST_ROUNDS = 40


class Counts(NamedTuple):
    """Expected counts: of first states (S,), of moves and stops (S, S + 1), of tokens (S, V); and log p in nats."""

    start: np.ndarray
    leave: np.ndarray
    emit: np.ndarray
    log_prob: float

    def plus(self, other: "Counts") -> "Counts":
        """The sum of both."""
        return Counts(
            self.start + other.start, self.leave + other.leave, self.emit + other.emit, self.log_prob + other.log_prob
        )

    def times(self, factor: float) -> "Counts":
        """The counts, each multiplied by a factor."""
        return Counts(self.start * factor, self.leave * factor, self.emit * factor, self.log_prob * factor)


Block = list[Place]  # the prefix tree of some sequences


def fit_early_stopping(
    kept: Sequence[Sequence[str]],
    held_out: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
    seed: int,
    states: int,
    progress: Callable[[str], None] | None = None,
) -> tuple[Hmm, int]:
    """The model of the round in which `held_out` is likeliest, and the number of that round."""
    judge = blocks([ids for ids in map(vocabulary.encode, held_out) if ids.min() >= 0], states)
    found: Hmm
    best, at = -np.inf, 0
    for done, model in enumerate(_rounds(kept, vocabulary, seed, states), start=1):
        if progress and done % 5 == 0:
            progress(f"hidden Markov model: round {done}")
        score = log_likelihood(model, judge)
        if not at or score > best + LEAST_GAIN * abs(best):
            best, at, found = score, done, model
        elif done - at >= PATIENCE or done >= MOST_ROUNDS:
            break
    return found, at


def fit_rounds(sequences: Sequence[Sequence[str]], vocabulary: Vocabulary, seed: int, rounds: int, states: int) -> Hmm:
    """The model after `rounds` rounds and one last step over all sequences, which evens out the last batches."""
    model = next(itertools.islice(_rounds(sequences, vocabulary, seed, states), rounds - 1, None))
    return m_step(model, e_step(model, blocks([vocabulary.encode(s) for s in sequences], states)))


def _rounds(sequences: Sequence[Sequence[str]], vocabulary: Vocabulary, seed: int, states: int) -> Iterator[Hmm]:
    """The model after each round of stepwise EM (Liang and Klein 2009): a step a batch, on running expected counts.

    It needs a quarter of the passes of batch EM and reaches a higher likelihood.
    """
    rows, row = in_rows([vocabulary.encode(s) for s in sequences])
    rng = np.random.default_rng(seed)
    model = _random(vocabulary, states, rng)
    size, step, running = int(np.clip(len(rows) // STEPS, LEAST_BATCH, BATCH)), 0, None
    while True:
        for batch in np.array_split(rng.permutation(len(rows)), max(1, len(rows) // size)):
            counts = e_step(model, [places(rows[np.sort(row[batch])])]).times(len(rows) / len(batch))
            weight = (step + 2) ** -FORGET if running else 1.0
            running = counts if running is None else running.times(1.0 - weight).plus(counts.times(weight))
            model, step = m_step(model, running), step + 1
        yield model


def states_for(tokens: int) -> int:
    """The number of states for a corpus of this many tokens: 1.5 √tokens, from 8 to 256."""
    return int(np.clip(1.5 * np.sqrt(tokens), 8, 256))


def blocks(coded: Sequence[np.ndarray], states: int) -> list[Block]:
    """The prefix trees of blocks of sequences, sorted, for a model of this many states; token ids, none empty."""
    (rows, _), size = in_rows(coded), max(1, CACHED // states)
    return [places(rows[first : first + size]) for first in range(0, len(rows), size)]


def _random(vocabulary: Vocabulary, states: int, rng: np.random.Generator) -> Hmm:
    """An HMM with random rows."""
    return Hmm(
        vocabulary,
        rng.dirichlet(np.ones(states)),
        rng.dirichlet(np.ones(states + 1), size=states),
        rng.dirichlet(np.ones(len(vocabulary)), size=states),
    )


def e_step(model: Hmm, data: Sequence[Block]) -> Counts:
    """The expected counts of all sequences."""
    total = Counts(np.zeros_like(model.start), np.zeros_like(model.leave), np.zeros_like(model.emit), 0.0)
    for block in data:
        total = total.plus(_Pass(model, block).counts())
    return total


def m_step(model: Hmm, counts: Counts) -> Hmm:
    """The model whose rows are proportional to the expected counts; the unknown token has LEAST_COUNT."""
    start, leave, emit = (c + LEAST_COUNT for c in counts[:3])
    return Hmm(
        model.vocabulary,
        start / start.sum(),
        leave / leave.sum(axis=1, keepdims=True),
        emit / (emit.sum(axis=1, keepdims=True) + LEAST_COUNT),
    )


def log_likelihood(model: Hmm, data: Sequence[Block]) -> float:
    """log p of all sequences in nats."""
    return float(sum(_Pass(model, block).log_prob for block in data))


class _Pass:
    """The forward messages α of one block, a float32 array over the prefixes of each place."""

    def __init__(self, model: Hmm, block: Block):
        self.block, self.start, self.stop = block, model.start.astype(np.float32), model.stop.astype(np.float32)
        self.move = np.ascontiguousarray(model.move, dtype=np.float32)
        self.emitted = np.ascontiguousarray(model.emit.T, dtype=np.float32)
        self.parents: list[np.ndarray] = []  # α of the parents of each place but the first
        self.forward: list[np.ndarray] = []
        self.norms: list[np.ndarray] = []  # c_t, (n,)
        for place in block:
            moved = self._go_on(place)
            state = self.emitted.take(place.token, axis=0)
            for children in place.ranks:
                state[children] *= moved[: children.stop - children.start]
            norm = state @ np.ones(len(self.stop), dtype=np.float32)
            state /= norm[:, None]
            self.forward.append(state)
            self.norms.append(norm)
        self.ends = [
            state[place.ends] @ self.stop for place, state in zip(block, self.forward, strict=True)
        ]  # p(end | tokens to t)

    def _go_on(self, place: Place) -> np.ndarray:
        """p(s_t | x_1 … x_{t−1}) after each parent."""
        if not self.forward:
            return self.start[None]
        self.parents.append(self.forward[-1].take(place.parents, axis=0))
        return self.parents[-1] @ self.move

    @property
    def log_prob(self) -> float:
        """log p of the block's sequences in nats."""
        return float(
            sum(
                place.through @ np.log(norm) + place.ended.astype(float) @ np.log(end)
                for place, norm, end in zip(self.block, self.norms, self.ends, strict=True)
            )
        )

    def counts(self) -> Counts:
        """The expected counts, from the backward messages β."""
        states, tokens = len(self.stop), len(self.emitted)
        move, emit, stop = np.zeros((states, states)), np.zeros((tokens, states)), np.zeros(states)
        after = np.empty((0, states), dtype=np.float32)
        for t in range(len(self.block) - 1, -1, -1):
            place, forward = self.block[t], self.forward[t]
            backward = np.zeros_like(forward)
            if t + 1 < len(self.block):
                backward[self.block[t + 1].parents] = after @ self.move.T
            weight = place.ended / self.ends[t]
            backward[place.ends] += weight[:, None] * self.stop
            stop += weight @ forward[place.ends]
            emit += _one_hot(place.token, tokens) @ (forward * backward)
            after = self._of_parents(place, backward * self.emitted.take(place.token, axis=0) / self.norms[t][:, None])
            if t:
                move += self.parents[t - 1].T @ after
        return Counts(
            self.start * after.sum(axis=0), np.column_stack([move * self.move, stop * self.stop]), emit.T, self.log_prob
        )

    def _of_parents(self, place: Place, ahead: np.ndarray) -> np.ndarray:
        """The sum over the children of each parent."""
        first, *others = place.ranks
        for children in others:
            ahead[: children.stop - children.start] += ahead[children]
        return ahead[first]


def _one_hot(ids: np.ndarray, width: int) -> np.ndarray:
    """One-hot columns, float32 (width, n): a matrix product sums far quicker than np.add.at."""
    rows = np.zeros((width, len(ids)), dtype=np.float32)
    rows[ids, np.arange(len(ids))] = 1.0
    return rows
