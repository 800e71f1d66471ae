"""A weighted automaton over tokens: what every model, and every product of a model and an acceptor, offers the queries.

symbol    shape    what
n                  prefixes in a batch
K                  parts of a mixture; 1 for any other automaton
"""

from abc import ABC, abstractmethod
from typing import Any

import numpy as np

from generator.cache import Cached
from generator.constraints.acceptor import Acceptor
from generator.constraints.dfa import Constraint
from generator.inference.messages import Frontier, Messages
from generator.vocabulary import Vocabulary


class Automaton(Cached, ABC):
    """A distribution over token sequences: walked forward a token at a time, and asked for messages.

    parts: the K automata that a mixture holds; of any other automaton itself alone. weights: the probability of each
    part, float64 (K,).
    """

    vocabulary: Vocabulary
    parts: tuple[Any, ...]
    weights: np.ndarray

    @abstractmethod
    def begin(self, lengths: np.ndarray) -> Frontier:
        """The empty prefixes of n sequences, given their lengths in tokens, shape (n,)."""

    @abstractmethod
    def advance(self, frontier: Frontier, rows: np.ndarray, tokens: np.ndarray) -> Frontier:
        """The prefixes in `rows`, each with one more token."""

    @abstractmethod
    def finish(self, frontier: Frontier) -> np.ndarray:
        """log p(prefix and then the end) in nats, shape (n,)."""

    @abstractmethod
    def messages(self, constraint: Constraint, best: bool = False) -> Messages:
        """The messages under a constraint, worked out anew (see `messages_of`)."""

    def product(self, acceptor: Acceptor, longest: int) -> "Automaton":
        """The product with an acceptor, for sequences of at most `longest` tokens (see `generator.inference.product`).

        A product has none of its own.
        """
        raise NotImplementedError


class SingleAutomaton(Automaton):
    """An automaton that is no mixture."""

    @property
    def parts(self) -> tuple[Any, ...]:  # type: ignore[override]  # a mixture has a field here, the others need none
        return (self,)

    @property
    def weights(self) -> np.ndarray:  # type: ignore[override]  # as above
        return np.ones(1)


def messages_of(model: Automaton, constraint: Constraint, best: bool = False) -> Messages:
    """The messages of an automaton under a constraint, worked out once for each constraint."""
    if (model, best) not in constraint.cache:
        constraint.cache[model, best] = model.messages(constraint, best)
    return constraint.cache[model, best]
