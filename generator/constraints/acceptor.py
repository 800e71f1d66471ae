"""Acceptors: complete deterministic automata over tokens that say which sequences are allowed.

State 0 is SINK: no continuation of the prefix is allowed. Most tokens lead a state to where they would lead any other
state, so a state stores its explicit transitions only and follows its failure link for the rest. The links end at the
root, which stores a transition for every token (Aho and Corasick, 1975). A small automaton also gets a dense table of
all states and tokens. The acceptor of sequences without `ab`, over a, b and c:

    (1 root) ──a──▶ (2) ──b──▶ (0 SINK)
      │  ▲           ┊
      b, c           ┊ failure link: a and c lead from 2 where they lead from the root
      └──┘ ◀┄┄┄┄┄┄┄┄┄┘

A query walks forward: `states = acceptor.next_state(states, tokens)` after every token. It drops prefixes at SINK and
keeps whole sequences where `acceptor.is_final(states)`. An upper bound that ignores the acceptor stays a bound.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np

from generator.ranges import expand_ranges
from generator.vocabulary import Vocabulary

SINK = 0  # the state that accepts nothing; of constraints too
PAST = -1  # pads token ids after the end of a sequence
DENSE = 6_000_000  # most entries of a dense table of all states and tokens


class Acceptor(Protocol):
    """A complete DFA over the tokens of a vocabulary.

    initial_state: the state before the first token. root: the state of a prefix that no rule remembers; a token that
    leads the root to SINK leads every state there, unless the acceptor is `placed`. size: more than any state.
    placed: whether the acceptor counts places, so that the state depends on more than the last tokens.
    """

    vocabulary: Vocabulary
    initial_state: int
    root: int
    size: int
    placed: bool

    def next_state(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after one token, int (n,), from states and tokens, int (n,); SINK if the prefix is rejected."""

    def is_final(self, states: np.ndarray) -> np.ndarray:
        """Whether a sequence may end at a state, bool (n,)."""

    def explicit_transitions(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that may lead a state elsewhere than they lead the root.

        Returns indices into `states` and tokens, int (m,) each, sorted by both, without repeats.
        """


def distinct(values: np.ndarray) -> np.ndarray:
    """The distinct values, ascending. np.unique hashes integers, which is slow for many large ones."""
    values = np.sort(values)
    return values[np.append(True, values[1:] != values[:-1])] if len(values) else values


def among(values: np.ndarray, ascending: np.ndarray) -> np.ndarray:
    """Which values are in a sorted array, bool (n,)."""
    place = np.searchsorted(ascending, values)
    return (
        ascending[np.minimum(place, len(ascending) - 1)] == values
        if len(ascending)
        else np.zeros(len(values), dtype=bool)
    )


def allowed(acceptor: Acceptor, ids: np.ndarray) -> np.ndarray:
    """Which sequences an acceptor accepts, bool (n,), from token ids (n, T) padded with PAST.

    >>> vocabulary = Vocabulary("ab")
    >>> import generator
    >>> allowed(generator.max_ngram_overlap(["aab"], 2, vocabulary), np.array([[0, 1, 0], [0, 0, 1]])).tolist()
    [True, False]
    """
    states = np.full(len(ids), acceptor.initial_state)
    for tokens in ids.T:
        states = np.where(tokens == PAST, states, acceptor.next_state(states, np.where(tokens == PAST, 0, tokens)))
    return acceptor.is_final(states)


@dataclass(frozen=True, eq=False)
class Table:
    """An Acceptor of A states with explicit transitions and failure links.

    codes: int64 (E,), state * V + token of each explicit transition, ascending. targets: int32 (E,), the state after
    each. failure: int32 (A,), the state that answers for the tokens that a state does not store; links end at the root.
    row: int32 (V,), the transitions of the root. final: bool (A,), the final states.
    """

    vocabulary: Vocabulary
    initial_state: int
    root: int
    codes: np.ndarray
    targets: np.ndarray
    failure: np.ndarray
    row: np.ndarray
    final: np.ndarray
    placed = False

    @property
    def size(self) -> int:
        """The number of states, SINK included."""
        return len(self.failure)

    def next_state(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after each token (see Acceptor)."""
        return self._looked_up(states, tokens) if self._dense is None else self._dense[states, tokens]

    def is_final(self, states: np.ndarray) -> np.ndarray:
        """Whether a sequence may end at each state (see Acceptor)."""
        return self.final[states]

    def explicit_transitions(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that may lead elsewhere than from the root (see Acceptor)."""
        if self._dense is not None:
            rows, tokens = np.nonzero(self._dense[states] != self.row)
            return rows, tokens
        width, found = len(self.vocabulary), [np.empty(0, dtype=np.int64)]
        places, here = np.arange(len(states)), np.asarray(states)
        while len(here):
            first, last = np.searchsorted(self.codes, [here * width, (here + 1) * width])
            rows, edges = expand_ranges(first, last - first)
            found.append(places[rows] * width + self.codes[edges] % width)
            here = self.failure[here]
            places, here = places[here != self.root], here[here != self.root]
        return np.divmod(distinct(np.concatenate(found)), width)

    def _looked_up(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        found, here = self.row[tokens], np.array(states)
        found[here == SINK] = SINK
        asking = np.flatnonzero((here != self.root) & (here != SINK))
        while len(asking) and len(self.codes):
            codes = here[asking] * np.int64(len(self.vocabulary)) + tokens[asking]
            place = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
            stored = self.codes[place] == codes
            found[asking[stored]] = self.targets[place[stored]]
            asking = asking[~stored]
            here[asking] = self.failure[here[asking]]
            asking = asking[here[asking] != self.root]
        return found

    @cached_property
    def _dense(self) -> np.ndarray | None:
        """The state after each token at each state, int32 (A, V); None if the table would be too large."""
        width = len(self.vocabulary)
        if self.size * width > DENSE:
            return None
        table = np.tile(self.row, (self.size, 1))
        owner, token = np.divmod(self.codes, width)
        depth = self._depth
        for level in range(1, int(depth.max(initial=0)) + 1):
            here, edges = depth == level, depth[owner] == level
            table[here] = table[self.failure[here]]
            table[owner[edges], token[edges]] = self.targets[edges]
        table[SINK] = SINK
        return table

    @cached_property
    def _depth(self) -> np.ndarray:
        """How many failure links lead from each state to the root, int (A,)."""
        depth, here = np.zeros(self.size, dtype=int), np.arange(self.size)
        while (here != self.root).any():
            depth[here != self.root] += 1
            here = np.where(here == SINK, self.root, self.failure[here])
        return depth


class Dense:
    """An Acceptor with a table of all states and tokens.

    table: int32 (A, V), the state after each token at each state. final: bool (A,), the final states.
    """

    placed = False

    def __init__(self, vocabulary: Vocabulary, table: np.ndarray, final: np.ndarray, initial_state: int, root: int):
        self.vocabulary, self.table, self.final = vocabulary, table, final
        self.initial_state, self.root, self.size = initial_state, root, len(table)

    def next_state(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after each token (see Acceptor)."""
        return self.table[states, tokens]

    def is_final(self, states: np.ndarray) -> np.ndarray:
        """Whether a sequence may end at each state (see Acceptor)."""
        return self.final[states]

    def explicit_transitions(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that may lead elsewhere than from the root (see Acceptor)."""
        places, tokens = np.nonzero(self.table[states] != self.table[self.root])
        return places, tokens


class Intersection:
    """The intersection of two acceptors: a state is a pair of their states, coded as one number."""

    def __init__(self, one: Acceptor, other: Acceptor):
        self.vocabulary, self.one, self.other = one.vocabulary, one, other
        self.initial_state, self.root = (
            self._pair(one.initial_state, other.initial_state),
            self._pair(one.root, other.root),
        )
        self.size, self.placed = one.size * other.size, one.placed or other.placed

    def next_state(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after each token (see Acceptor)."""
        one, other = np.divmod(states, self.other.size)
        one, other = self.one.next_state(one, tokens), self.other.next_state(other, tokens)
        return np.where((one == SINK) | (other == SINK), SINK, self._pair(one.astype(np.int64), other))

    def is_final(self, states: np.ndarray) -> np.ndarray:
        """Whether a sequence may end at each state (see Acceptor)."""
        one, other = np.divmod(states, self.other.size)
        return self.one.is_final(one) & self.other.is_final(other)

    def explicit_transitions(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that may lead elsewhere than from the root (see Acceptor)."""
        one, other = np.divmod(states, self.other.size)
        width = len(self.vocabulary)
        codes = [
            places * width + tokens
            for places, tokens in (self.one.explicit_transitions(one), self.other.explicit_transitions(other))
        ]
        return np.divmod(distinct(np.concatenate(codes)), width)

    def _pair(self, one, other):
        return one * self.other.size + other


def conjuncts(acceptor: Acceptor) -> list[Acceptor]:
    """The acceptors that an intersection consists of; any other acceptor alone.

    >>> import generator
    >>> stems = ("aa", "bb")
    >>> one, other = (generator.blocked_substrings([stem], Vocabulary("ab"), lambda letter: {letter}) for stem in stems)
    >>> conjuncts(intersect(one, other)) == [one, other], conjuncts(one) == [one]
    (True, True)
    """
    return [*conjuncts(acceptor.one), *conjuncts(acceptor.other)] if isinstance(acceptor, Intersection) else [acceptor]


# Callers keep what they worked out under an acceptor by its identity: one intersection for each corpus of a shelf.
@lru_cache(maxsize=64)
def intersect(one: Acceptor | None, other: Acceptor | None) -> Acceptor | None:
    """The intersection of two acceptors; None accepts everything.

    States are paired as they are met, so this costs nothing. The same two acceptors give the same intersection again.
    Raises ValueError if their vocabularies differ.

    >>> vocabulary = Vocabulary("ab")
    >>> import generator
    >>> acceptor = intersect(*(generator.max_ngram_overlap([entry], 1, vocabulary) for entry in ("ab", "ba")))
    >>> allowed(acceptor, np.array([[0, 0], [0, 1], [1, 0]])).tolist()
    [True, False, False]
    """
    if one is None or other is None:
        return one or other
    if one.vocabulary.tokens != other.vocabulary.tokens:
        raise ValueError("acceptors over different tokens have no intersection")
    return Intersection(one, other)
