"""The residuals of an acceptor at each node of a constraint: states that allow the same continuations are one class.

A state matters only through the continuations that it forbids. With few tokens remaining, most forbidden runs that have
begun cannot be completed, so there are far fewer classes than states (the classes of Myhill and Nerode, for each node
of a constraint).

symbol             shape       what
N                              nodes of the constraint
V                              tokens of the vocabulary
A                              states of the acceptor that can be reached, ascending; a place is a number among them
E                              explicit transitions of these states, by place and token
row                (V,)        places that the root leads to, -1 for SINK
place, token       (E,)        of each explicit transition
target             (E,)        the place that it leads to, -1 for SINK
offsets            (A + 1,)    the first explicit transition of each place
classes            (N, A + 1)  int32, the class of each place at each node, NOTHING for SINK, which comes last
representatives                for each node the place of one state of each class, from class 1 up
"""

from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from generator.constraints.acceptor import Acceptor, among, distinct
from generator.constraints.dfa import DONE, SINK, Constraint
from generator.ranges import expand_ranges

NOTHING = 0  # the class of states that allow nothing that fits
_kept: "WeakKeyDictionary[Acceptor, Reached]" = WeakKeyDictionary()


class Reached(NamedTuple):
    """The states of an acceptor that can be reached, int64 (A,), and where they lead (see above)."""

    states: np.ndarray
    row: np.ndarray
    place: np.ndarray
    token: np.ndarray
    target: np.ndarray
    offsets: np.ndarray

    def edges_of(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The explicit transitions of some states: which of the states, ascending, and which transition, both (n,)."""
        first = self.offsets[places]
        return expand_ranges(first, self.offsets[places + 1] - first)


def reached(acceptor: Acceptor) -> Reached:
    """The states of an acceptor that can be reached, worked out once."""
    if acceptor not in _kept:
        _kept[acceptor] = _reach(acceptor)
    return _kept[acceptor]


def _reach(acceptor: Acceptor) -> Reached:
    tokens = np.arange(len(acceptor.vocabulary))
    row = acceptor.next_state(np.full(len(tokens), acceptor.root), tokens)
    known = ahead = distinct(np.concatenate([[acceptor.initial_state, acceptor.root], row[row != SINK]]))
    while len(ahead):
        place, token = acceptor.explicit_transitions(ahead)
        ahead = distinct(acceptor.next_state(ahead[place], token))
        ahead = ahead[(ahead != SINK) & ~among(ahead, known)]
        known = distinct(np.append(known, ahead))

    def places(states: np.ndarray) -> np.ndarray:
        return np.where(states == SINK, -1, np.searchsorted(known, states))

    place, token = acceptor.explicit_transitions(known)
    target = places(acceptor.next_state(known[place], token))
    return Reached(known, places(row), place, token, target, np.searchsorted(place, np.arange(len(known) + 1)))


def residuals_of(constraint: Constraint, acceptor: Acceptor) -> "Residuals":
    """The residuals of an acceptor at the nodes of a constraint, worked out once for each constraint."""
    if ("residuals", acceptor) not in constraint.cache:
        constraint.cache["residuals", acceptor] = Residuals(constraint, acceptor)
    return constraint.cache["residuals", acceptor]


def any_allowed(constraint: Constraint, acceptor: Acceptor) -> bool:
    """Whether an acceptor allows any sequence that fits, whatever its probability.

    >>> import generator
    >>> vocabulary = generator.Vocabulary("ab")
    >>> fits = generator.constrain(generator.parse_pattern("ab*"), vocabulary)
    >>> acceptors = [generator.max_ngram_overlap(*limits, vocabulary) for limits in ((["bab"], 2), (["ab"], 1))]
    >>> [any_allowed(fits, acceptor) for acceptor in acceptors]
    [True, False]
    """
    residuals = residuals_of(constraint, acceptor)
    start = np.searchsorted(residuals.reached.states, acceptor.initial_state)
    return any(residuals.classes[node, start] != NOTHING for node in constraint.starts.values())


class Residuals:
    """The classes of an acceptor's states at the nodes of a constraint, and a representative of each (see above)."""

    def __init__(self, constraint: Constraint, acceptor: Acceptor):
        self.reached = reached(acceptor)
        self.classes = np.zeros((len(constraint.remaining), len(self.reached.states) + 1), dtype=np.int32)
        self.representatives = [np.empty(0, dtype=np.int64)] * len(constraint.remaining)
        ends = acceptor.is_final(self.reached.states)
        self.classes[DONE, :-1], self.representatives[DONE] = ends, np.flatnonzero(ends)[:1]
        # Nodes that only begin sequences meet the acceptor in its initial state alone.
        first = (
            set(constraint.starts.values())
            - set(np.unique(constraint.transitions).tolist())
            - constraint.entries
            - constraint.unconstrained.keys()
        )
        start, every = (
            np.searchsorted(self.reached.states, [acceptor.initial_state]),
            np.arange(len(self.reached.states)),
        )
        for node in np.argsort(constraint.remaining, kind="stable").tolist():
            if node > DONE:
                self._sort(node, constraint.transitions[node], start if node in first else every)

    def alive(self, node: int) -> np.ndarray:
        """Whether each state allows anything that fits from a node on, bool, shape (A,)."""
        return self.classes[node, :-1] != NOTHING

    def _sort(self, node: int, transitions: np.ndarray, states: np.ndarray) -> None:
        """Set the classes of some states at a node: the classes that their tokens lead to, as they differ from those of
        the root, tell them apart."""
        reach = self.reached
        of_root = self.classes[transitions, reach.row]
        here, there = self.classes[transitions[reach.token], reach.target], of_root[reach.token]
        told = _mixed(reach.token, here) - _mixed(reach.token, there)
        alive = np.count_nonzero(of_root) + self._each((here != NOTHING).astype(np.int64) - (there != NOTHING))
        live = states[alive[states] > 0]
        _, representative, number = np.unique(self._each(told)[live], return_index=True, return_inverse=True)
        self.classes[node, live], self.representatives[node] = number + 1, live[representative]

    def _each(self, values: np.ndarray) -> np.ndarray:
        """The sum of each state's values; unsigned sums wrap around."""
        sums = np.concatenate([np.zeros(1, dtype=values.dtype), np.cumsum(values)])[self.reached.offsets]
        return sums[1:] - sums[:-1]


def _mixed(tokens: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """A number of 64 bits for each token and class, so that sums of them tell rows apart (Steele et al. 2014,
    splitmix64)."""
    mixed = (tokens.astype(np.uint64) << np.uint64(32)) + classes.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))
