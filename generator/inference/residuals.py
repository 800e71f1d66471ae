"""What an acceptor still allows at each place of a pattern: states that allow the same of what is to come are of one kind
there.

A state matters only as far as it forbids something of what may follow. With few tokens to come most of what is under
way cannot be completed any more, so there are far fewer kinds than states (the classes of Myhill and Nerode, for each
node of a constraint).
"""

from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from generator.constraints.acceptor import Acceptor, among, distinct
from generator.constraints.dfa import DONE, SINK, Constraint
from generator.ranges import expand_ranges

NOTHING = 0  # the kind of states from which nothing that fits is allowed
_kept: "WeakKeyDictionary[Acceptor, Reached]" = WeakKeyDictionary()


class Reached(NamedTuple):
    """The states that an acceptor can come to, ascending, and where they lead, as places among them, -1 for dead.

    states: int64 (A,). row: (V,), from the root. place, token, target: (E,), what is special to each state, by place
    and token. offsets: (A + 1,), where in them each state's begin.
    """

    states: np.ndarray
    row: np.ndarray
    place: np.ndarray
    token: np.ndarray
    target: np.ndarray
    offsets: np.ndarray

    def edges_of(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What is special to some states: which of them, ascending, and which edge, both (n,)."""
        first = self.offsets[places]
        return expand_ranges(first, self.offsets[places + 1] - first)


def reached(acceptor: Acceptor) -> Reached:
    """The states that an acceptor can come to, worked out once."""
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
    """The kinds of an acceptor's states at the nodes of a constraint, worked out once for each constraint."""
    if ("residuals", acceptor) not in constraint.messages:
        constraint.messages["residuals", acceptor] = Residuals(constraint, acceptor)
    return constraint.messages["residuals", acceptor]


def any_allowed(constraint: Constraint, acceptor: Acceptor) -> bool:
    """Whether an acceptor allows any sequence of those that fit, whatever a model makes of them.

    >>> import generator
    >>> vocabulary = generator.Vocabulary("ab")
    >>> fits = generator.constrain(generator.parse_pattern("ab*"), vocabulary)
    >>> any_allowed(fits, generator.max_ngram_overlap(["bab"], 2, vocabulary))
    True
    >>> any_allowed(fits, generator.max_ngram_overlap(["ab"], 1, vocabulary))
    False
    """
    residuals = residuals_of(constraint, acceptor)
    start = np.searchsorted(residuals.reached.states, acceptor.initial_state)
    return any(residuals.classes[node, start] != NOTHING for node in constraint.starts.values())


class Residuals:
    """The kinds of an acceptor's states at the nodes of a constraint.

    kinds: int32, shape (N, A + 1), the kind of each state at each node, NOTHING for dead, which comes last. heads: for
    each node the place of one state of each kind, from kind 1 up.
    """

    def __init__(self, constraint: Constraint, acceptor: Acceptor):
        self.reached = reached(acceptor)
        self.classes = np.zeros((len(constraint.remaining), len(self.reached.states) + 1), dtype=np.int32)
        self.representatives = [np.empty(0, dtype=np.int64)] * len(constraint.remaining)
        ends = acceptor.is_final(self.reached.states)
        self.classes[DONE, :-1], self.representatives[DONE] = ends, np.flatnonzero(ends)[:1]
        # Where a sequence can but begin the acceptor is at its start.
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
        """Whether anything that fits is allowed at a node from each state, bool, shape (A,)."""
        return self.classes[node, :-1] != NOTHING

    def _sort(self, node: int, transitions: np.ndarray, states: np.ndarray) -> None:
        """The kinds at a node of some states: each is told by the kinds that its tokens lead to, as they differ from
        the root's."""
        reach = self.reached
        of_root = self.classes[transitions, reach.row]
        here, there = self.classes[transitions[reach.token], reach.target], of_root[reach.token]
        told = _mixed(reach.token, here) - _mixed(reach.token, there)
        alive = np.count_nonzero(of_root) + self._each((here != NOTHING).astype(np.int64) - (there != NOTHING))
        live = states[alive[states] > 0]
        _, representative, number = np.unique(self._each(told)[live], return_index=True, return_inverse=True)
        self.classes[node, live], self.representatives[node] = number + 1, live[representative]

    def _each(self, values: np.ndarray) -> np.ndarray:
        """The sum of each state's values, round the clock where they are unsigned."""
        sums = np.concatenate([np.zeros(1, dtype=values.dtype), np.cumsum(values)])[self.reached.offsets]
        return sums[1:] - sums[:-1]


def _mixed(tokens: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """A number of 64 bits for each token and kind, so that sums of them tell rows apart (Steele et al. 2014,
    splitmix64)."""
    mixed = (tokens.astype(np.uint64) << np.uint64(32)) + classes.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))
