"""Backward messages at the nodes of a constraint, scaled against underflow: what chains and HMMs share.

symbol     shape    what
N                   nodes of the constraint
S                   states of the automaton
vectors    (S,)     β of a node, divided by exp(scale); one for each node
scale      (N,)     nats; -inf for a node that was not set, or whose β is all zeros
share               exp(scale of a child node − the greatest scale among the children)
"""

import math
import weakref
from functools import cached_property
from typing import NamedTuple

import numpy as np

from generator.constraints.dfa import SINK, Constraint

SMALL = 1e-100  # a message whose greatest entry is smaller is scaled up
RESCALED = 8  # tokens between two rescalings: 8 multiplications cannot underflow from 1e-100


class Arc(NamedTuple):
    """An arc to a child node: the child, its share, and the tokens that lead there."""

    node: int
    share: float
    tokens: np.ndarray


class Arcs(NamedTuple):
    """The arcs of a node to children whose β is not all zeros, and the greatest scale among these children, nats."""

    scale: float
    live: tuple[Arc, ...]


class NodeMessages:
    """The scaled messages of all nodes: `vectors`, float64 (S,) each, all zeros if nothing fits, and `scale`, float64
    (N,) in nats."""

    def __init__(self, constraint: Constraint, states: int):
        # The constraint's cache holds these messages: a cycle would keep tens of MB until the garbage collector runs.
        self.constraint = weakref.proxy(constraint)
        self.vectors: list[np.ndarray] = [np.zeros(states)] * len(constraint.remaining)
        self.scale = np.full(len(constraint.remaining), -np.inf)
        self.remaining = constraint.remaining.tolist()
        self._arcs: dict[int, Arcs] = {}

    def put(self, node: int, message: np.ndarray, scale: float = 0.0) -> None:
        """Set β of a node to exp(scale) message. The node owns the array from now on."""
        if self.remaining[node] % RESCALED:
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
        """All vectors, float64 (N, S): for prefixes that stand at several nodes."""
        return np.array(self.vectors)

    def transitions(self, nodes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The nodes after each token, int (n, V), their shares, float64 (n, V), and the greatest scale of each row,
        (n,)."""
        transitions = self.constraint.transitions[nodes]
        scales = self.scale[transitions]
        top = scales.max(axis=1)
        top[top == -np.inf] = 0.0
        return transitions, np.exp(scales - top[:, None]), top

    def arcs(self, node: int) -> Arcs:
        """The live arcs of a node, worked out once."""
        if node not in self._arcs:
            self._arcs[node] = self._scaled_arcs(node)
        return self._arcs[node]

    def _scaled_arcs(self, node: int) -> Arcs:
        arcs = self.constraint.arcs(node)
        if len(arcs) == 1:
            ((child, tokens),) = arcs
            return Arcs(float(self.scale[child]), (Arc(child, 1.0, tokens),) if self.scale[child] > -np.inf else ())
        live = [(child, tokens, float(self.scale[child])) for child, tokens in arcs if self.scale[child] > -np.inf]
        top = max((scale for _, _, scale in live), default=-np.inf)
        return Arcs(top, tuple(Arc(child, math.exp(scale - top), tokens) for child, tokens, scale in live))


def only(nodes: np.ndarray | int) -> np.ndarray | int:
    """The node that all rows share; the nodes as they are if rows stand at several."""
    if isinstance(nodes, int):
        return nodes
    first = nodes[0] if len(nodes) else SINK
    return int(first) if (nodes == first).all() else nodes
