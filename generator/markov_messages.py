"""Backward messages over a back-off chain and a constraint, from short contexts to long, over stored edges alone.

β_n(h) is the probability to go on from context h so that what is left of the constraint at node n is filled. Where one token
is allowed, β_n(h) = p(w|h) β_child(h, w) is copied down from the shorter context, times λ(h), wherever w was not seen after h.
Where many are allowed, the tokens not seen after h are all those of h⁻ but the seen ones:

    β_n(h) = Σ_seen [ p(w|h) β(hw) − λ(h) p(w|h⁻) β(h⁻w) ] + λ(h) β_n(h⁻).

So a place costs as much as there are n-grams, never contexts × tokens. For the best completion, sums become maxima; a maximum
cannot be taken back, so λ(h) β_n(h⁻) stands in for the unseen tokens: never too low, which is what a bound needs.
"""

import numpy as np

from .constraint import DEAD, DONE, Constraint
from .messages import Frontier, log, normalised
from .markov import Markov

FEW = 3  # allowed tokens up to which each is followed on its own


class MarkovMessages:
    """A chain under a constraint (see Messages)."""

    def __init__(self, model: Markov, constraint: Constraint, best: bool = False):
        self.model, self.constraint, self.best = model, constraint, best
        count = len(constraint.to_come)
        self.messages = np.zeros((count, len(model.shorter)))
        self.scale = np.full(count, -np.inf)
        for node in np.argsort(constraint.to_come, kind="stable"):
            if node != DEAD:
                self.messages[node], self.scale[node] = self._message(int(node))

    def step(self, frontier: Frontier, nodes: np.ndarray) -> np.ndarray:
        prob, after = self.model.rows(frontier.state)
        children = self.constraint.children[nodes]
        mass = prob[:, :-1] * self.messages[children, after[:, :-1]]
        return log(mass) + self.scale[children] + frontier.log_prob[:, None]

    def _message(self, node: int) -> tuple[np.ndarray, float]:
        """The message of a node from its children's, divided by its greatest entry, and the log of that."""
        if node == DONE:
            return normalised(self.model.end_prob)
        length = self.constraint.free.get(node)
        if length is not None:
            return self._free_message(node, length)
        return self._pull(node)

    def _free_message(self, node: int, length: int) -> tuple[np.ndarray, float]:
        """The message where anything goes, which depends only on how many tokens are to come: kept with the model."""
        kept = self.model.kept_messages
        if (self.best, length) not in kept:
            kept[self.best, length] = self._pull(node)
        return kept[self.best, length]

    def _pull(self, node: int) -> tuple[np.ndarray, float]:
        children = self.constraint.children[node]
        scale = self.scale[children].max()
        if scale == -np.inf:
            return self.messages[DEAD], scale
        factor = np.exp(self.scale[children] - scale) if len(set(children.tolist()) - {DEAD}) > 1 else (children != DEAD) * 1.0
        allowed = np.flatnonzero(factor)
        if len(allowed) <= FEW:
            parts = [self._follow(int(w), children[w]) * factor[w] for w in allowed]
            message = np.maximum.reduce(parts) if self.best else np.add.reduce(parts)
        elif self.best:
            message = self._pull_best(children, factor)
        else:
            message = self._pull_sum(children, factor)
        message, more = normalised(message)
        return message, scale + more

    def _follow(self, token: int, child: int) -> np.ndarray:
        """p(w|h) β_child(h, w) for one token at every context."""
        model, beta = self.model, self.messages[child]
        edges = model.edges_of(token)
        value = np.zeros(len(model.shorter))
        seen = np.zeros(len(model.shorter), dtype=bool)
        value[model.owner[edges]] = model.edge_prob[edges] * beta[model.after[edges]]
        seen[model.owner[edges]] = True
        for level in model.levels[1:]:
            backed_off = model.backoff[level] * value[model.shorter[level]]
            value[level] = np.where(seen[level], value[level], backed_off)
        return value

    def _edge_terms(self, children: np.ndarray, factor: np.ndarray) -> np.ndarray:
        """p(w|h) β(hw) of each edge, 0 for the end and for what is not allowed."""
        model = self.model
        children, factor = np.append(children, DEAD), np.append(factor, 0.0)
        return model.edge_prob * factor[model.token] * self.messages[children[model.token], model.after]

    def _pull_best(self, children: np.ndarray, factor: np.ndarray) -> np.ndarray:
        model = self.model
        message = np.maximum.reduceat(self._edge_terms(children, factor), model.offsets[:-1])
        for level in model.levels[1:]:
            np.maximum(message[level], model.backoff[level] * message[model.shorter[level]], out=message[level])
        return message

    def _pull_sum(self, children: np.ndarray, factor: np.ndarray) -> np.ndarray:
        model = self.model
        terms = self._edge_terms(children, factor)
        inner = slice(int(model.offsets[1]), None)
        more = terms.copy()
        more[inner] -= model.backoff[model.owner[inner]] * terms[model.shorter_edge[inner]]
        message = np.add.reduceat(more, model.offsets[:-1])
        for level in model.levels[1:]:
            message[level] += model.backoff[level] * message[model.shorter[level]]
        return np.maximum(message, 0.0)
