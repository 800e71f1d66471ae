"""The product of a back-off chain and an acceptor: a back-off chain like any other.

Its contexts are pairs (h, a) of a context and a state of the acceptor. Nearly always the state follows from the
context: (h, a(h)) is the default pair of h. Other pairs back off to their context's default pair and store only the
tokens on which the two states differ. The default pair of h backs off to that of h⁻. So the product stores, besides the
chain itself, the few pairs whose state remembers more than the context does, and little of each. Forbidden edges have
probability zero, and rows sum to what is left: sums over this chain are sums over what is allowed.

symbol    shape    what
C                  contexts of the chain h; in the product, pairs
E                  edges
a                  state of the acceptor; state (C,) is its place among the states that can be reached
pair               a number: context * size of the acceptor + state
width              V + 1: tokens and the end
code               a number: context (or place of a pair) * width + token
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from generator.constraints.acceptor import SINK, Acceptor, among, distinct
from generator.constraints.dfa import Constraint
from generator.inference.automaton_markov import EMPTY, START, MarkovAutomaton
from generator.inference.backward_markov import MarkovMessages
from generator.inference.residuals import reached, residuals_of
from generator.ranges import expand_ranges


@dataclass(frozen=True, eq=False)
class ProductMarkov(MarkovAutomaton):
    """A chain over pairs. Its q are p(w|h) of the edges, since what a row lacks to 1 is not λ.

    backoff: float64 (C,), λ of each context. first_feature: int (C,), the first feature of each context, as a context
    of the chain; the default pairs of these keep their numbers. state: int (C,).
    """

    backoff: np.ndarray = field(default_factory=lambda: np.empty(0))
    first_feature: np.ndarray = field(default_factory=lambda: np.empty(0))
    state: np.ndarray = field(default_factory=lambda: np.empty(0))
    acceptor: Acceptor = field(kw_only=True)

    @property
    def edge_prob(self) -> np.ndarray:
        """p(w | h) of each edge, float64, shape (E,)."""
        return self.q

    @property
    def unseen(self) -> float:
        """The probability of a token that training never saw: zero, as the product has no unknown token."""
        return 0.0

    @property
    def features(self) -> int:
        """How many features a context may have beside the start and the tokens: the position and the acceptor."""
        return super().features + 1

    def messages(self, constraint: Constraint, best: bool = False) -> "ProductMarkovMessages":
        return ProductMarkovMessages(self, constraint, best)


class ProductMarkovMessages(MarkovMessages):
    """The messages of a product under a constraint: exactly zero, without rounding errors, for a state of the acceptor
    that allows nothing more that fits."""

    def __init__(self, model: ProductMarkov, constraint: Constraint, best: bool = False):
        self.residuals, self.state = residuals_of(constraint, model.acceptor), model.state
        super().__init__(model, constraint, best)

    def _pull(self, node: int) -> None:
        super()._pull(node)
        message = np.where(self.residuals.alive(node)[self.state], self.at.vectors[node], 0.0)
        self.at.vectors[node], self.at.scale[node] = message, self.at.scale[node] if message.any() else -np.inf


def product_markov(model: MarkovAutomaton, acceptor: Acceptor, longest: int) -> ProductMarkov:
    """The chain of pairs, for sequences of at most `longest` tokens.

    >>> import generator
    >>> model = generator.train("markov", ["mew", "mow"], np.random.default_rng(0), order=2)
    >>> no_ow = generator.blocked_substrings(["ow"], model.vocabulary, lambda token: {token})
    >>> product = product_markov(model, no_ow, 10)
    >>> bool(np.isclose(generator.log_prob(product, "mew"), generator.log_prob(model, "mew")))
    True
    >>> generator.log_prob(product, "mow")
    -inf
    """
    return _Product(model, acceptor, longest).chain()


class _Product:
    """The pairs that can be met. NEVER is the pair of the empty context and SINK."""

    NEVER = EMPTY + SINK

    def __init__(self, model: MarkovAutomaton, acceptor: Acceptor, longest: int):
        self.model, self.acceptor, self.size = model, acceptor, np.int64(acceptor.size)
        self.width = np.int64(model.end + 1)
        self.codes = model.owner * self.width + model.token  # of the edges, ascending
        self.ones = model.levels[1].stop  # contexts of at most one feature
        self.first = model.first_feature
        states = self._default()
        # Never met: a context that is forbidden wherever it stands, and a position past the longest sequence.
        forbidden = (states == SINK) & (not acceptor.placed)
        self.gone = forbidden | (self.first - START > longest) & (model.position is not None)
        self.default = np.arange(len(model.shorter)) * self.size + np.where(states == SINK, acceptor.root, states)

    def _default(self) -> np.ndarray:
        """The state of the acceptor that the tokens of each context lead to by themselves: that of its default pair."""
        model, states = self.model, np.full(len(self.model.shorter), self.acceptor.root, dtype=np.int64)
        # A context of a position to the end alone may stand at the start or further on.
        states[model.begins[(model.length[model.begins] > 1) | (model.position != "to_end")]] = (
            self.acceptor.initial_state
        )
        longer = model.length[model.after] == model.length[model.owner] + 1
        longer = np.flatnonzero(longer & ((model.owner != EMPTY) | (model.position is None)))
        by_length = np.searchsorted(model.length[model.owner[longer]], np.arange(model.length[-1] + 1))
        for edges in np.split(longer, by_length[1:]):
            edges = edges[~np.isin(model.after[edges], model.begins)]
            states[model.after[edges]] = self.acceptor.next_state(states[model.owner[edges]], model.token[edges])
        return states

    def chain(self) -> ProductMarkov:
        """The chain over all pairs."""
        pairs = self._closed()
        context, _state = np.divmod(pairs, self.size)
        level = self.model.length[context] + (pairs != self.default[context]) * np.where(pairs == self.NEVER, 2, 1)
        order = np.lexsort((pairs, self.first[context], level))
        number = np.empty(len(pairs), dtype=np.int32)
        number[order] = np.arange(len(pairs))
        return self._laid_out(pairs[order], level[order], lambda some: number[np.searchsorted(pairs, some)])

    def _closed(self) -> np.ndarray:
        """All pairs that can be met, ascending."""
        begin = self.model.begins * self.size + self.acceptor.initial_state
        known = ahead = distinct(
            np.concatenate([[self.NEVER], self.default[: self.ones], self.default[~self.gone], begin])
        )
        while len(ahead):
            place, token = self._edges(ahead)
            ahead = distinct(self._followed(ahead[place], token)[1])
            ahead = ahead[~among(ahead, known)]
            known = distinct(np.append(known, ahead))
        return known

    def _shorter(self, pairs: np.ndarray) -> np.ndarray:
        """The pair that each pair backs off to."""
        context = pairs // self.size
        return np.where(
            pairs == self.default[context], self.default[self.model.shorter[context]], self.default[context]
        )

    def _whole(self, pairs: np.ndarray) -> np.ndarray:
        """Which pairs do not back off, since their context does not: all of their edges are their own."""
        return self.model.backoff[pairs // self.size] == 0

    def _edges(self, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that pairs have edges for: place among the pairs and token, by both."""
        context, state = np.divmod(pairs, self.size)
        whole, default = self._whole(pairs), pairs == self.default[context]
        own = np.flatnonzero(default | whole)
        rows, edges = expand_ranges(self.model.offsets[context[own]], np.diff(self.model.offsets)[context[own]])
        own = own[rows]
        if (~default & whole).any():
            kept = default[own] | (self.model.edge_prob[edges] > 0)
            own, edges = own[kept], edges[kept]
        apart = np.flatnonzero(~whole & (pairs != self.NEVER))
        apart, tokens = self._told_apart(apart, state[apart], (self._shorter(pairs) % self.size)[apart])
        some = np.flatnonzero(~default)  # so that every context has an edge
        codes = np.concatenate(
            [
                own * self.width + self.model.token[edges],
                apart * self.width + tokens,
                some * self.width + self.model.end,
            ]
        )
        return np.divmod(distinct(codes), self.width)

    def _told_apart(self, places: np.ndarray, one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens on which two states differ, the end among them: a place for each, and the token."""
        differ = one != other
        places, one, other = places[differ], one[differ], other[differ]
        codes = distinct(
            np.concatenate(
                [
                    row * self.width + token
                    for row, token in (
                        self.acceptor.explicit_transitions(one),
                        self.acceptor.explicit_transitions(other),
                    )
                ]
            )
        )
        rows, tokens = np.divmod(codes, self.width)
        there = self.acceptor.next_state(one[rows], tokens) != self.acceptor.next_state(other[rows], tokens)
        ends = np.flatnonzero(self.acceptor.is_final(one) != self.acceptor.is_final(other))
        return (
            np.concatenate([places[rows[there]], places[ends]]),
            np.concatenate([tokens[there], np.full(len(ends), self.model.end)]),
        )

    def _followed(self, pairs: np.ndarray, tokens: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """p(w | pair), and the pair after the token: NEVER if it is forbidden, the empty one after the end."""
        context, state = np.divmod(pairs, self.size)
        ends = tokens == self.model.end
        prob, after = self._found(context, tokens)
        ahead = self.acceptor.next_state(state, np.where(ends, 0, tokens))
        prob = np.where(np.where(ends, self.acceptor.is_final(state), ahead != SINK) & (state != SINK), prob, 0.0)
        leads = np.where((prob > 0) & ~self.gone[after], after * self.size + ahead, self.NEVER)
        # Only chains without positions look up single-token contexts, through the empty context.
        alone = self.default[after] if self.model.position is None else np.full(len(after), self.NEVER)
        return prob, np.where(ends, self.default[EMPTY], np.where(pairs == self.default[EMPTY], alone, leads))

    def _found(self, contexts: np.ndarray, tokens: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """p(w | h) in the chain itself and the context after, int64."""
        prob, after = np.ones(len(contexts)), np.zeros(len(contexts), dtype=np.int64)
        asking, contexts = np.arange(len(contexts)), contexts.copy()
        while len(asking):
            code = contexts[asking] * self.width + tokens[asking]
            edge = np.minimum(np.searchsorted(self.codes, code), len(self.codes) - 1)
            there = self.codes[edge] == code
            prob[asking[there]] *= self.model.edge_prob[edge[there]]
            after[asking[there]] = self.model.after[edge[there]]
            asking = asking[~there]
            prob[asking] *= self.model.backoff[contexts[asking]]
            contexts[asking] = self.model.shorter[contexts[asking]]
        return prob, after

    def _laid_out(
        self, pairs: np.ndarray, level: np.ndarray, number: Callable[[np.ndarray], np.ndarray]
    ) -> ProductMarkov:
        """The tables of the chain, its pairs in order of their numbers."""
        context, state = np.divmod(pairs, self.size)
        shorter = number(self._shorter(pairs))
        owner, token = np.divmod(self._all_edges(pairs, level, shorter), self.width)
        prob, after = self._followed(pairs[owner], token)
        passed = np.where(pairs == self.default[context], self.model.backoff[context], 1.0)
        passed[self._whole(pairs) | (pairs == self.NEVER) | (pairs == self.default[EMPTY])] = 0.0
        places = np.searchsorted(reached(self.acceptor).states, state)
        return ProductMarkov(
            self.model.vocabulary,
            self.model.order,
            shorter=shorter,
            length=level.astype(np.int8),
            offsets=np.searchsorted(owner, np.arange(len(pairs) + 1)),
            token=token.astype(np.int32),
            q=prob,
            after=number(after),
            begins=number(self._begins()),
            position=self.model.position,
            lengths=self.model.lengths,
            backoff=passed,
            first_feature=self.first[context],
            state=places,
            acceptor=self.acceptor,
        )

    def _begins(self) -> np.ndarray:
        """The pairs before the first token."""
        return np.where(
            self.gone[self.model.begins], self.NEVER, self.model.begins * self.size + self.acceptor.initial_state
        )

    def _all_edges(self, pairs: np.ndarray, level: np.ndarray, shorter: np.ndarray) -> np.ndarray:
        """The edges of all pairs, owner * width + token, ascending: those that longer pairs have as well among them."""
        place, token = self._edges(pairs)
        codes = place * self.width + token
        cuts = np.searchsorted(place, np.searchsorted(level, np.arange(level[-1] + 2)))
        levels = [codes[first:last] for first, last in zip(cuts, cuts[1:], strict=False)]
        handed = codes[:0]  # the empty context needs none: it has them all
        for height in range(len(levels) - 1, 0, -1):
            mine = levels[height] = distinct(np.append(levels[height], handed))
            handed = shorter[mine // self.width] * self.width + mine % self.width
            handed = handed[handed >= self.width]
        return np.concatenate(levels)
