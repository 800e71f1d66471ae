"""What every model offers the engine: an automaton to walk forward, and messages backward over its product with a
constraint.

The messages of one model under one constraint are built from the end of the constraint to its start; a query then walks
forward over prefixes, many at once, and at each prefix is told the mass of every next token: how probable it is that
the prefix goes on so *and* the rest fits. Drawing and completing know nothing else about a model.
"""

import math
import weakref
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np

from generator.constraints.dfa import SINK, Constraint

SMALL = 1e-100  # a message with no greater entry is scaled up: products must stay far from the least number there is
LOOKED_AT = 8  # a message is looked at for that once in so many tokens, which cannot bring it from there to nothing


class Frontier(NamedTuple):
    """A batch of n prefixes of one length.

    state: what the model remembers of each prefix; its first axis has length n.
    log_prob: log p(prefix) in nats, float64, shape (n,).
    """

    state: Any
    log_prob: np.ndarray


class Automaton(Protocol):
    """A model as the engine sees it; it knows nothing of patterns."""

    def begin(self, lengths: np.ndarray) -> Frontier:
        """The empty prefixes of sequences of so many tokens each, lengths of shape (n,)."""

    def advance(self, frontier: Frontier, rows: np.ndarray, tokens: np.ndarray) -> Frontier:
        """The prefixes in `rows`, each with one more token."""

    def advance_unknown(self, frontier: Frontier) -> Frontier:
        """The prefixes, each with one token that training never saw: any one of them, since the model cannot tell them
        apart."""

    def finish(self, frontier: Frontier) -> np.ndarray:
        """log p(prefix and then the end) in nats, shape (n,)."""


class Step(NamedTuple):
    """What may come next: the mass of every token after every prefix, exp(offset) mass with mass float64 (n, V), offset
    (n,) in nats."""

    mass: np.ndarray
    offset: np.ndarray

    def log(self) -> np.ndarray:
        """The masses in nats, shape (n, V), -inf for none."""
        return log(self.mass) + self.offset[:, None]


class Messages(Protocol):
    """A model's backward messages under a constraint: sums, or with `best` upper bounds of the best completion."""

    def step(self, frontier: Frontier, nodes: np.ndarray | int) -> Step:
        """p(prefix, token, and the rest fits) at constraint nodes of shape (n,), or at one node where all prefixes
        stand.

        Exact where no token is to come after this one. With `best`: a bound on p of the best sequence that goes on so.
        """


class NodeMessages:
    """Messages at the nodes of a constraint, scaled so that their greatest entries are not too small: what chains and
    HMMs share.

    vectors: for each node float64 of shape (states of the model,), all zeros where nothing can be filled. scale: log of
    what each was divided by, nats, float64 (N,); -inf for a node that was not set, or seen to be all zeros.
    """

    def __init__(self, constraint: Constraint, states: int):
        self.constraint = weakref.proxy(
            constraint
        )  # which keeps these messages: a cycle would hold tens of MB until gc comes
        self.vectors: list[np.ndarray] = [np.zeros(states)] * len(constraint.remaining)
        self.scale = np.full(len(constraint.remaining), -np.inf)
        self.remaining = constraint.remaining.tolist()
        self._arcs: dict[int, Arcs] = {}

    def put(self, node: int, message: np.ndarray, scale: float = 0.0) -> None:
        """Set the message of a node to exp(scale) message; the array is the node's own from now on."""
        if self.remaining[node] % LOOKED_AT:
            self.vectors[node], self.scale[node] = message, scale
            return
        top = float(message.max(initial=0.0))
        if 0.0 < top < SMALL:
            message /= top
            scale += math.log(top)
        if top > 0.0:
            self.vectors[node], self.scale[node] = message, scale

    @cached_property
    def stacked(self) -> np.ndarray:
        """All vectors as they are now, float64, shape (N, states): for prefixes that stand at several nodes."""
        return np.array(self.vectors)

    def transitions(self, nodes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The nodes after each token, int (n, V), the share of each in its row's scale, float64 (n, V), and that scale,
        (n,)."""
        transitions = self.constraint.transitions[nodes]
        scales = self.scale[transitions]
        top = scales.max(axis=1)
        top[top == -np.inf] = 0.0
        return transitions, np.exp(scales - top[:, None]), top

    def arcs(self, node: int) -> "Arcs":
        """How a sequence may go on from a node, worked out once."""
        if node not in self._arcs:
            self._arcs[node] = self._work_out(node)
        return self._arcs[node]

    def _work_out(self, node: int) -> "Arcs":
        arcs = self.constraint.arcs(node)
        if len(arcs) == 1:
            ((child, tokens),) = arcs
            return Arcs(float(self.scale[child]), (Arc(child, 1.0, tokens),) if self.scale[child] > -np.inf else ())
        live = [(child, tokens, float(self.scale[child])) for child, tokens in arcs if self.scale[child] > -np.inf]
        top = max((scale for _, _, scale in live), default=-np.inf)
        return Arcs(top, tuple(Arc(child, math.exp(scale - top), tokens) for child, tokens, scale in live))


class Arc(NamedTuple):
    """A node after a node: its scale beside the greatest of all, and the tokens that lead there."""

    node: int
    share: float
    tokens: np.ndarray


class Arcs(NamedTuple):
    """The nodes after a node, and the greatest of their scales, nats."""

    scale: float
    live: tuple[Arc, ...]


def only(nodes: np.ndarray | int) -> int | None:
    """The node where all rows stand, None where they stand at several."""
    if isinstance(nodes, int):
        return nodes
    first = nodes[0] if len(nodes) else SINK
    return int(first) if (nodes == first).all() else None


def log(values: np.ndarray) -> np.ndarray:
    """log in nats, with -inf for a zero and no warning."""
    with np.errstate(divide="ignore"):
        return np.log(values)


def log_sum(values: np.ndarray, axis: int = -1) -> np.ndarray:
    """log of the sum of exponentials along an axis, -inf where all are -inf."""
    top = values.max(axis=axis, keepdims=True)
    top[top == -np.inf] = 0.0
    return log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)
