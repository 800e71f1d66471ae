"""A back-off chain in metre: a layer of the chain for each state of the acceptor, tokens leading from layer to layer.

Where in its bar a note stands does not follow from the notes before it, so nearly every context is met in many states,
and what product_markov counts on is not so. But a state is left by the token alone, so that (h, a) backs off to (h⁻, a)
with the very λ(h), and its edges are those of h, without those that lead nowhere. The empty context of each layer has a
row of its own and backs off no more.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from generator.constraints.acceptor import SINK
from generator.constraints.dfa import Constraint, Tangled
from generator.constraints.metre import Metre
from generator.inference.messages import Frontier
from generator.inference.product_markov import ProductMarkov, ProductMarkovMessages
from generator.inference.residuals import reached
from generator.models.markov import EMPTY, Markov
from generator.ranges import expand_ranges

MOST_EDGES = 4_000_000  # of all layers together: more would take seconds, and hundreds of MB


@dataclass(frozen=True, eq=False)
class LayeredMarkov(ProductMarkov):
    """A ProductMarkov whose context 0 is nothing at all; the others are pairs of a context and a state, by both.

    Its first features are numbered as the chain has them. layers: the chain and its pairs.
    """

    layers: "_Layers | None" = None

    @cached_property
    def spans(self) -> list[list[int]]:
        """Where in each level the contexts with a given first feature begin (see Markov)."""
        ones = np.arange(int(self.first.max()) + 2)
        return [(level.start + np.searchsorted(self.first[level], ones)).tolist() for level in self.levels]

    def advance(self, frontier: Frontier, rows: np.ndarray, tokens: np.ndarray) -> Frontier:
        """The prefixes in `rows`, each with one more token, as the chain has them."""
        context, state = self._apart(frontier.state)
        own = self.layers.model.advance(Frontier(context, frontier.log_prob), rows, tokens)
        after = self.acceptor.table[state[rows], tokens]
        return Frontier(self.layers.number[own.state, after], np.where(after == SINK, -np.inf, own.log_prob))

    def _apart(self, contexts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The context of the chain and the state that some contexts are; SINK for that which is nothing."""
        return self.layers.context[contexts - 1], np.where(contexts == EMPTY, SINK, self.layers.state[contexts - 1])

    def _put_together(self, contexts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The rows of some contexts, from those of the chain."""
        context, state = self._apart(contexts)
        to, (prob, after) = self.acceptor.table.take(state, axis=0), self.layers.model.rows(context)
        prob *= to != SINK  # the rows are a copy
        place = np.multiply(after, self.acceptor.size, dtype=np.int64)
        place += to
        return prob, self.layers.number.take(place)

    def messages(self, constraint: Constraint, best: bool = False) -> "LayeredMessages":
        """Its messages under a constraint (see ProductMarkov)."""
        return LayeredMessages(self, constraint, best)


class LayeredMessages(ProductMarkovMessages):
    """A chain in metre under a constraint; the empty contexts of all layers are met everywhere, since all others back
    off to them."""

    def _spans(self, node: int) -> list[slice]:
        if self.met[node] is None:
            return super()._spans(node)
        depth = max(int(self.depth[node]), 1) + 1
        spans = [slice(EMPTY, EMPTY + 1), self.model.levels[1]]
        for bounds in self.model.spans[2:depth]:
            spans += [slice(bounds[c], bounds[c + 1]) for c in self.met[node] if bounds[c] < bounds[c + 1]]
        return spans


def layered_markov(model: Markov, acceptor: Metre) -> LayeredMarkov:
    """The chain in metre. Raises Tangled where so many contexts are met in so many states that it would take too long.

    >>> import generator
    >>> from generator.constraints.metre import Signature, metre_acceptor
    >>> model = generator.train("chain", [["C", "C"], ["C:2", "C"]], None, order=1)
    >>> waltz = layered_markov(model, metre_acceptor(model.vocabulary, [1, 2], [Signature(3, 3)], [True, True]))
    >>> [round(float(np.exp(generator.log_prob(waltz, tune))), 3) for tune in (["C:2", "C"], ["C", "C"])]
    [0.333, 0.0]
    """
    return _Layers(model, acceptor).chain()


class _Layers:
    """The pairs (h, a) that can be met, in order; `number` int32 (C, A) tells the context of the new chain that each
    is, 0 for none."""

    def __init__(self, model: Markov, acceptor: Metre):
        self.model, self.acceptor = model, acceptor
        met = self._met()
        self.context, self.state = np.nonzero(met)
        self.number = np.zeros(met.shape, dtype=np.int32)
        self.number[met] = 1 + np.arange(len(self.context))

    def _met(self) -> np.ndarray:
        """The states that a context can be met in, bool (C, A): those that its tokens lead to from the states before
        them."""
        model = self.model
        inside = model.token != model.end
        met = np.ones((len(model.shorter), self.acceptor.size), dtype=bool)
        begins = np.setdiff1d(
            model.begins, np.append(model.shorter[1:], model.after[inside])
        )  # but for those also met later
        met[begins] = np.arange(self.acceptor.size) == self.acceptor.initial_state
        longer = inside & (model.length[model.after] == model.length[model.owner] + 1)
        longer &= (model.owner != EMPTY) | (model.position is None)
        for level in range(len(model.levels) - 1):
            edges = np.flatnonzero(longer & (model.length[model.owner] == level))
            ahead = np.unique(model.after[edges])
            met[ahead] = False
            row, state = np.nonzero(met[model.owner[edges]])
            met[model.after[edges[row]], self.acceptor.table[state, model.token[edges[row]]]] = True
            here = np.arange(model.levels[level + 1].start, model.levels[level + 1].stop)
            alone = np.setdiff1d(here, np.append(ahead, begins))  # nothing leads to these but a longer history
            met[alone] = met[model.shorter[alone]]
        met[:, SINK] = False
        return met

    def chain(self) -> LayeredMarkov:
        """The chain over all pairs."""
        model, context, state = self.model, self.context, self.state
        row, token, q, after = self._edges()
        nothing = slice(
            0, model.end + 1
        )  # the edges of the empty context, which say for each token which first feature it is
        counts = np.bincount(row, minlength=len(context))
        return LayeredMarkov(
            model.vocabulary,
            model.order,
            np.append(EMPTY, np.where(context == EMPTY, EMPTY, self.number[model.shorter[context], state])).astype(
                np.int32
            ),
            np.append(0, model.length[context] + 1).astype(np.int8),
            np.concatenate([[0], model.end + 1 + np.append(0, np.cumsum(counts))]),
            np.append(model.token[nothing], token).astype(np.int32),
            np.append(np.zeros(model.end + 1), q),
            np.append(model.after[nothing], after).astype(np.int32),
            self.number[model.begins, self.acceptor.initial_state],
            model.position,
            model.lengths,
            {},
            {},
            np.append(0.0, np.where(context == EMPTY, 0.0, model.backoff[context])),
            np.append(EMPTY, _first(model)[context]),
            np.append(0, np.searchsorted(reached(self.acceptor).states, state)),
            self.acceptor,
            self,
        )

    def _edges(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Of each edge the pair, as its place, the token, p(w | h) and the pair after it, as its number."""
        owner, token, prob, after = _with_ends(self.model)
        offsets = np.searchsorted(owner, np.arange(len(self.model.shorter) + 1))
        if np.diff(offsets)[self.context].sum() > MOST_EDGES:
            raise Tangled("the metre has too many states for this chain")
        row, edge = expand_ranges(offsets[self.context], np.diff(offsets)[self.context])
        token, state = token[edge], self.state[row]
        ends = token == self.model.end
        to = np.where(ends, SINK, self.acceptor.table[state, np.where(ends, 0, token)])
        live = ends | (to != SINK)
        q = np.where(ends & ~self.acceptor.final[state], 0.0, prob[edge])
        return row[live], token[live], q[live], np.where(ends, EMPTY, self.number[after[edge], to])[live]


def _with_ends(model: Markov) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The owner, token, p(w | h) and after of the edges of a chain, the end among those of every context, so that none
    is without any."""
    ended = np.zeros(len(model.shorter), dtype=bool)
    ended[model.owner[model.edges_of(model.end)]] = True
    bare = np.flatnonzero(~ended)
    owner, more = (
        np.append(model.owner, bare),
        (np.full(len(bare), model.end), model.end_prob[bare], np.full(len(bare), EMPTY)),
    )
    order = np.argsort(owner, kind="stable")  # the end is the greatest of tokens
    return owner[order], *(
        np.append(*both)[order] for both in zip((model.token, model.edge_prob, model.after), more, strict=True)
    )


def _first(model: Markov) -> np.ndarray:
    """The first feature of each context, as the context of it alone."""
    first = np.arange(len(model.shorter))
    for level in model.levels[2:]:
        first[level] = first[model.shorter[level]]
    return first
