"""What a guard still allows at each place of a pattern: states that allow the same of what is to come are of one kind
there.

A state matters only as far as it forbids something of what may follow. With few tokens to come most of what is under
way cannot be completed any more, so there are far fewer kinds than states (the classes of Myhill and Nerode, for each
node of a constraint).
"""

from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from generator.constraints.acceptor import Guard, among, distinct
from generator.constraints.dfa import DEAD, DONE, Constraint
from generator.runs import runs

NOTHING = 0  # the kind of states from which nothing that fits is allowed
_kept: "WeakKeyDictionary[Guard, Reached]" = WeakKeyDictionary()


class Reached(NamedTuple):
    """The states that a guard can come to, ascending, and where they lead, as places among them, -1 for dead.

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
        return runs(first, self.offsets[places + 1] - first)


def reached(guard: Guard) -> Reached:
    """The states that a guard can come to, worked out once."""
    if guard not in _kept:
        _kept[guard] = _reach(guard)
    return _kept[guard]


def _reach(guard: Guard) -> Reached:
    tokens = np.arange(len(guard.vocabulary))
    row = guard.after(np.full(len(tokens), guard.root), tokens)
    known = ahead = distinct(np.concatenate([[guard.start, guard.root], row[row != DEAD]]))
    while len(ahead):
        place, token = guard.special(ahead)
        ahead = distinct(guard.after(ahead[place], token))
        ahead = ahead[(ahead != DEAD) & ~among(ahead, known)]
        known = distinct(np.append(known, ahead))

    def places(states: np.ndarray) -> np.ndarray:
        return np.where(states == DEAD, -1, np.searchsorted(known, states))

    place, token = guard.special(known)
    target = places(guard.after(known[place], token))
    return Reached(known, places(row), place, token, target, np.searchsorted(place, np.arange(len(known) + 1)))


def futures_of(constraint: Constraint, guard: Guard) -> "Futures":
    """The kinds of a guard's states at the nodes of a constraint, worked out once for each constraint."""
    if ("futures", guard) not in constraint.messages:
        constraint.messages["futures", guard] = Futures(constraint, guard)
    return constraint.messages["futures", guard]


def any_allowed(constraint: Constraint, guard: Guard) -> bool:
    """Whether a guard allows any sequence of those that fit, whatever a model makes of them.

    >>> import generator
    >>> vocabulary = generator.Vocabulary("ab")
    >>> fits = generator.constrain(generator.parse_pattern("ab*"), vocabulary)
    >>> any_allowed(fits, generator.no_copy(["bab"], 2, vocabulary))
    True
    >>> any_allowed(fits, generator.no_copy(["ab"], 1, vocabulary))
    False
    """
    futures = futures_of(constraint, guard)
    start = np.searchsorted(futures.reached.states, guard.start)
    return any(futures.kinds[node, start] != NOTHING for node in constraint.starts.values())


class Futures:
    """The kinds of a guard's states at the nodes of a constraint.

    kinds: int32, shape (N, A + 1), the kind of each state at each node, NOTHING for dead, which comes last. heads: for
    each node the place of one state of each kind, from kind 1 up.
    """

    def __init__(self, constraint: Constraint, guard: Guard):
        self.reached = reached(guard)
        self.kinds = np.zeros((len(constraint.to_come), len(self.reached.states) + 1), dtype=np.int32)
        self.heads = [np.empty(0, dtype=np.int64)] * len(constraint.to_come)
        ends = guard.ends(self.reached.states)
        self.kinds[DONE, :-1], self.heads[DONE] = ends, np.flatnonzero(ends)[:1]
        # Where a sequence can but begin the guard is at its start.
        first = (
            set(constraint.starts.values())
            - set(np.unique(constraint.children).tolist())
            - constraint.entries
            - constraint.free.keys()
        )
        start, every = np.searchsorted(self.reached.states, [guard.start]), np.arange(len(self.reached.states))
        for node in np.argsort(constraint.to_come, kind="stable").tolist():
            if node > DONE:
                self._sort(node, constraint.children[node], start if node in first else every)

    def alive(self, node: int) -> np.ndarray:
        """Whether anything that fits is allowed at a node from each state, bool, shape (A,)."""
        return self.kinds[node, :-1] != NOTHING

    def _sort(self, node: int, children: np.ndarray, states: np.ndarray) -> None:
        """The kinds at a node of some states: each is told by the kinds that its tokens lead to, as they differ from
        the root's."""
        reach = self.reached
        of_root = self.kinds[children, reach.row]
        here, there = self.kinds[children[reach.token], reach.target], of_root[reach.token]
        told = _mixed(reach.token, here) - _mixed(reach.token, there)
        alive = np.count_nonzero(of_root) + self._each((here != NOTHING).astype(np.int64) - (there != NOTHING))
        live = states[alive[states] > 0]
        _, head, kind = np.unique(self._each(told)[live], return_index=True, return_inverse=True)
        self.kinds[node, live], self.heads[node] = kind + 1, live[head]

    def _each(self, values: np.ndarray) -> np.ndarray:
        """The sum of each state's values, round the clock where they are unsigned."""
        sums = np.concatenate([np.zeros(1, dtype=values.dtype), np.cumsum(values)])[self.reached.offsets]
        return sums[1:] - sums[:-1]


def _mixed(tokens: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """A number of 64 bits for each token and kind, so that sums of them tell rows apart (Steele et al. 2014,
    splitmix64)."""
    mixed = (tokens.astype(np.uint64) << np.uint64(32)) + kinds.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))
