"""How long a sequence is, said once and for all: p(x) = p(T) p(x | T).

A chain or an HMM ends by chance at every token, which makes lengths far more varied than those of names. So what a
model says of the sequences of one length is kept, and how likely that length is comes from the lengths seen: each
sequence of T tokens is `exp(factor[T])` times as probable as without. Every query stays exact, since whoever asks names
a length first.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from generator.inference.messages import log
from generator.models.hmm import Hmm
from generator.models.markov import LONGEST_POSITION, Markov

LONGEST = LONGEST_POSITION  # tokens: sequences that are longer keep the probability that they have


def weigh_lengths(model: Markov | Hmm, sequences: Sequence[Sequence[str]]) -> Markov | Hmm:
    """The model with the lengths of some sequences for its own; one that counts down has them already.

    >>> from generator.training.kneser_ney import train_markov
    >>> from generator.queries.evidence import log_prob
    >>> model = train_markov(["mew", "muk", "onix"], 2)
    >>> bool(log_prob(weigh_lengths(model, ["mew", "muk"]), "onix") < log_prob(model, "onix"))
    True
    """
    if getattr(model, "position", None) == "to_end":
        return model
    return with_lengths(model, length_log_probs([len(s) for s in sequences if len(s)]))


def with_lengths(model: Markov | Hmm, law: np.ndarray) -> Markov | Hmm:
    """The model whose sequences have their lengths by a law: log p(length) of 0 to LONGEST tokens in nats, float64."""
    own = model.length_mass(LONGEST)
    wanted = law + log(own.sum())  # what is left is the unknown token's
    factor = np.zeros(LONGEST + 2)
    factor[:-1] = np.where(own > 0, wanted - log(np.where(own > 0, own, 1.0)), -np.inf)
    return replace(model, lengths=factor, cache={})


def length_law(model: Markov | Hmm) -> np.ndarray:
    """The law that a model was given by `with_lengths`."""
    own = model.length_mass(LONGEST)
    return model.lengths[:-1] + log(own) - log(own.sum())


def length_log_probs(lengths: Sequence[int]) -> np.ndarray:
    """log p(length) of 0 to LONGEST tokens in nats, float64: the lengths seen, and one more from a smooth prior.

    The prior is p(T) = ∫ p(T | λ) p(λ) dλ with T Poisson and λ Gamma, as fits the lengths seen (the talk's own).
    """
    seen = np.bincount(np.minimum(lengths, LONGEST + 1), minlength=LONGEST + 2)[:-1].astype(float)
    shape, total = (
        float(np.sum(lengths)) + 1.0,
        len(lengths) + 1.0,
    )  # of the Gamma: one sequence of one token before the first
    t = np.arange(LONGEST + 1)
    log_factor = np.cumsum(np.log(np.maximum(shape + t - 1, 1e-9) / np.maximum(t, 1))) - np.log(max(shape - 1, 1e-9))
    prior = np.exp(log_factor - t * np.log(total + 1.0))
    prior[0] = seen[0] = 0.0
    return log((seen + prior / prior.sum()) / (len(lengths) + 1.0))
