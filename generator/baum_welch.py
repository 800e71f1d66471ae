"""Training a hidden Markov model: expectation and maximisation (Rabiner 1989, section III.C), many sequences at a time.

Sequences are sorted from long to short, so that those still going at place t are the first rows of a matrix and a step of all of
them is one matrix product. Messages are float32 and scaled at every step; what they add up to is float64.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from .hmm import Hmm
from .vocabulary import Vocabulary

BLOCK = 2048  # sequences taken together: enough for the matrix products, few enough to stay in the cache
BATCH = 256  # sequences in a step of stepwise EM, fewer in a small corpus
STEPS = 16  # at least so many steps a round, while batches hold LEAST_BATCH sequences or more
LEAST_BATCH = 32
FORGET = 0.4  # step k weighs its batch by (k + 2)^-FORGET
LEAST_COUNT = 1e-2  # added to every expected count: no transition and no token is ever quite impossible
HELD_OUT = 0.1  # the share of sequences that tells when to stop
LEAST_GAIN = 5e-4  # relative gain in held-out likelihood that counts as getting better
PATIENCE = 3  # rounds without a better held-out likelihood before stopping
MOST_ROUNDS = 40


class Counts(NamedTuple):
    """Expected counts of one E step: first states (S,), moves and stops (S, S + 1), tokens (S, V), and log p of all in nats."""

    start: np.ndarray
    leave: np.ndarray
    emit: np.ndarray
    log_prob: float

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    def times(self, factor: float) -> "Counts":
        """As if everything had been seen so many times."""
        return Counts(*(table * factor for table in self))


class Block(NamedTuple):
    """Sequences from long to short: token ids of shape (N, T), and how many go on to each place, (T,)."""

    ids: np.ndarray
    going: list[int]


def train_hmm(sequences: Sequence[Sequence[str]], rng: np.random.Generator, states: int | None = None,
              progress: Callable[[str], None] | None = None, vocabulary: Vocabulary | None = None) -> Hmm:
    """An HMM of the given number of states (None: chosen by the size of the corpus).

    It is trained until a held-out tenth gets no likelier, and then anew on all sequences for as many rounds.

    >>> train_hmm([("m", "e", "w"), ("m", "o")], np.random.default_rng(7), states=2).emit.shape
    (2, 4)
    """
    sequences = [s for s in sequences if len(s)]
    vocabulary, states = vocabulary or Vocabulary.of(sequences), states or states_for(sum(len(s) + 1 for s in sequences))
    order, seed = rng.permutation(len(sequences)), int(rng.integers(2**31))
    cut = int(len(sequences) * HELD_OUT)
    held_out, kept = [sequences[i] for i in order[:cut]], [sequences[i] for i in order[cut:]]
    _, rounds = climb(kept, held_out or kept, vocabulary, seed, states, progress)
    return rise(sequences, vocabulary, seed, rounds, states)


def climb(kept: Sequence[Sequence[str]], held_out: Sequence[Sequence[str]], vocabulary: Vocabulary, seed: int,
          states: int, progress: Callable[[str], None] | None = None) -> tuple[Hmm, int]:
    """The model trained on `kept` until `held_out` gets no likelier, and after how many rounds."""
    judge = blocks([ids for ids in map(vocabulary.encode, held_out) if ids.min() >= 0])
    best, at, found = -np.inf, 0, None
    for done, model in enumerate(_rounds(kept, vocabulary, seed, states), start=1):
        if progress and done % 5 == 0:
            progress(f"hidden Markov model: round {done}")
        score = log_likelihood(model, judge)
        if found is None or score > best + LEAST_GAIN * abs(best):
            best, at, found = score, done, model
        elif done - at >= PATIENCE or done >= MOST_ROUNDS:
            break
    return found, at


def rise(sequences: Sequence[Sequence[str]], vocabulary: Vocabulary, seed: int, rounds: int, states: int) -> Hmm:
    """The model after so many rounds, and one last step over everything, which evens out what the last batches left."""
    model = next(itertools.islice(_rounds(sequences, vocabulary, seed, states), rounds - 1, None))
    return improve(model, expect(model, blocks([vocabulary.encode(s) for s in sequences])))


def _rounds(sequences: Sequence[Sequence[str]], vocabulary: Vocabulary, seed: int, states: int) -> Iterator[Hmm]:
    """The model after each round of stepwise EM (Liang and Klein 2009): a step a batch, on running expected counts.

    It needs a quarter of the passes that whole steps need, and what the batches shake loose ends up likelier.
    """
    coded = [vocabulary.encode(s) for s in sequences]
    rng = np.random.default_rng(seed)
    model = _random(vocabulary, states, rng)
    size, step, running = int(np.clip(len(coded) // STEPS, LEAST_BATCH, BATCH)), 0, None
    while True:
        for batch in np.array_split(rng.permutation(len(coded)), max(1, len(coded) // size)):
            fresh = expect(model, blocks([coded[i] for i in batch])).times(len(coded) / len(batch))
            weight = (step + 2) ** -FORGET if running else 1.0
            running = fresh if running is None else running.times(1.0 - weight).plus(fresh.times(weight))
            model, step = improve(model, running), step + 1
        yield model


def states_for(tokens: int) -> int:
    """How many states a corpus of so many tokens feeds: one and a half times the root of that, from 8 to 256."""
    return int(np.clip(1.5 * np.sqrt(tokens), 8, 256))


def blocks(coded: Sequence[np.ndarray]) -> list[Block]:
    """Sequences of token ids, none empty, from long to short in blocks."""
    coded = sorted(coded, key=len, reverse=True)
    return [_block(coded[first:first + BLOCK]) for first in range(0, len(coded), BLOCK)]


def _block(coded: Sequence[np.ndarray]) -> Block:
    lengths = np.array([len(c) for c in coded])
    ids = np.zeros((len(coded), lengths[0]), dtype=np.int64)
    ids[np.arange(lengths[0]) < lengths[:, None]] = np.concatenate(coded)
    return Block(ids, [int((lengths > t).sum()) for t in range(lengths[0])])


def _random(vocabulary: Vocabulary, states: int, rng: np.random.Generator) -> Hmm:
    """An HMM of random rows."""
    return Hmm(vocabulary, rng.dirichlet(np.ones(states)), rng.dirichlet(np.ones(states + 1), size=states),
               rng.dirichlet(np.ones(len(vocabulary)), size=states))


def expect(model: Hmm, data: Sequence[Block]) -> Counts:
    """The E step."""
    total = Counts(np.zeros_like(model.start), np.zeros_like(model.leave), np.zeros_like(model.emit), 0.0)
    for block in data:
        total = total.plus(_Pass(model, block).counts())
    return total


def improve(model: Hmm, counts: Counts) -> Hmm:
    """The M step: rows in proportion to the expected counts; a token that training never saw has LEAST_COUNT."""
    start, leave, emit = (c + LEAST_COUNT for c in counts[:3])
    return Hmm(model.vocabulary, start / start.sum(), leave / leave.sum(axis=1, keepdims=True),
               emit / (emit.sum(axis=1, keepdims=True) + LEAST_COUNT))


def log_likelihood(model: Hmm, data: Sequence[Block]) -> float:
    """log p of all sequences, in nats."""
    return float(sum(_Pass(model, block).log_prob for block in data))


class _Pass:
    """The forward messages of one block: p(state at t | tokens to t), for each t a float32 array over the sequences still going."""

    def __init__(self, model: Hmm, block: Block):
        self.block = block
        self.move = np.ascontiguousarray(model.move, dtype=np.float32)
        self.emitted = np.ascontiguousarray(model.emit.T, dtype=np.float32)
        self.stop = model.stop.astype(np.float32)
        self.forward: list[np.ndarray] = []
        self.norms: list[np.ndarray] = []  # p(token at t | tokens before), (N_t, 1)
        for t, going in enumerate(block.going):
            state = self.forward[-1][:going] @ self.move if t else model.start.astype(np.float32)
            state = state * self.emitted[block.ids[:going, t]]
            norm = state.sum(axis=1, keepdims=True)
            state /= norm
            self.forward.append(state)
            self.norms.append(norm)
        self.ends = [forward[after:] @ self.stop for forward, after in zip(self.forward, [*block.going[1:], 0], strict=True)]

    @property
    def log_prob(self) -> float:
        """log p of the block's sequences, in nats."""
        return float(sum(np.log(p, dtype=np.float64).sum() for p in [*self.norms, *self.ends]))

    def counts(self) -> Counts:
        """Expected counts, from messages backward: p(tokens after t | state at t) over p(tokens after t | tokens to t)."""
        states, tokens = len(self.stop), len(self.emitted)
        move, emit, stop = np.zeros((states, states)), np.zeros((tokens, states)), np.zeros(states)
        backward = np.empty((0, states), dtype=np.float32)
        for t in range(len(self.forward) - 1, -1, -1):
            forward, ids = self.forward[t], self.block.ids[:len(self.forward[t]), t]
            ending = self.stop / self.ends[t][:, None]
            stop += (forward[len(backward):] * ending).sum(axis=0)
            backward = np.concatenate([backward, ending])
            posterior = forward * backward
            emit += _one_hot(ids, tokens) @ posterior
            if t:
                ahead = backward * self.emitted[ids] / self.norms[t]
                move += self.forward[t - 1][:len(ahead)].T @ ahead
                backward = ahead @ self.move.T
        return Counts(posterior.sum(axis=0), np.column_stack([move * self.move, stop]), emit.T, self.log_prob)


def _one_hot(ids: np.ndarray, width: int) -> np.ndarray:
    """A row for each token, with a one where a sequence has it: adding up by a matrix product is far quicker than np.add.at."""
    rows = np.zeros((width, len(ids)), dtype=np.float32)
    rows[ids, np.arange(len(ids))] = 1.0
    return rows
