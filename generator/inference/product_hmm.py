"""The product of a hidden Markov model and an acceptor: a prefix carries the state of the acceptor along.

    β_n,a(s) = Σ_s' move(s, s') X_n,a(s'),      X_n,a(s') = Σ_w emit(s', w) β_child(n, w),next(a, w)(s').

States of the acceptor with the same residual at a node share one message (see residuals), so a node has few. X_n,a
differs from that of the acceptor's root by a few tokens alone. If a difference would leave little more than rounding
errors, the allowed tokens are added up instead.

symbol           shape             what
S                                  hidden states
V                                  tokens of the vocabulary
a                                  state of the acceptor; its place among the A states that can be reached
residual                           class of states that allow the same from a node on, from 1 up; 0 allows nothing
vectors          (residuals + 1, S) β of each residual of a node, divided by exp(scale); row 0 is all zeros
scale            (N,)              for each node, nats
X                (residuals, S)    what follows the node, before the move to it
"""

import weakref
from dataclasses import dataclass

import numpy as np

from generator.constraints.acceptor import Acceptor
from generator.constraints.dfa import DONE, SINK, Constraint, Tangled
from generator.inference.automaton import SingleAutomaton
from generator.inference.automaton_hmm import HmmAutomaton
from generator.inference.backward_hmm import HmmMessages
from generator.inference.forward_product_hmm import ProductHmmForward
from generator.inference.messages import Forward, Frontier, Messages, Step
from generator.inference.residuals import residuals_of
from generator.vocabulary import Vocabulary

LITTLE = 1e-6  # share of the root's X below which an X is added up by itself
TOGETHER = 256  # so many at once
MOST_NUMBERS = 50_000_000  # of all messages together: 400 MB


@dataclass(frozen=True, eq=False)
class ProductHmm(SingleAutomaton):
    """An HMM and an acceptor; a frontier's state is a pair, the HMM's own and the states of the acceptor, (n,)."""

    vocabulary: Vocabulary
    model: HmmAutomaton
    acceptor: Acceptor

    def begin(self, lengths: np.ndarray) -> Frontier:
        """The empty prefixes of n sequences."""
        own = self.model.begin(lengths)
        return Frontier((own.state, np.full(len(lengths), self.acceptor.initial_state, dtype=np.int64)), own.log_prob)

    def advance(self, frontier: Frontier, rows: np.ndarray, tokens: np.ndarray) -> Frontier:
        """The prefixes in `rows`, each with one more token."""
        own = self.model.advance(_own(frontier), rows, tokens)
        states = self.acceptor.next_state(frontier.state[1][rows], tokens)
        return Frontier((own.state, states), np.where(states == SINK, -np.inf, own.log_prob))

    def finish(self, frontier: Frontier) -> np.ndarray:
        """log p(prefix and then the end) in nats, shape (n,)."""
        return np.where(self.acceptor.is_final(frontier.state[1]), self.model.finish(_own(frontier)), -np.inf)

    def messages(self, constraint: Constraint, best: bool = False) -> "ProductHmmMessages | LesserBounds":
        sums = ProductHmmMessages(self, constraint)
        return LesserBounds(sums, HmmMessages(self.model, constraint, best=True)) if best else sums


def _own(frontier: Frontier) -> Frontier:
    """The frontier of the HMM itself."""
    return Frontier(frontier.state[0], frontier.log_prob)


class ProductHmmMessages(Messages):
    """The messages of a product under a constraint. Raises Tangled if they are too many."""

    def __init__(self, product: ProductHmm, constraint: Constraint):
        self.product, self.model, self.constraint = product, product.model, weakref.proxy(constraint)
        self.residuals = residuals_of(constraint, product.acceptor)
        self.reached = self.residuals.reached
        if sum(map(len, self.residuals.representatives)) * self.model.states > MOST_NUMBERS:
            raise Tangled("the acceptor has too many states for a hidden Markov model at this length")
        self.emit = self.model.emit_of
        self.vectors = [np.zeros((1, self.model.states))] * len(constraint.remaining)
        self.scale = np.full(len(constraint.remaining), -np.inf)
        for node in np.argsort(constraint.remaining, kind="stable").tolist():
            if node != SINK and len(self.residuals.representatives[node]):
                self._fill(node, constraint.unconstrained.get(node))

    def _fill(self, node: int, unconstrained: int | None) -> None:
        """Set the message of a node from its children's. A node without constraint has the same residuals in every
        constraint, so its message is kept with the product."""
        kept = self.product.cache
        if unconstrained in kept:
            self.vectors[node], self.scale[node] = kept[unconstrained]
            return
        if node == DONE:
            self._put(node, np.tile(self.model.stop, (len(self.residuals.representatives[node]), 1)), 0.0)
        else:
            ahead = _Ahead(self, node)
            self._put(node, ahead.all() @ self.model.move.T, ahead.scale)
        if unconstrained is not None:
            kept[unconstrained] = self.vectors[node], self.scale[node]

    def forwards(self) -> list[Forward]:
        return [ProductHmmForward(self.model, self.product.acceptor, self.residuals, self.vectors, self.scale)]

    def _put(self, node: int, message: np.ndarray, scale: float) -> None:
        top = float(message.max(initial=0.0))
        if top > 0.0:
            self.vectors[node] = np.concatenate([np.zeros((1, self.model.states)), message / top])
            self.scale[node] = scale + float(np.log(top))

    def step(self, frontier: Frontier, nodes: np.ndarray | int) -> Step:
        own, states = frontier.state
        nodes = np.full(len(states), nodes) if isinstance(nodes, int) else nodes
        mass, scale = np.zeros((len(states), len(self.emit))), np.zeros(len(states))
        for node in np.unique(nodes).tolist():
            here, ahead = nodes == node, _Ahead(self, node)
            scale[here] = ahead.scale
            rows = np.flatnonzero(here & (states != SINK))
            met, of_row = np.unique(states[rows], return_inverse=True)
            order = np.argsort(of_row.ravel(), kind="stable")
            for some, state in zip(
                np.split(rows[order], np.cumsum(np.bincount(of_row.ravel()))[:-1]) if len(rows) else (),
                met,
                strict=True,
            ):
                mass[some] = own[some, :-1] @ ahead.emitting(int(np.searchsorted(self.reached.states, state))).T
        return Step(mass, frontier.log_prob + scale)


