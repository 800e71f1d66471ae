"""A back-off chain that makes nothing a guard forbids: the chain and the guard walk together, as a chain like any
other.

Its contexts are pairs (h, a) of a context and a state of the guard. Nearly always the state follows from the context:
(h, a(h)) is the usual pair of h. It backs off to the usual pair of h⁻, and any other pair (h, a) to (h, a(h)), each
with edges for what the two states say otherwise of; so what is stored besides the chain itself are the few pairs whose
state remembers more than the context does, and little of each. Forbidden edges have no probability and rows sum to what
is left, so that sums over this chain are sums over what is allowed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from generator.constraints.acceptor import DEAD, Guard, among, distinct
from generator.constraints.dfa import Constraint
from generator.inference.backward_markov import MarkovMessages
from generator.inference.residuals import futures_of, reached
from generator.models.markov import EMPTY, START, Markov
from generator.runs import runs


@dataclass(frozen=True, eq=False)
class GuardedMarkov(Markov):
    """A Markov over pairs; its q are p(w|h) of the edges, since what a row leaves is not λ.

    passed: float64 (C,), λ of each context. first: int (C,), the first feature of each context, as a context of the
    chain that is guarded; the usual pairs of these keep their numbers. state: int (C,), the place of each context's
    state among those reached.
    """

    passed: np.ndarray = field(default_factory=lambda: np.empty(0))
    first: np.ndarray = field(default_factory=lambda: np.empty(0))
    state: np.ndarray = field(default_factory=lambda: np.empty(0))
    guard: Guard | None = None
    kind = "guarded"

    @property
    def backoff(self) -> np.ndarray:
        """λ(h) of each context, float64, shape (C,)."""
        return self.passed

    @property
    def edge_prob(self) -> np.ndarray:
        """p(w | h) of each edge, float64, shape (E,)."""
        return self.q

    @property
    def unseen(self) -> float:
        """The probability of a token that was not seen: the empty context has an edge for every token."""
        return 0.0

    @property
    def features(self) -> int:
        """How many features a context may have beside the start and the tokens before: the clock and the guard."""
        return super().features + 1

    @cached_property
    def spans(self) -> list[list[int]]:
        """Where in each level the contexts with a given first feature begin (see Markov)."""
        ones = np.arange(self.levels[1].stop + 1)
        return [(level.start + np.searchsorted(self.first[level], ones)).tolist() for level in self.levels]

    def messages(self, constraint: Constraint, best: bool = False) -> "GuardedMarkovMessages":
        """Its messages under a constraint: sums, or bounds of the best."""
        return GuardedMarkovMessages(self, constraint, best)


class GuardedMarkovMessages(MarkovMessages):
    """A guarded chain under a constraint: where the guard lets nothing more fit, the message is zero and not what
    rounding leaves."""

    def __init__(self, model: GuardedMarkov, constraint: Constraint, best: bool = False):
        self.futures = futures_of(constraint, model.guard)
        super().__init__(model, constraint, best)

    def _pull(self, node: int) -> None:
        super()._pull(node)
        message = np.where(self.futures.alive(node)[self.model.state], self.at.vectors[node], 0.0)
        self.at.vectors[node], self.at.scale[node] = message, self.at.scale[node] if message.any() else -np.inf


def guard_markov(model: Markov, guard: Guard, longest: int) -> GuardedMarkov:
    """The chain of pairs, for sequences of at most so many tokens.

    >>> import generator
    >>> model = generator.train("markov", ["mew", "mow"], np.random.default_rng(0), order=2)
    >>> guarded = guard_markov(model, generator.forbid(["ow"], model.vocabulary, lambda token: {token}), 10)
    >>> bool(np.isclose(generator.log_prob(guarded, "mew"), generator.log_prob(model, "mew")))
    True
    >>> generator.log_prob(guarded, "mow")
    -inf
    """
    return _Product(model, guard, longest).chain()


class _Product:
    """The pairs that can be met. A pair is a number: context * size of the guard + state; NEVER is the empty context at
    DEAD."""

    NEVER = EMPTY + DEAD

    def __init__(self, model: Markov, guard: Guard, longest: int):
        self.model, self.guard, self.size = model, guard, np.int64(guard.size)
        self.width = np.int64(model.end + 1)
        self.codes = model.owner * self.width + model.token  # of the edges, ascending
        self.ones = model.levels[1].stop  # contexts of at most one feature
        self.first = np.arange(len(model.shorter))
        for level in model.levels[2:]:
            self.first[level] = self.first[model.shorter[level]]
        states = self._usual()
        # What is forbidden is never met, unless it depends on where it stands; nor does a clock tick on past the
        # longest that is asked for.
        self.gone = (states == DEAD) & (not guard.placed) | (self.first - START > longest) & (model.clock is not None)
        self.usual = np.arange(len(model.shorter)) * self.size + np.where(states == DEAD, guard.root, states)

    def _usual(self) -> np.ndarray:
        """The state of the guard that the tokens of each context lead to by themselves."""
        model, states = self.model, np.full(len(self.model.shorter), self.guard.root, dtype=np.int64)
        # Where only how much is to come is known, a sequence may begin or be under way.
        states[model.begins[(model.length[model.begins] > 1) | (model.clock != "to come")]] = self.guard.start
        longer = model.length[model.after] == model.length[model.owner] + 1
        longer = np.flatnonzero(longer & ((model.owner != EMPTY) | (model.clock is None)))
        by_length = np.searchsorted(model.length[model.owner[longer]], np.arange(model.length[-1] + 1))
        for edges in np.split(longer, by_length[1:]):
            edges = edges[~np.isin(model.after[edges], model.begins)]
            states[model.after[edges]] = self.guard.after(states[model.owner[edges]], model.token[edges])
        return states

    def chain(self) -> GuardedMarkov:
        """The chain over all pairs."""
        pairs = self._closed()
        context, _state = np.divmod(pairs, self.size)
        level = self.model.length[context] + (pairs != self.usual[context]) * np.where(pairs == self.NEVER, 2, 1)
        order = np.lexsort((pairs, self.first[context], level))
        number = np.empty(len(pairs), dtype=np.int32)
        number[order] = np.arange(len(pairs))
        return self._laid_out(pairs[order], level[order], lambda some: number[np.searchsorted(pairs, some)])

    def _closed(self) -> np.ndarray:
        """All pairs that can be met, ascending."""
        begin = self.model.begins * self.size + self.guard.start
        known = ahead = distinct(np.concatenate([[self.NEVER], self.usual[: self.ones], self.usual[~self.gone], begin]))
        while len(ahead):
            place, token = self._edges(ahead)
            ahead = distinct(self._followed(ahead[place], token)[1])
            ahead = ahead[~among(ahead, known)]
            known = distinct(np.append(known, ahead))
        return known

    def _shorter(self, pairs: np.ndarray) -> np.ndarray:
        """The pair that each backs off to."""
        context = pairs // self.size
        return np.where(pairs == self.usual[context], self.usual[self.model.shorter[context]], self.usual[context])

    def _whole(self, pairs: np.ndarray) -> np.ndarray:
        """Which pairs back off from nothing, since their context does not: all of their edges are their own."""
        return self.model.backoff[pairs // self.size] == 0

    def _edges(self, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that pairs have edges for: place among the pairs and token, by both."""
        context, state = np.divmod(pairs, self.size)
        whole, usual = self._whole(pairs), pairs == self.usual[context]
        own = np.flatnonzero(usual | whole)
        rows, edges = runs(self.model.offsets[context[own]], np.diff(self.model.offsets)[context[own]])
        own = own[rows]
        if (~usual & whole).any():
            kept = usual[own] | (self.model.edge_prob[edges] > 0)
            own, edges = own[kept], edges[kept]
        apart = np.flatnonzero(~whole & (pairs != self.NEVER))
        apart, tokens = self._told_apart(apart, state[apart], (self._shorter(pairs) % self.size)[apart])
        some = np.flatnonzero(~usual)  # no context is without an edge
        codes = np.concatenate(
            [
                own * self.width + self.model.token[edges],
                apart * self.width + tokens,
                some * self.width + self.model.end,
            ]
        )
        return np.divmod(distinct(codes), self.width)

    def _told_apart(self, places: np.ndarray, one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens of which two states say otherwise, the end among them: a place for each, and the token."""
        differ = one != other
        places, one, other = places[differ], one[differ], other[differ]
        codes = distinct(
            np.concatenate(
                [row * self.width + token for row, token in (self.guard.special(one), self.guard.special(other))]
            )
        )
        rows, tokens = np.divmod(codes, self.width)
        there = self.guard.after(one[rows], tokens) != self.guard.after(other[rows], tokens)
        ends = np.flatnonzero(self.guard.ends(one) != self.guard.ends(other))
        return (
            np.concatenate([places[rows[there]], places[ends]]),
            np.concatenate([tokens[there], np.full(len(ends), self.model.end)]),
        )

    def _followed(self, pairs: np.ndarray, tokens: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """p(w | pair), and the pair after the token: NEVER where that is forbidden, and the empty one after the end."""
        context, state = np.divmod(pairs, self.size)
        ends = tokens == self.model.end
        prob, after = self._found(context, tokens)
        ahead = self.guard.after(state, np.where(ends, 0, tokens))
        prob = np.where(np.where(ends, self.guard.ends(state), ahead != DEAD) & (state != DEAD), prob, 0.0)
        leads = np.where((prob > 0) & ~self.gone[after], after * self.size + ahead, self.NEVER)
        # Who asks where a token alone leads asks the empty context; with a clock nobody does.
        alone = self.usual[after] if self.model.clock is None else np.full(len(after), self.NEVER)
        return prob, np.where(ends, self.usual[EMPTY], np.where(pairs == self.usual[EMPTY], alone, leads))

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
    ) -> GuardedMarkov:
        """The tables of the chain, its pairs in order of their numbers."""
        context, state = np.divmod(pairs, self.size)
        shorter = number(self._shorter(pairs))
        owner, token = np.divmod(self._all_edges(pairs, level, shorter), self.width)
        prob, after = self._followed(pairs[owner], token)
        passed = np.where(pairs == self.usual[context], self.model.backoff[context], 1.0)
        passed[self._whole(pairs) | (pairs == self.NEVER) | (pairs == self.usual[EMPTY])] = 0.0
        places = np.searchsorted(reached(self.guard).states, state)
        return GuardedMarkov(
            self.model.vocabulary,
            self.model.order,
            shorter,
            level.astype(np.int8),
            np.searchsorted(owner, np.arange(len(pairs) + 1)),
            token.astype(np.int32),
            prob,
            number(after),
            number(self._begins()),
            self.model.clock,
            self.model.lengths,
            {},
            {},
            passed,
            self.first[context],
            places,
            self.guard,
        )

    def _begins(self) -> np.ndarray:
        """The pairs before the first token."""
        return np.where(self.gone[self.model.begins], self.NEVER, self.model.begins * self.size + self.guard.start)

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
