"""Training a hidden Markov model: expectation and maximisation (Rabiner 1989, section III.C), many sequences at a time."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from .hmm import Hmm
from .vocabulary import Vocabulary

LEAST_COUNT = 1e-3  # added to every expected count: no transition and no token is ever quite impossible
HELD_OUT = 0.1  # the share of sequences that tells when to stop
LEAST_GAIN = 1e-4  # relative gain in held-out likelihood that counts as getting better
PATIENCE = 5  # rounds without a better held-out likelihood before stopping
MOST_ROUNDS = 200


class Counts(NamedTuple):
    """Expected counts of one E step: first states (S,), moves and stops (S, S + 1), tokens (S, V), and log p of all in nats."""

    start: np.ndarray
    leave: np.ndarray
    emit: np.ndarray
    log_prob: float


def train_hmm(sequences: Sequence[Sequence[str]], rng: np.random.Generator, states: int | None = None,
              restarts: int = 2, progress: Callable[[str], None] | None = None) -> Hmm:
    """An HMM of the given number of states (None: chosen by the size of the corpus).

    Each of `restarts` random starts is trained until a held-out tenth gets no likelier; the best is then refitted on all
    sequences for as many rounds.
    """
    vocabulary = Vocabulary.of(sequences)
    coded = [vocabulary.encode(s) for s in sequences]
    states = states or states_for(sum(len(c) + 1 for c in coded))
    order = rng.permutation(len(coded))
    cut = int(len(coded) * HELD_OUT)
    held_out, kept = batches([coded[i] for i in order[:cut]]), batches([coded[i] for i in order[cut:]])
    seeds = rng.integers(2**31, size=restarts).tolist()
    trials = [_climb(_random(vocabulary, states, seed), kept, held_out or kept, progress) for seed in seeds]
    best = int(np.argmax([score for score, _ in trials]))
    model, everything = _random(vocabulary, states, seeds[best]), batches(coded)
    for _ in range(trials[best][1]):
        model = improve(model, expect(model, everything))
    return model


def states_for(tokens: int) -> int:
    """How many states a corpus of so many tokens feeds: one for every 150, from 8 to 128."""
    return int(np.clip(tokens // 150, 8, 128))


def batches(coded: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The sequences of each length in one array of shape (N, T), T ascending."""
    by_length: dict[int, list[np.ndarray]] = {}
    for ids in coded:
        by_length.setdefault(len(ids), []).append(ids)
    return [np.array(by_length[length]) for length in sorted(by_length) if length]


def _random(vocabulary: Vocabulary, states: int, seed: int) -> Hmm:
    """An HMM of random rows."""
    rng = np.random.default_rng(seed)
    return Hmm(vocabulary, rng.dirichlet(np.ones(states)), rng.dirichlet(np.ones(states + 1), size=states),
               rng.dirichlet(np.ones(len(vocabulary)), size=states))


def _climb(model: Hmm, kept: list[np.ndarray], held_out: list[np.ndarray],
           progress: Callable[[str], None] | None) -> tuple[float, int]:
    """The best held-out log-likelihood in nats that training reaches, and after how many rounds."""
    best, at = -np.inf, 0
    for done in range(1, MOST_ROUNDS + 1):
        model = improve(model, expect(model, kept))
        score = log_likelihood(model, held_out)
        if progress and done % 10 == 0:
            progress(f"hidden Markov model: round {done}")
        if best == -np.inf or score > best + LEAST_GAIN * abs(best):
            best, at = score, done
        elif done - at >= PATIENCE:
            break
    return best, at


def expect(model: Hmm, groups: Sequence[np.ndarray]) -> Counts:
    """The E step over batches of equal length, each array of token ids of shape (N, T)."""
    total = Counts(np.zeros_like(model.start), np.zeros_like(model.leave), np.zeros_like(model.emit), 0.0)
    for ids in groups:
        total = Counts(*(a + b for a, b in zip(total, _expect_batch(model, ids), strict=True)))
    return total


def _expect_batch(model: Hmm, ids: np.ndarray) -> Counts:
    """The E step of one batch: messages forward, then posteriors on the way back."""
    forward, norms = _forward(model, ids)
    emitted = model.emit.T
    backward = model.stop / norms[-1][:, None]
    stop = (forward[-1] * backward).sum(axis=0)
    move, emit = np.zeros_like(model.move), np.zeros_like(emitted)
    for t in range(ids.shape[1] - 1, -1, -1):
        posterior = forward[t] * backward
        _add_rows(emit, ids[:, t], posterior)
        if t:
            ahead = backward * emitted[ids[:, t]] / norms[t][:, None]
            move += forward[t - 1].T @ ahead
            backward = ahead @ model.move.T
    return Counts(posterior.sum(axis=0), np.column_stack([move * model.move, stop]), emit.T,
                  float(sum(np.log(norm).sum() for norm in norms)))


def _add_rows(table: np.ndarray, rows: np.ndarray, values: np.ndarray) -> None:
    """table[rows] += values with repeated rows added up: by matrix products, far quicker than np.add.at."""
    for first in range(0, len(rows), 4096):
        some = rows[first:first + 4096]
        one_hot = np.zeros((len(table), len(some)))
        one_hot[some, np.arange(len(some))] = 1.0
        table += one_hot @ values[first:first + 4096]


def _forward(model: Hmm, ids: np.ndarray) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """p(state at t | tokens to t), T arrays (N, S), and the norm of each step, T arrays (N,) and one for the end."""
    emitted = model.emit.T
    state, forward, norms = model.start[None, :] * emitted[ids[:, 0]], [], []
    for t in range(ids.shape[1]):
        if t:
            state = (forward[-1] @ model.move) * emitted[ids[:, t]]
        norms.append(state.sum(axis=1))
        forward.append(state / norms[-1][:, None])
    norms.append(forward[-1] @ model.stop)
    return forward, norms


def improve(model: Hmm, counts: Counts) -> Hmm:
    """The M step: rows in proportion to the expected counts."""
    start, leave, emit = (c + LEAST_COUNT for c in counts[:3])
    return Hmm(model.vocabulary, start / start.sum(), leave / leave.sum(axis=1, keepdims=True), emit / emit.sum(axis=1, keepdims=True))


def log_likelihood(model: Hmm, groups: Sequence[np.ndarray]) -> float:
    """log p of all sequences of the batches, in nats."""
    return float(sum(np.log(norm).sum() for ids in groups for norm in _forward(model, ids)[1]))
