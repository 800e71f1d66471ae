"""A sequence mixture as an automaton: each whole sequence comes from one of several models, p(x) = Σ_k w_k p_k(x).

It is exact under every constraint, since the evidences mix with the same weights: what a prefix tells of its part is in
its log-probability under that part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from generator.inference.messages import Frontier, Messages, Step, log, log_sum, only
from generator.models.hmm import Hmm
from generator.models.markov import Markov
from generator.vocabulary import Vocabulary

LEAST = -1e300  # nats: in place of -inf, which cannot be taken from itself


@dataclass(frozen=True, eq=False)
class Mixture:
    """K models over one vocabulary and the weight of each, float64 of shape (K,), summing to one."""

    vocabulary: Vocabulary
    parts: tuple[Markov | Hmm, ...]
    weights: np.ndarray
    provenance: dict = field(default_factory=dict)
    cache: dict[Any, Any] = field(default_factory=dict, repr=False, init=False)  # see product; a copy has its own
    kind = "mix"
    order = None

    def begin(self, lengths: np.ndarray) -> Frontier:
        """The empty prefixes of n sequences; a frontier's state is the frontier of each part."""
        return self._together([part.begin(lengths) for part in self.parts])

    def advance(self, frontier: Frontier, rows: np.ndarray, tokens: np.ndarray) -> Frontier:
        """The prefixes in `rows`, each with one more token."""
        return self._together(
            [part.advance(own, rows, tokens) for part, own in zip(self.parts, frontier.state, strict=True)]
        )

    def advance_unknown(self, frontier: Frontier) -> Frontier:
        """The prefixes, each with one token that training never saw."""
        return self._together([part.advance_unknown(own) for part, own in zip(self.parts, frontier.state, strict=True)])

    def finish(self, frontier: Frontier) -> np.ndarray:
        """log p(prefix and then the end) in nats, shape (n,)."""
        return self.mixed([part.finish(own) for part, own in zip(self.parts, frontier.state, strict=True)])

    @cached_property
    def log_weights(self) -> np.ndarray:
        """log w_k in nats, shape (K,)."""
        return log(self.weights)

    def mixed(self, log_probs: Sequence[np.ndarray]) -> np.ndarray:
        """log Σ_k w_k exp(log_probs[k]), for arrays of shape (n,)."""
        return log_sum(np.array(log_probs) + self.log_weights[:, None], axis=0)

    def _together(self, frontiers: list[Frontier]) -> Frontier:
        return MixtureFrontier(self, tuple(frontiers))

    def check(self) -> None:
        """Raise ValueError where the weights are none."""
        if (
            self.weights.shape != (len(self.parts),)
            or not self.parts
            or not np.isclose(self.weights.sum(), 1.0)
            or self.weights.min() < 0
        ):
            raise ValueError("weights are not probabilities")


@dataclass(frozen=True, eq=False)
class MixtureFrontier:
    """A batch of prefixes (see Frontier) whose log-probability is worked out when it is asked for: messages do
    without."""

    model: Mixture
    state: tuple[Frontier, ...]

    @cached_property
    def log_prob(self) -> np.ndarray:
        """log p(prefix) in nats, float64, shape (n,)."""
        return self.model.mixed([frontier.log_prob for frontier in self.state])


class MixtureMessages:
    """The messages of all parts under one constraint (see Messages); bounds add up to a bound."""

    def __init__(self, model: Mixture, parts: Sequence[Messages]):
        self.model, self.parts = model, parts

    def step(self, frontier: Frontier, nodes: np.ndarray | int) -> Step:
        node = only(nodes)
        nodes = nodes if node is None else node
        steps = [part.step(own, nodes) for part, own in zip(self.parts, frontier.state, strict=True)]
        offsets = np.array([step.offset for step in steps]) + self.model.log_weights[:, None]
        top = np.maximum(offsets.max(axis=0), LEAST)
        factors = np.exp(offsets - top)
        for step, factor in zip(steps, factors, strict=True):
            np.multiply(step.mass, factor[:, None], out=step.mass)
        mass = steps[0].mass
        for step in steps[1:]:
            mass += step.mass
        return Step(mass, top)
