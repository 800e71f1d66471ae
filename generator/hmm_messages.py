"""Backward messages over a hidden Markov model and a constraint.

β_n(s) is the probability that, after state s emitted its token, what is left of the constraint at node n is filled:

    β_done(s) = stop(s),      β_n(s) = Σ_s' move(s, s') Σ_w emit(s', w) β_child(n, w)(s').

The best token sequence is hard in an HMM, since every sequence sums over many state paths. Its bound puts the choice of the
token inside the sum over states, N_n(s) = max_w Σ_s' move(s, s') emit(s', w) N_child(n, w)(s'): for the sum over states of a
maximum is never less than the maximum of the sum.
"""

import numpy as np

from .constraint import DEAD, DONE, Constraint
from .hmm import Hmm
from .messages import Frontier, log, normalised


class HmmMessages:
    """An HMM under a constraint (see Messages)."""

    def __init__(self, model: Hmm, constraint: Constraint, best: bool = False):
        self.model, self.constraint, self.best = model, constraint, best
        count = len(constraint.to_come)
        self.messages = np.zeros((count, model.states))
        self.scale = np.full(count, -np.inf)
        for node in np.argsort(constraint.to_come, kind="stable"):
            if node != DEAD:
                self.messages[node], self.scale[node] = self._message(int(node))

    def step(self, frontier: Frontier, nodes: np.ndarray) -> np.ndarray:
        mass = np.zeros((len(nodes), len(self.model.vocabulary)))
        children = self.constraint.children[nodes]
        for child in set(np.unique(children).tolist()) - {DEAD}:
            ahead = (frontier.state[:, :-1] * self.messages[child]) @ self.model.emit
            mass += np.where(children == child, ahead, 0.0)
        return log(mass) + self.scale[children] + frontier.log_prob[:, None]

    def _message(self, node: int) -> tuple[np.ndarray, float]:
        """The message of a node from its children's, divided by its greatest entry, and the log of that."""
        if node == DONE:
            return normalised(self.model.stop)
        length = self.constraint.free.get(node)
        if length is None:
            return self._pull(node)
        kept = self.model.kept_messages
        if (self.best, length) not in kept:
            kept[self.best, length] = self._pull(node)
        return kept[self.best, length]

    def _pull(self, node: int) -> tuple[np.ndarray, float]:
        children = self.constraint.children[node]
        scale = self.scale[children].max()
        if scale == -np.inf:
            return self.messages[DEAD], scale
        ahead = self.messages[children].T * np.exp(self.scale[children] - scale) * self.model.emit
        if self.best:
            message = (self.model.move @ ahead[:, children != DEAD]).max(axis=1)
        else:
            message = self.model.move @ ahead.sum(axis=1)
        message, more = normalised(message)
        return message, scale + more
