"""Training the mixture: parts of different kinds, and weights that a held-out tenth of the corpus votes for."""

from collections.abc import Callable, Sequence

import numpy as np

from .baum_welch import train_hmm
from .kneser_ney import train_markov
from .messages import log, log_sum
from .mixture import Mixture
from .kinds import DEFAULT_ORDER
from .queries import log_probs
from .vocabulary import Vocabulary

HELD_OUT = 0.1  # the share of sequences that the weights are learned on
LEAST_WEIGHT = 0.02  # a part that earns less is left out
MOST_TOKENS_FOR_CLOCKS = 300  # a larger vocabulary is one of words, whose places say little
ROUNDS = 200  # of EM for the weights: cheap, and they converge from any start


def train_mixture(sequences: Sequence[Sequence[str]], rng: np.random.Generator,
                  progress: Callable[[str], None] | None = None) -> Mixture:
    """A mixture of Markov chains, with and without a clock, and a hidden Markov model."""
    sequences = [tuple(s) for s in sequences if len(s)]
    order = rng.permutation(len(sequences))
    cut = max(1, int(len(sequences) * HELD_OUT))
    held_out, kept = [sequences[i] for i in order[:cut]], [sequences[i] for i in order[cut:]] or sequences
    seed, vocabulary = int(rng.integers(2**31)), Vocabulary.of(sequences)
    makers = _makers(len(vocabulary), seed, progress)
    trials = [make(kept, vocabulary) for make in makers]
    weights = mixing_weights(np.stack([log_probs(part, held_out) for part in trials]))
    chosen = np.flatnonzero(weights >= LEAST_WEIGHT)
    parts = tuple(makers[k](sequences, vocabulary) for k in chosen)
    return Mixture(vocabulary, parts, weights[chosen] / weights[chosen].sum())


def _makers(width: int, seed: int, progress) -> list[Callable]:
    """How each part is trained."""
    def chain(order, clock):
        return lambda sequences, vocabulary: train_markov(sequences, order, clock, vocabulary)

    def hidden(sequences, vocabulary):
        return train_hmm(sequences, np.random.default_rng(seed), progress=progress, vocabulary=vocabulary)
    chains = [chain(DEFAULT_ORDER, None)]
    if width <= MOST_TOKENS_FOR_CLOCKS:
        chains += [chain(DEFAULT_ORDER, "age"), chain(DEFAULT_ORDER - 1, "to come")]
    return [*chains, hidden]


def mixing_weights(log_prob: np.ndarray) -> np.ndarray:
    """The weights that make sequences likeliest, by EM, from log p of each under each part, shape (K, N); shape (K,)."""
    possible = log_prob[:, np.isfinite(log_prob).any(axis=0)]
    weights = np.full(len(log_prob), 1.0 / len(log_prob))
    if not possible.shape[1]:
        return weights
    for _ in range(ROUNDS):
        joint = possible + log(weights)[:, None]
        weights = np.exp(joint - log_sum(joint, axis=0)).mean(axis=1)
    return weights
