"""The product of a back-off chain and a metre: a layer of the chain for each state, tokens leading from layer to layer.

The place of a note in its bar does not follow from the notes before it, so nearly every context is met in many states,
and default pairs (see product_markov) would save nothing. But a state is left by the token alone, so (h, a) backs off
to (h⁻, a) with the very λ(h), and its edges are those of h without those that lead nowhere. The empty context of each
layer has a row of its own and does not back off.

symbol    shape    what
h                  context of the chain, C in all
a                  state of the acceptor, A in all
number    (C, A)   the context of the product that each pair (h, a) is, 0 for none
met       (C, A)   bool, the pairs that can be met
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from generator.constraints.acceptor import SINK
from generator.constraints.dfa import Constraint, Tangled
from generator.constraints.metre import Metre
from generator.inference.automaton_markov import EMPTY, MarkovAutomaton
from generator.inference.messages import Frontier
from generator.inference.product_markov import ProductMarkov, ProductMarkovMessages
from generator.inference.residuals import reached
from generator.ranges import expand_ranges

MOST_EDGES = 4_000_000  # of all layers together: more would take seconds, and hundreds of MB


@dataclass(frozen=True, eq=False)
class LayeredMarkov(ProductMarkov):
    """A ProductMarkov whose context 0 is empty; the others are pairs, sorted by context and state.

    Its first features are contexts of the chain. layers: the chain and its pairs.
    """

    acceptor: Metre = field(kw_only=True)
    layers: "_Layers" = field(kw_only=True)

    @cached_property
    def spans(self) -> list[list[int]]:
        """Where the contexts of each first feature begin in each level (see MarkovAutomaton)."""
        ones = np.arange(int(self.first_feature.max()) + 2)
        return [(level.start + np.searchsorted(self.first_feature[level], ones)).tolist() for level in self.levels]

    def advance(self, frontier: Frontier, rows: np.ndarray, tokens: np.ndarray) -> Frontier:
        """The prefixes in `rows`, each with one more token, as the chain has them."""
        context, state = self._apart(frontier.state)
        own = self.layers.model.advance(Frontier(context, frontier.log_prob), rows, tokens)
        after = self.acceptor.table[state[rows], tokens]
        return Frontier(self.layers.number[own.state, after], np.where(after == SINK, -np.inf, own.log_prob))

    def _apart(self, contexts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The context of the chain and the state of some contexts; SINK for the empty one."""
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
        return LayeredMessages(self, constraint, best)


class LayeredMessages(ProductMarkovMessages):
    """The messages of a chain in metre under a constraint. Every context backs off to the empty context of its layer,
    which is met at every node."""

    def _spans(self, node: int) -> list[slice]:
        if (met := self.met[node]) is None:
            return super()._spans(node)
        depth = max(int(self.depth[node]), 1) + 1
        spans = [slice(EMPTY, EMPTY + 1), self.model.levels[1]]
        for bounds in self.model.spans[2:depth]:
            spans += [slice(bounds[c], bounds[c + 1]) for c in met if bounds[c] < bounds[c + 1]]
        return spans


def layered_markov(model: MarkovAutomaton, acceptor: Metre) -> LayeredMarkov:
    """The chain in metre. Raises Tangled if so many contexts are met in so many states that it would take too long.

    >>> import generator
    >>> from generator.constraints.metre import Signature, metre_acceptor
    >>> model = generator.train("chain", [["C", "C"], ["C:2", "C"]], None, order=1)
    >>> waltz = layered_markov(model, metre_acceptor(model.vocabulary, [1, 2], [Signature(3, 3)], [True, True]))
    >>> [round(float(np.exp(generator.log_prob(waltz, tune))), 3) for tune in (["C:2", "C"], ["C", "C"])]
    [0.333, 0.0]
    """
    return _Layers(model, acceptor).chain()


class _Layers:
    """The pairs (h, a) that can be met, in order."""

    def __init__(self, model: MarkovAutomaton, acceptor: Metre):
        self.model, self.acceptor = model, acceptor
        met = self._met()
        self.context, self.state = np.nonzero(met)
        self.number = np.zeros(met.shape, dtype=np.int32)
        self.number[met] = 1 + np.arange(len(self.context))

    def _met(self) -> np.ndarray:
        """The states that each context can be met in, bool (C, A): its tokens lead to them from earlier states."""
        model = self.model
        inside = model.token != model.end
        met = np.ones((len(model.shorter), self.acceptor.size), dtype=bool)
        met_later = np.append(model.shorter[1:], model.after[inside])
        begins = np.setdiff1d(model.begins, met_later)
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
            alone = np.setdiff1d(here, np.append(ahead, begins))  # only a longer history leads to these
            met[alone] = met[model.shorter[alone]]
        met[:, SINK] = False
        return met

    def chain(self) -> LayeredMarkov:
        """The chain over all pairs."""
        model, context, state = self.model, self.context, self.state
        row, token, q, after = self._edges()
        nothing = slice(0, model.end + 1)  # the edges of the empty context tell the first feature of each token
        shorter = np.where(context == EMPTY, EMPTY, self.number[model.shorter[context], state])
        counts = np.bincount(row, minlength=len(context))
        return LayeredMarkov(
            model.vocabulary,
            model.order,
            shorter=np.append(EMPTY, shorter).astype(np.int32),
            length=np.append(0, model.length[context] + 1).astype(np.int8),
            offsets=np.concatenate([[0], model.end + 1 + np.append(0, np.cumsum(counts))]),
            token=np.append(model.token[nothing], token).astype(np.int32),
            q=np.append(np.zeros(model.end + 1), q),
            after=np.append(model.after[nothing], after).astype(np.int32),
            begins=self.number[model.begins, self.acceptor.initial_state],
            position=model.position,
            lengths=model.lengths,
            backoff=np.append(0.0, np.where(context == EMPTY, 0.0, model.backoff[context])),
            first_feature=np.append(EMPTY, model.first_feature[context]),
            state=np.append(0, np.searchsorted(reached(self.acceptor).states, state)),
            acceptor=self.acceptor,
            layers=self,
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


def _with_ends(model: MarkovAutomaton) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The owner, token, p(w | h) and after of the edges of a chain, with the end at every context, so that each context
    has an edge."""
    ended = np.zeros(len(model.shorter), dtype=bool)
    ended[model.owner[model.edges_of(model.end)]] = True
    bare = np.flatnonzero(~ended)
    owner, more = (
        np.append(model.owner, bare),
        (np.full(len(bare), model.end), model.end_prob[bare], np.full(len(bare), EMPTY)),
    )
    order = np.argsort(owner, kind="stable")  # the end is the greatest token
    token, prob, after = map(np.append, (model.token, model.edge_prob, model.after), more)
    return owner[order], token[order], prob[order], after[order]
