"""Backward messages over a hidden Markov model and a constraint.

β_n(s) is the probability that, after state s emitted its token, what is left of the constraint at node n is filled:

    β_done(s) = stop(s),      β_n(s) = Σ_s' move(s, s') Σ_w emit(s', w) β_child(n, w)(s').

The best token sequence is hard in an HMM, since every sequence sums over many state paths. Its bound puts the choice of
the token inside the sum over states, N_n(s) = max_w Σ_s' move(s, s') emit(s', w) N_child(n, w)(s'): for the sum over
states of a maximum is never less than the maximum of the sum.
"""

import numpy as np

from generator.constraints.dfa import DEAD, DONE, Constraint
from generator.inference.messages import Frontier, NodeMessages, Step, only
from generator.models.hmm import Hmm


class HmmMessages:
    """An HMM under a constraint (see Messages)."""

    def __init__(self, model: Hmm, constraint: Constraint, best: bool = False):
        self.model, self.best = model, best
        self.at = NodeMessages(constraint, model.states)
        for node in constraint.backwards:
            self._fill(node, constraint.free.get(node))

    def step(self, frontier: Frontier, nodes: np.ndarray | int) -> Step:
        node = only(nodes)
        if node is None:
            return self._step_apart(frontier, nodes)
        ways = self.at.ways(node)
        mass = np.zeros((len(frontier.log_prob), len(self.model.vocabulary)))
        for kid, share, tokens in ways.kids:
            ahead = frontier.state[:, :-1] * (self.at.vectors[kid] * share)
            if len(tokens) == len(self.model.vocabulary):
                mass = ahead @ self.model.emit
            else:
                mass[:, tokens] = ahead @ self.model.emit[:, tokens]
        return Step(mass, frontier.log_prob + ways.scale)

    def _step_apart(self, frontier: Frontier, nodes: np.ndarray) -> Step:
        """A step where the prefixes stand at several nodes."""
        children, share, scale = self.at.children(nodes)
        mass = np.zeros(children.shape)
        for kid in set(np.unique(children).tolist()) - {DEAD}:
            rows = np.flatnonzero((children == kid).any(axis=1))
            ahead = (frontier.state[rows, :-1] * self.at.vectors[kid]) @ self.model.emit
            mass[rows] += np.where(children[rows] == kid, ahead, 0.0)
        return Step(mass * share, frontier.log_prob + scale)

    def _fill(self, node: int, free: int | None) -> None:
        """Set the message of a node from its children's; where anything goes, from what the model keeps."""
        kept = self.model.kept_messages
        if free is None:
            self._pull(node)
        elif (self.best, free) in kept:
            self.at.vectors[node], self.at.scale[node] = kept[self.best, free]
        else:
            self._pull(node)
            kept[self.best, free] = self.at.vectors[node], self.at.scale[node]

    def _pull(self, node: int) -> None:
        if node == DONE:
            return self.at.put(node, self.model.stop.copy())
        ways = self.at.ways(node)
        ahead = [self._emitting(self.at.vectors[kid] * share, tokens) for kid, share, tokens in ways.kids]
        if not ahead:
            return None
        ahead = ahead[0] if len(ahead) == 1 else np.concatenate(ahead)
        message = (ahead @ self.model.move_to).max(axis=0) if self.best else self.model.move @ ahead.sum(axis=0)
        return self.at.put(node, message, ways.scale)

    def _emitting(self, message: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """What each state brings by each of some tokens, shape (tokens, S)."""
        emit = (
            self.model.emit_of if len(tokens) == len(self.model.vocabulary) else self.model.emit_of.take(tokens, axis=0)
        )
        return emit * message
