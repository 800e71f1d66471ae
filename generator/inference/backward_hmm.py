"""Backward messages over a hidden Markov model and a constraint (Rabiner 1989, eq. 25, summed over allowed tokens).

β_n(s) is the probability that, after state s emitted its token, what is left of the constraint at node n is filled:

    β_done(s) = stop(s),      β_n(s) = Σ_s' move(s, s') Σ_w emit(s', w) β_child(n, w)(s').

The best token sequence is hard in an HMM, since every sequence sums over many state paths. Its bound puts the choice of
the token inside the sum over states, N_n(s) = max_w Σ_s' move(s, s') emit(s', w) N_child(n, w)(s'): the sum over states
of a maximum is never less than the maximum of the sum.

symbol      shape    what
S                    hidden states
V                    tokens of the vocabulary
n                    node of the constraint
β_n, N_n    (S,)     vectors[n] exp(scale[n]) (see node_messages)
"""

import numpy as np

from generator.constraints.dfa import DONE, SINK, Constraint
from generator.inference.automaton_hmm import HmmAutomaton
from generator.inference.forward_hmm import HmmForward
from generator.inference.messages import Forward, Frontier, Messages, Step
from generator.inference.node_messages import NodeMessages, only


class HmmMessages(Messages):
    """The messages of an HMM under a constraint."""

    def __init__(self, model: HmmAutomaton, constraint: Constraint, best: bool = False):
        self.model, self.best = model, best
        self.at = NodeMessages(constraint, model.states)
        for node in constraint.backwards:
            self._fill(node, constraint.unconstrained.get(node))

    def step(self, frontier: Frontier, nodes: np.ndarray | int) -> Step:
        node = only(nodes)
        if not isinstance(node, int):
            return self._step_apart(frontier, node)
        arcs = self.at.arcs(node)
        mass = np.zeros((len(frontier.log_prob), len(self.model.vocabulary)))
        for child, share, tokens in arcs.live:
            ahead = frontier.state[:, :-1] * (self.at.vectors[child] * share)
            if len(tokens) == len(self.model.vocabulary):
                mass = ahead @ self.model.emit
            else:
                mass[:, tokens] = ahead @ self.model.emit[:, tokens]
        return Step(mass, frontier.log_prob + arcs.scale)

    def forwards(self) -> list[Forward]:
        return [HmmForward(self.model, self.at)]

    def _step_apart(self, frontier: Frontier, nodes: np.ndarray) -> Step:
        """A step of prefixes at several nodes."""
        transitions, share, scale = self.at.transitions(nodes)
        mass = np.zeros(transitions.shape)
        for child in set(np.unique(transitions).tolist()) - {SINK}:
            rows = np.flatnonzero((transitions == child).any(axis=1))
            ahead = (frontier.state[rows, :-1] * self.at.vectors[child]) @ self.model.emit
            mass[rows] += np.where(transitions[rows] == child, ahead, 0.0)
        return Step(mass * share, frontier.log_prob + scale)

    def _fill(self, node: int, unconstrained: int | None) -> None:
        """Set the message of a node from its children's. A node without constraint has one message in every constraint,
        so it is kept with the model."""
        kept = self.model.cache
        if unconstrained is None:
            self._pull(node)
        elif (self.best, unconstrained) in kept:
            self.at.vectors[node], self.at.scale[node] = kept[self.best, unconstrained]
        else:
            self._pull(node)
            kept[self.best, unconstrained] = self.at.vectors[node], self.at.scale[node]

    def _pull(self, node: int) -> None:
        if node == DONE:
            return self.at.put(node, self.model.stop.copy())
        arcs = self.at.arcs(node)
        each = [self._emitting(self.at.vectors[child] * share, tokens) for child, share, tokens in arcs.live]
        if not each:
            return None
        ahead = each[0] if len(each) == 1 else np.concatenate(each)
        message = (ahead @ self.model.move_to).max(axis=0) if self.best else self.model.move @ ahead.sum(axis=0)
        return self.at.put(node, message, arcs.scale)

    def _emitting(self, message: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """emit(s, w) β(s) of some tokens, shape (tokens, S)."""
        emit = (
            self.model.emit_of if len(tokens) == len(self.model.vocabulary) else self.model.emit_of.take(tokens, axis=0)
        )
        return emit * message
