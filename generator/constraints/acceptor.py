"""What a sequence may never hold, as a complete deterministic automaton over tokens: its state tells what a prefix
still allows.

State 0 is SINK for ever: something forbidden stands in the prefix. Most tokens lead a state to where they would lead
any other, so a state stores only the tokens that are special to it; for the rest it looks where another state leads, in
the end the ROOT, whose row is whole (as in Aho and Corasick, 1975). Letters get a table of all states and tokens
besides.

How a query that goes forward uses one: `states = acceptor.next_state(states, tokens)` with every token, prefixes at SINK
dropped, and of whole sequences those kept at which `acceptor.is_final(states)`. A bound that knows nothing of the acceptor is
still a bound.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np

from generator.ranges import expand_ranges
from generator.vocabulary import Vocabulary

SINK = 0
PAST = -1  # in place of a token: the sequence is over
DENSE = 6_000_000  # entries of a table of all states and tokens, up to which it is laid out


class Acceptor(Protocol):
    """An automaton over the tokens of a vocabulary.

    start: the state before the first token. root: the state that a prefix without anything remarkable is in; what is
    forbidden from there is forbidden from every state, unless that depends on where it stands, and the acceptor is
    `placed`. size: more than any state.
    """

    vocabulary: Vocabulary
    initial_state: int
    root: int
    size: int
    placed: bool

    def next_state(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after a token at a state, both int of shape (n,); SINK where something forbidden is complete."""

    def is_final(self, states: np.ndarray) -> np.ndarray:
        """Whether a sequence may end at a state, bool, shape (n,)."""

    def explicit_transitions(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that may lead a state elsewhere than the root: places among the states and tokens, (m,) each, by
        both, no pair twice."""


def distinct(values: np.ndarray) -> np.ndarray:
    """The distinct values, ascending; np.unique hashes whole numbers, and is slow where they are large and many."""
    values = np.sort(values)
    return values[np.append(True, values[1:] != values[:-1])] if len(values) else values


def among(values: np.ndarray, ascending: np.ndarray) -> np.ndarray:
    """Which of some values are among others, which stand in ascending order."""
    place = np.searchsorted(ascending, values)
    return (
        ascending[np.minimum(place, len(ascending) - 1)] == values
        if len(ascending)
        else np.zeros(len(values), dtype=bool)
    )


def allowed(acceptor: Acceptor, ids: np.ndarray) -> np.ndarray:
    """Which sequences hold nothing forbidden; token ids of shape (n, T), PAST after the last, bool (n,).

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
    """An Acceptor of A states as they are stored.

    codes: int64 (E,), state * V + token, ascending; targets: int32 (E,), the states that they lead to. instead: int32
    (A,), the state that answers for what a state does not store, itself nearer to the root. row: int32 (V,), the
    root's. stops: bool (A,), where to end.
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
        """How many states there are, SINK among them."""
        return len(self.failure)

    def next_state(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after a token at a state (see Acceptor)."""
        return self._looked_up(states, tokens) if self._dense is None else self._dense[states, tokens]

    def is_final(self, states: np.ndarray) -> np.ndarray:
        """Whether a sequence may end at a state (see Acceptor)."""
        return self.final[states]

    def explicit_transitions(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that may lead a state elsewhere than the root (see Acceptor)."""
        if self._dense is not None:
            return np.nonzero(self._dense[states] != self.row)
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
        """The state after each token at each state, int32 (A, V); None where that is too large."""
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
        """How many states further the root's row is."""
        depth, here = np.zeros(self.size, dtype=int), np.arange(self.size)
        while (here != self.root).any():
            depth[here != self.root] += 1
            here = np.where(here == SINK, self.root, self.failure[here])
        return depth


class Intersection:
    """The acceptor that two acceptors are together: a state is a pair of theirs, as one number."""

    def __init__(self, one: Acceptor, other: Acceptor):
        self.vocabulary, self.one, self.other = one.vocabulary, one, other
        self.initial_state, self.root = (
            self._pair(one.initial_state, other.initial_state),
            self._pair(one.root, other.root),
        )
        self.size, self.placed = one.size * other.size, one.placed or other.placed

    def next_state(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after a token at a state (see Acceptor)."""
        one, other = np.divmod(states, self.other.size)
        one, other = self.one.next_state(one, tokens), self.other.next_state(other, tokens)
        return np.where((one == SINK) | (other == SINK), SINK, self._pair(one.astype(np.int64), other))

    def is_final(self, states: np.ndarray) -> np.ndarray:
        """Whether a sequence may end at a state (see Acceptor)."""
        one, other = np.divmod(states, self.other.size)
        return self.one.is_final(one) & self.other.is_final(other)

    def explicit_transitions(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that may lead a state elsewhere than the root (see Acceptor)."""
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
    """The acceptors that an acceptor is put together from; itself alone if it is from none.

    >>> import generator
    >>> one, other = (generator.blocked_substrings([stem], Vocabulary("ab"), lambda letter: {letter}) for stem in ("aa", "bb"))
    >>> conjuncts(intersect(one, other)) == [one, other], conjuncts(one) == [one]
    (True, True)
    """
    return [*conjuncts(acceptor.one), *conjuncts(acceptor.other)] if isinstance(acceptor, Intersection) else [acceptor]


@lru_cache(
    maxsize=64
)  # what is worked out under an acceptor is kept for that very acceptor: at least one for each corpus of a shelf
def intersect(one: Acceptor | None, other: Acceptor | None) -> Acceptor | None:
    """The acceptor of what neither of two acceptors allows to be held; None accepts everything.

    Nothing is worked out beforehand: a state is a pair of states. The same two give the same one again. Raises
    ValueError where their vocabularies differ.

    >>> vocabulary = Vocabulary("ab")
    >>> import generator
    >>> acceptor = intersect(generator.max_ngram_overlap(["ab"], 1, vocabulary), generator.max_ngram_overlap(["ba"], 1, vocabulary))
    >>> allowed(acceptor, np.array([[0, 0], [0, 1], [1, 0]])).tolist()
    [True, False, False]
    """
    if one is None or other is None:
        return one or other
    if one.vocabulary.tokens != other.vocabulary.tokens:
        raise ValueError("two guards over different tokens cannot be one")
    return Intersection(one, other)