class LesserBounds(Messages):
    """Bounds of the best completion, the lesser of two: the sum of all that are allowed, and the bound without the
    acceptor."""

    def __init__(self, sums: ProductHmmMessages, best: HmmMessages):
        self.sums, self.best = sums, best

    def step(self, frontier: Frontier, nodes: np.ndarray | int) -> Step:
        sums, best = self.sums.step(frontier, nodes), self.best.step(_own(frontier), nodes)
        with np.errstate(invalid="ignore"):
            share = np.exp(np.nan_to_num(best.offset - sums.offset, nan=0.0, posinf=700.0))
        return Step(np.minimum(sums.mass, best.mass * share[:, None]), sums.offset)


class _Ahead:
    """The messages of the children of one node, brought to one scale and stacked as rows."""

    def __init__(self, messages: ProductHmmMessages, node: int):
        self.emit, self.reached, self.residuals, self.node = messages.emit, messages.reached, messages.residuals, node
        self.transitions = messages.constraint.transitions[node]
        children = [child for child, _ in messages.constraint.arcs(node) if messages.scale[child] > -np.inf]
        self.scale = max((float(messages.scale[child]) for child in children), default=0.0)
        parts, self.first, count = [np.zeros((1, self.emit.shape[1]))], np.zeros(len(messages.scale), dtype=np.int64), 1
        for child in children:
            parts.append(messages.vectors[child][1:] * np.exp(messages.scale[child] - self.scale))
            self.first[child], count = count, count + len(parts[-1])
        self.rows = np.concatenate(parts)
        self.of_root = self._row(np.arange(len(self.transitions)), self.reached.row)

    def _row(self, tokens: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """The row of what follows some tokens that lead the acceptor to some states, (n,)."""
        children = self.transitions[tokens]
        classes = self.residuals.classes[children, targets]
        return np.where((classes > 0) & (self.first[children] > 0), self.first[children] + classes - 1, 0)

    def emitting(self, place: int) -> np.ndarray:
        """emit(s, w) β(s) of each token from one state of the acceptor, shape (V, S)."""
        return self.emit * self.rows[self._rows(np.array([place]))[0]]

    def _rows(self, places: np.ndarray) -> np.ndarray:
        """The row of what follows every token at some states, shape (n, V)."""
        rows = np.tile(self.of_root, (len(places), 1))
        at, edges = self.reached.edges_of(places)
        tokens = self.reached.token[edges]
        rows[at, tokens] = self._row(tokens, self.reached.target[edges])
        return rows

    def all(self) -> np.ndarray:
        """X of every residual at the node, float64, shape (residuals, S)."""
        representatives = self.residuals.representatives[self.node]
        root = (self.emit * self.rows[self.of_root]).sum(axis=0)
        at, edges = self.reached.edges_of(representatives)
        tokens = self.reached.token[edges]
        here, there = self._row(tokens, self.reached.target[edges]), self.of_root[tokens]
        differ = np.flatnonzero(here != there)
        differ = differ[np.argsort(tokens[differ], kind="stable")]
        ahead = np.tile(root, (len(representatives), 1))
        for some in np.split(differ, np.flatnonzero(np.diff(tokens[differ])) + 1) if len(differ) else ():
            token = tokens[some[0]]  # a state has one explicit transition for it
            ahead[at[some]] += self.emit[token] * (self.rows[here[some]] - self.rows[self.of_root[token]])
        little = np.flatnonzero((ahead < LITTLE * root).any(axis=1))
        for some in np.split(little, range(TOGETHER, len(little), TOGETHER)):
            ahead[some] = self._added_up(representatives[some])
        return ahead

    def _added_up(self, places: np.ndarray) -> np.ndarray:
        """X of some states of the acceptor, token by token, shape (n, S)."""
        ahead, rows = np.zeros((len(places), self.emit.shape[1])), self._rows(places)
        for token in np.flatnonzero(rows.any(axis=0)).tolist():
            ahead += self.emit[token] * self.rows[rows[:, token]]
        return ahead
