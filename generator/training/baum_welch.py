"""Training a hidden Markov model: expectation and maximisation (Rabiner 1989, section III.C), many sequences at a time.

Messages go over the tree of all prefixes, a place at a time, so that what many names begin with alike is worked out
once: forward from a prefix to its children, backward as the sum over all names that have the prefix, each by its own
probability. A step of all prefixes of one length is one matrix product. Messages are float32 and scaled at every step;
what they add up to is float64.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from generator.models.hmm import Hmm
from generator.training.prefix_tree import Place, in_rows, places
from generator.vocabulary import Vocabulary

CACHED = 2**18  # states × sequences taken together: enough to have much in common, few enough to stay in the cache
BATCH = 256  # sequences in a step of stepwise EM, fewer in a small corpus
STEPS = 16  # at least so many steps a round, while batches hold LEAST_BATCH sequences or more
LEAST_BATCH = 32
FORGET = 0.4  # step k weighs its batch by (k + 2)^-FORGET
LEAST_COUNT = 1e-2  # added to every expected count: no transition and no token is ever quite impossible
LEAST_GAIN = 5e-4  # relative gain in held-out likelihood that counts as getting better
PATIENCE = 3  # rounds without a better held-out likelihood before stopping
MOST_ROUNDS = 40


class Counts(NamedTuple):
    """Expected counts of one E step: first states (S,), moves and stops (S, S + 1), tokens (S, V), and log p of all in
    nats."""

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


Block = list[Place]  # some sequences as the tree of their prefixes


def fit_early_stopping(
    kept: Sequence[Sequence[str]],
    held_out: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
    seed: int,
    states: int,
    progress: Callable[[str], None] | None = None,
) -> tuple[Hmm, int]:
    """The model trained on `kept` until `held_out` gets no likelier, and after how many rounds."""
    judge = blocks([ids for ids in map(vocabulary.encode, held_out) if ids.min() >= 0], states)
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


def fit_rounds(sequences: Sequence[Sequence[str]], vocabulary: Vocabulary, seed: int, rounds: int, states: int) -> Hmm:
    """The model after so many rounds, and one last step over everything, which evens out what the last batches left."""
    model = next(itertools.islice(_rounds(sequences, vocabulary, seed, states), rounds - 1, None))
    return m_step(model, e_step(model, blocks([vocabulary.encode(s) for s in sequences], states)))


def _rounds(sequences: Sequence[Sequence[str]], vocabulary: Vocabulary, seed: int, states: int) -> Iterator[Hmm]:
    """The model after each round of stepwise EM (Liang and Klein 2009): a step a batch, on running expected counts.

    It needs a quarter of the passes that whole steps need, and what the batches shake loose ends up likelier.
    """
    rows, row = in_rows([vocabulary.encode(s) for s in sequences])
    rng = np.random.default_rng(seed)
    model = _random(vocabulary, states, rng)
    size, step, running = int(np.clip(len(rows) // STEPS, LEAST_BATCH, BATCH)), 0, None
    while True:
        for batch in np.array_split(rng.permutation(len(rows)), max(1, len(rows) // size)):
            fresh = e_step(model, [places(rows[np.sort(row[batch])])]).times(len(rows) / len(batch))
            weight = (step + 2) ** -FORGET if running else 1.0
            running = fresh if running is None else running.times(1.0 - weight).plus(fresh.times(weight))
            model, step = m_step(model, running), step + 1
        yield model


def states_for(tokens: int) -> int:
    """How many states a corpus of so many tokens feeds: one and a half times the root of that, from 8 to 256."""
    return int(np.clip(1.5 * np.sqrt(tokens), 8, 256))


def blocks(coded: Sequence[np.ndarray], states: int) -> list[Block]:
    """Sequences of token ids, none empty, in blocks of such as begin alike, for a model of so many states."""
    (rows, _), size = in_rows(coded), max(1, CACHED // states)
    return [places(rows[first : first + size]) for first in range(0, len(rows), size)]


def _random(vocabulary: Vocabulary, states: int, rng: np.random.Generator) -> Hmm:
    """An HMM of random rows."""
    return Hmm(
        vocabulary,
        rng.dirichlet(np.ones(states)),
        rng.dirichlet(np.ones(states + 1), size=states),
        rng.dirichlet(np.ones(len(vocabulary)), size=states),
    )


def e_step(model: Hmm, data: Sequence[Block]) -> Counts:
    """The E step."""
    total = Counts(np.zeros_like(model.start), np.zeros_like(model.leave), np.zeros_like(model.emit), 0.0)
    for block in data:
        total = total.plus(_Pass(model, block).counts())
    return total


def m_step(model: Hmm, counts: Counts) -> Hmm:
    """The M step: rows in proportion to the expected counts; a token that training never saw has LEAST_COUNT."""
    start, leave, emit = (c + LEAST_COUNT for c in counts[:3])
    return Hmm(
        model.vocabulary,
        start / start.sum(),
        leave / leave.sum(axis=1, keepdims=True),
        emit / (emit.sum(axis=1, keepdims=True) + LEAST_COUNT),
    )


def log_likelihood(model: Hmm, data: Sequence[Block]) -> float:
    """log p of all sequences, in nats."""
    return float(sum(_Pass(model, block).log_prob for block in data))


class _Pass:
    """The messages of one block forward: p(state at t | tokens to t), for each place a float32 array over its
    prefixes."""

    def __init__(self, model: Hmm, block: Block):
        self.block, self.start, self.stop = block, model.start.astype(np.float32), model.stop.astype(np.float32)
        self.move = np.ascontiguousarray(model.move, dtype=np.float32)
        self.emitted = np.ascontiguousarray(model.emit.T, dtype=np.float32)
        self.parents: list[np.ndarray] = []  # the messages of the prefixes that go on to each place
        self.forward: list[np.ndarray] = []
        self.norms: list[np.ndarray] = []  # p(token at t | tokens before), (n,)
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
        """p(state at t | tokens before) after each parent."""
        if not self.forward:
            return self.start[None]
        self.parents.append(self.forward[-1].take(place.parents, axis=0))
        return self.parents[-1] @ self.move

    @property
    def log_prob(self) -> float:
        """log p of the block's sequences, in nats."""
        return float(
            sum(
                place.through @ np.log(norm) + place.ended.astype(float) @ np.log(end)
                for place, norm, end in zip(self.block, self.norms, self.ends, strict=True)
            )
        )

    def counts(self) -> Counts:
        """Expected counts, from messages backward: Σ p(tokens after t | state at t) / p(tokens after t | tokens to t)
        of all with a prefix."""
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
        """The sum over each parent's children."""
        first, *others = place.ranks
        for children in others:
            ahead[: children.stop - children.start] += ahead[children]
        return ahead[first]


def _one_hot(ids: np.ndarray, width: int) -> np.ndarray:
    """A row for each token, with a one where a sequence has it: adding up by a matrix product is far quicker than
    np.add.at."""
    rows = np.zeros((width, len(ids)), dtype=np.float32)
    rows[ids, np.arange(len(ids))] = 1.0
    return rows
