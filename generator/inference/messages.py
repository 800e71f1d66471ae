"""Messages over the product of an automaton and a constraint, as the queries see them.

Backward messages β go from the end of the constraint to its start; forward messages α go from the start. A query walks
forward over prefixes, many at once. At each prefix β tells the mass of every next token: the probability that the
prefix goes on so *and* that the rest fits. Drawing and completing know nothing else about a model.

symbol       shape      what
n                       prefixes in a batch
S                       states of the automaton
V                       tokens of the vocabulary
log_prob     (n,)       log p(prefix), nats
mass         (n, V)     p(prefix, token, the rest fits) / exp(offset)
offset       (n,)       scale of each row of masses, nats
α            (S,)       p(tokens so far fit, state) / exp(scale)
"""

from abc import ABC, abstractmethod
from typing import Any, NamedTuple, Protocol

import numpy as np


class Frontier(NamedTuple):
    """A batch of n prefixes of one length.

    state: what the automaton remembers of each prefix; its first axis has length n.
    log_prob: log p(prefix) in nats, float64, shape (n,).
    """

    state: Any
    log_prob: np.ndarray


class Step(NamedTuple):
    """The mass of every token after every prefix, exp(offset) mass: mass float64 (n, V), offset (n,) in nats."""

    mass: np.ndarray
    offset: np.ndarray

    def log(self) -> np.ndarray:
        """The masses in nats, shape (n, V), -inf for none."""
        return log(self.mass) + self.offset[:, None]


class ForwardMessage(NamedTuple):
    """α = exp(scale) mass: p(tokens so far fit, state) for every state; mass float64 (S,), scale in nats."""

    mass: np.ndarray
    scale: float

    def join(self, other: "ForwardMessage | None") -> "ForwardMessage":
        """The sum of two messages, of disjoint sets of prefixes."""
        if other is None or other.scale == -np.inf:
            return self
        if self.scale == -np.inf:
            return other
        top = max(self.scale, other.scale)
        return scaled(self.mass * np.exp(self.scale - top) + other.mass * np.exp(other.scale - top), top)


def scaled(mass: np.ndarray, scale: float) -> ForwardMessage:
    """A forward message whose greatest entry is one; of scale -inf if there is no mass."""
    top = float(mass.max(initial=0.0))
    return ForwardMessage(mass / top, scale + float(np.log(top))) if top > 0.0 else ForwardMessage(mass, -np.inf)


class Forward(Protocol):
    """An automaton's forward messages under a constraint."""

    def begin(self, length: int) -> ForwardMessage:
        """α before the first of `length` tokens."""

    def step(self, alpha: ForwardMessage, tokens: np.ndarray, child: int) -> tuple[np.ndarray, ForwardMessage]:
        """log p(tokens so far fit, token, the rest fits from node `child`) in nats, shape (V,), -inf for all but
        `tokens`; and α after `tokens`."""


class Messages(ABC):
    """An automaton's backward messages under a constraint: sums, or with `best` upper bounds of the best completion."""

    @abstractmethod
    def step(self, frontier: Frontier, nodes: np.ndarray | int) -> Step:
        """p(prefix, token, the rest fits) at constraint nodes of shape (n,), or at one node that all prefixes share.

        The mass is exact at the last token. With `best` it bounds p of the best sequence that goes on so.
        """

    def forwards(self) -> list[Forward]:
        """The forward messages that meet these sums, one for each part of a mixture; bounds have none."""
        return []


def log(values: np.ndarray) -> np.ndarray:
    """log in nats, with -inf for a zero and no warning."""
    with np.errstate(divide="ignore"):
        return np.log(values)


def log_sum(values: np.ndarray, axis: int = -1) -> np.ndarray:
    """log of the sum of exponentials along an axis, -inf where all are -inf."""
    top = values.max(axis=axis, keepdims=True)
    top[top == -np.inf] = 0.0
    return log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
