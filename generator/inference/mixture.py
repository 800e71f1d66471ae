"""A mixture of automata: each whole sequence comes from one of K parts, p(x) = Σ_k w_k p_k(x).

It is exact under every constraint, since the evidences mix with the same weights. What a prefix tells of its part is in
its log-probability under that part.

symbol      shape     what
K                     parts
w           (K,)      weights, sum 1
state                 the frontiers of the K parts
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from generator.constraints.dfa import Constraint
from generator.inference.automaton import Automaton
from generator.inference.messages import Forward, Frontier, Messages, Step, log, log_sum
from generator.inference.node_messages import only
from generator.vocabulary import Vocabulary

LEAST = -1e300  # nats, in place of -inf: infinities must not be subtracted from one another


@dataclass(frozen=True, eq=False)
class MixtureAutomaton(Automaton):
    """K automata over one vocabulary, and the weight of each, float64 (K,), sum 1."""

    vocabulary: Vocabulary
    parts: tuple[Automaton, ...]
    weights: np.ndarray

    def begin(self, lengths: np.ndarray) -> Frontier:
        """The empty prefixes of n sequences; a frontier's state is the frontier of each part."""
        return self.joined([part.begin(lengths) for part in self.parts])

    def advance(self, frontier: Frontier, rows: np.ndarray, tokens: np.ndarray) -> Frontier:
        """The prefixes in `rows`, each with one more token."""
        return self.joined(
            [part.advance(own, rows, tokens) for part, own in zip(self.parts, frontier.state, strict=True)]
        )

    def finish(self, frontier: Frontier) -> np.ndarray:
        """log p(prefix and then the end) in nats, shape (n,)."""
        return self.mixed([part.finish(own) for part, own in zip(self.parts, frontier.state, strict=True)])

    def messages(self, constraint: Constraint, best: bool = False) -> "MixtureMessages":
        """The messages of all parts; bounds add up to a bound."""
        return MixtureMessages(self.log_weights, [part.messages(constraint, best) for part in self.parts])

    @cached_property
    def log_weights(self) -> np.ndarray:
        """log w_k in nats, shape (K,)."""
        return log(self.weights)

    def mixed(self, log_probs: Sequence[np.ndarray]) -> np.ndarray:
        """log Σ_k w_k exp(log_probs[k]), for arrays of shape (n,)."""
        return log_sum(np.array(log_probs) + self.log_weights[:, None], axis=0)

    def joined(self, frontiers: Sequence[Frontier]) -> Frontier:
        """The frontier of the mixture from those of its parts."""
        return MixtureFrontier(self, tuple(frontiers))  # type: ignore[return-value]  # lazy where Frontier is eager


@dataclass(frozen=True, eq=False)
class MixtureFrontier:
    """A batch of prefixes (see Frontier). Its log-probability is worked out on demand: messages do without."""

    model: MixtureAutomaton
    state: tuple[Frontier, ...]

    @cached_property
    def log_prob(self) -> np.ndarray:
        """log p(prefix) in nats, float64, shape (n,)."""
        return self.model.mixed([frontier.log_prob for frontier in self.state])


class MixtureMessages(Messages):
    """The messages of K parts under one constraint, added up with the weights."""

    def __init__(self, log_weights: np.ndarray, parts: Sequence[Messages]):
        self.log_weights, self.parts = log_weights, parts

    def forwards(self) -> list[Forward]:
        return [forward for part in self.parts for forward in part.forwards()]

    def step(self, frontier: Frontier, nodes: np.ndarray | int) -> Step:
        nodes = only(nodes)
        steps = [part.step(own, nodes) for part, own in zip(self.parts, frontier.state, strict=True)]
        offsets = np.array([step.offset for step in steps]) + self.log_weights[:, None]
        top = np.maximum(offsets.max(axis=0), LEAST)
        factors = np.exp(offsets - top)
        for step, factor in zip(steps, factors, strict=True):
            np.multiply(step.mass, factor[:, None], out=step.mass)
        mass = steps[0].mass
        for step in steps[1:]:
            mass += step.mass
        return Step(mass, top)
