"""A law of lengths for a model that ends by chance: p(x) = p(T) p(x | T).

A chain or an HMM ends by chance at every token, which makes lengths far more varied than those of names. So p(x | T)
stays as the model has it, and p(T) comes from the lengths seen: each sequence of T tokens is `exp(factor[T])` times as
probable as before. Every query stays exact, since every query names its lengths.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from generator.inference.automaton_markov import LONGEST_POSITION
from generator.inference.messages import log
from generator.models.model import Component

LONGEST = LONGEST_POSITION  # tokens: longer sequences keep the probability that they have


def weigh_lengths(model: Component, sequences: Sequence[Sequence[str]]) -> Component:
    """The model with the lengths of some sequences; one that chooses a length has them already.

    >>> from generator.training.kneser_ney import train_markov
    >>> from generator.queries.evidence import log_prob
    >>> model = train_markov(["mew", "muk", "onix"], 2)
    >>> bool(log_prob(weigh_lengths(model, ["mew", "muk"]), "onix") < log_prob(model, "onix"))
    True
    """
    if model.chooses_length:
        return model
    return with_lengths(model, length_log_probs([len(s) for s in sequences if len(s)]))


def with_lengths(model: Component, law: np.ndarray) -> Component:
    """The model with a law of lengths: log p(T) of 0 to LONGEST tokens in nats, float64."""
    own = model.length_mass(LONGEST)
    wanted = law + log(own.sum())  # the rest is the unknown token's
    factor = np.zeros(LONGEST + 2)
    factor[:-1] = np.where(own > 0, wanted - log(np.where(own > 0, own, 1.0)), -np.inf)
    return replace(model, lengths=factor)  # type: ignore[type-var]  # every component is a dataclass


def length_law(model: Component) -> np.ndarray:
    """The law that `with_lengths` gave a model."""
    own = model.length_mass(LONGEST)
    return model.lengths[:-1] + log(own) - log(own.sum())


def length_log_probs(lengths: Sequence[int]) -> np.ndarray:
    """log p(T) of 0 to LONGEST tokens in nats, float64: the lengths seen, and one more from a smooth prior.

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
