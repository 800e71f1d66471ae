"""The talk's first model: a chain of one order without smoothing, as markovify has it.

p(w | state) = c(state, w) / c(state), where the state is the last `order` tokens, or all tokens near the start. What
was not seen after a state has no probability. The chain is a back-off chain (see Markov) that never backs off: λ = 0
everywhere, and the contexts shorter than a state only tell which states share a suffix.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from generator.inference.automaton_markov import EMPTY, START, MarkovAutomaton
from generator.models.markov import Markov
from generator.vocabulary import Vocabulary

BEGIN = -1  # the start of a sequence among the tokens of a context; it sorts before every token
# Counts of (state, token); tokens are ids, and the end is the size of the vocabulary.
Counts = Mapping[tuple[tuple[int, ...], int], float]


@dataclass(frozen=True, eq=False)
class Chain(Markov):
    """A Markov whose q are shares of counts, zero at edges of contexts that are no states, and whose λ are all zero.

    counts: float64 (E,), how often each edge was seen.
    """

    counts: np.ndarray = field(default_factory=lambda: np.empty(0))
    kind = "chain"
    tables = (*Markov.tables, "counts")

    @cached_property
    def backoff(self) -> np.ndarray:
        """λ(h) of each context, float64, shape (C,): exactly zero, without a rounding error."""
        return np.zeros(len(self.shorter))

    @cached_property
    def unseen(self) -> float:
        """The probability of a token that training never saw: zero."""
        return 0.0

    def tempered(self, wild: float) -> "Chain":
        counts = self.counts ** (1.0 / wild)
        return replace(self, counts=counts, q=shares(counts, self.offsets))

    def compacted(self) -> "Chain":
        return self

    def without_lengths(self) -> "Chain":
        return self

    @property
    def beyond_backoff(self) -> str:
        return "probabilities of zero"

    def check(self) -> None:
        """Raise ValueError if the tables do not fit together."""
        super().check()
        if (
            self.position
            or self.counts.shape != self.q.shape
            or not np.allclose(self.q, shares(self.counts, self.offsets))
        ):
            raise ValueError("shares are not those of the counts")


def chain_of(vocabulary: Vocabulary, order: int, counts: Counts) -> Chain:
    """The chain with some counts. Raises ValueError if a state leads to none, or if no state begins a sequence."""
    end, counts = len(vocabulary), _reached(counts, order, len(vocabulary))
    states = {state for state, _ in counts}
    number = _numbered(states, end)
    edges = {
        (number[state], token): (count, number.get(_after(state, token, order), EMPTY))
        for (state, token), count in counts.items()
    }
    for gram in _shorter_grams(counts, end):
        edges.setdefault((number[gram[0]], gram[1]), (0.0, number[_longest(gram, number)]))
    return _laid_out(vocabulary, order, sorted(number, key=number.__getitem__), number, sorted(edges.items()))


def _reached(counts: Counts, order: int, end: int) -> Counts:
    """The counts of the states that a sequence can reach."""
    following: dict[tuple[int, ...], list[int]] = {}
    for state, token in counts:
        following.setdefault(state, []).append(token)
    reached: set[tuple[int, ...]] = set()
    ahead: list[tuple[int, ...]] = [(BEGIN,)]
    while ahead:
        state = ahead.pop()
        if state in reached:
            continue
        if state not in following:
            raise ValueError(
                "no state begins a sequence" if state == (BEGIN,) else "a state leads to one that is not there"
            )
        reached.add(state)
        ahead += [_after(state, token, order) for token in following[state] if token != end]
    return {gram: count for gram, count in counts.items() if gram[0] in reached}


def _after(state: tuple[int, ...], token: int, order: int) -> tuple[int, ...]:
    """The state after a token."""
    return (*state, token)[-order:]


def _numbered(states: set[tuple[int, ...]], end: int) -> dict[tuple[int, ...], int]:
    """A number for every suffix of every state and every single token: by length, then by the last token, and so on."""
    contexts = (
        {state[i:] for state in states for i in range(len(state) + 1)} | {(token,) for token in range(end)} | {(BEGIN,)}
    )
    return {context: i for i, context in enumerate(sorted(contexts, key=lambda c: (len(c), c[::-1])))}


def _shorter_grams(counts: Counts, end: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """The grams under each gram in a back-off chain: those of its shorter contexts, and every token after nothing."""
    yield from ((state[i:], token) for state, token in counts for i in range(1, len(state) + 1))
    yield from (((), token) for token in range(end + 1))
    yield from (((token,), end) for token in range(end))


def _longest(gram: tuple[tuple[int, ...], int], number: dict) -> tuple[int, ...]:
    """The longest context that is a suffix of a gram."""
    history = (*gram[0], gram[1])
    return next(history[i:] for i in range(len(history) + 1) if history[i:] in number)


def _laid_out(vocabulary: Vocabulary, order: int, contexts: list, number: dict, edges: list) -> Chain:
    """The chain of some contexts in order of their numbers, and of edges ((context, token), (count, context after))."""
    shorter = np.array([number[context[1:]] for context in contexts], dtype=np.int32)
    owner, token = np.array([edge for edge, _ in edges]).T
    counts, after = np.array([counted for _, counted in edges], dtype=float).T
    offsets = np.searchsorted(owner, np.arange(len(contexts) + 1))
    return Chain(
        vocabulary,
        order,
        shorter,
        np.array([len(c) for c in contexts], dtype=np.int8),
        offsets,
        token.astype(np.int32),
        shares(counts, offsets),
        after.astype(np.int32),
        np.array([START], dtype=np.int32),
        counts=counts,
    )


def shares(counts: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """The share of each edge in the counts of its context, float64 (E,); 0 if its context has none."""
    totals = np.repeat(np.add.reduceat(counts, offsets[:-1]), np.diff(offsets))
    return np.divide(counts, totals, out=np.zeros(len(counts)), where=totals > 0)


def contexts_of(chain: MarkovAutomaton) -> list[tuple[int, ...]]:
    """The tokens of each context of a chain without a position, oldest first, the start as BEGIN."""
    contexts: list[tuple[int, ...]] = [()] * len(chain.shorter)
    contexts[START] = (BEGIN,)
    longer = np.flatnonzero(chain.length[chain.after] == chain.length[chain.owner] + 1)
    for edge in longer.tolist():  # edges are sorted by the length of their contexts, so each owner is known
        contexts[chain.after[edge]] = (*contexts[chain.owner[edge]], int(chain.token[edge]))
    return contexts


def counts_of(chain: Chain) -> dict[tuple[tuple[int, ...], int], float]:
    """How often each token, or the end, was seen after each state (see Counts)."""
    contexts, seen = contexts_of(chain), np.flatnonzero(chain.counts)
    return {(contexts[chain.owner[edge]], int(chain.token[edge])): float(chain.counts[edge]) for edge in seen.tolist()}
