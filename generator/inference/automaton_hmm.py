"""A hidden Markov model as an automaton (Rabiner 1989), with a stop after each state.

symbol      field    shape       what
S           states               hidden states
V                                tokens of the vocabulary
π           start    (S,)        float64, p(first state)
            leave    (S, S + 1)  p(next state | state), and in the last column p(end | state)
A           move     (S, S)      p(next state | state)
            stop     (S,)        p(end | state)
B           emit     (S, V)      p(token | state); what a row lacks to 1 is the mass of a token that training never saw
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from generator.inference.automaton import SingleAutomaton
from generator.inference.messages import Frontier, log
from generator.vocabulary import Vocabulary

LEAST = 5e-324  # the least positive number: zeros divided by it stay zeros


@dataclass(frozen=True, eq=False)
class HmmAutomaton(SingleAutomaton):
    """The tables of an HMM (see above), and the walk over distributions of its states.

    lengths: float64, what log p of a sequence is raised by for each length, nats, the last for all that are longer;
    empty for nothing.
    """

    vocabulary: Vocabulary
    start: np.ndarray
    leave: np.ndarray
    emit: np.ndarray
    lengths: np.ndarray = field(default_factory=lambda: np.empty(0))
    provenance: dict = field(default_factory=dict)

    @property
    def states(self) -> int:
        """How many hidden states there are."""
        return len(self.start)

    @property
    def move(self) -> np.ndarray:
        """p(next state | state), shape (S, S); rows sum to what does not stop."""
        return self.leave[:, :-1]

    @cached_property
    def move_to(self) -> np.ndarray:
        """p(next state | state) laid out by next state, shape (S, S)."""
        return np.ascontiguousarray(self.move.T)

    @property
    def stop(self) -> np.ndarray:
        """p(end | state), shape (S,)."""
        return self.leave[:, -1]

    @cached_property
    def emit_of(self) -> np.ndarray:
        """p(token | state) laid out by token, shape (V, S)."""
        return np.ascontiguousarray(self.emit.T)

    @cached_property
    def emit_unknown(self) -> np.ndarray:
        """p(a token that training never saw | state), shape (S,)."""
        return np.clip(1.0 - self.emit.sum(axis=1), 0.0, 1.0)

    def begin(self, lengths: np.ndarray) -> Frontier:
        """The empty prefixes of n sequences; a frontier's state is p(next state or end | prefix), shape (n, S + 1)."""
        return Frontier(
            np.tile(np.append(self.start, 0.0), (len(lengths), 1)),
            self.lengths[np.minimum(lengths, len(self.lengths) - 1)] if self.lengths.size else np.zeros(len(lengths)),
        )

    def advance(self, frontier: Frontier, rows: np.ndarray, tokens: np.ndarray) -> Frontier:
        """The prefixes in `rows`, each with one more token."""
        return self.emitted(
            frontier.state.take(rows, axis=0)[:, :-1] * self.emit_of.take(tokens, axis=0), frontier.log_prob[rows]
        )

    def emitted(self, emitting: np.ndarray, log_prob: np.ndarray) -> Frontier:
        """The prefixes after one more token, given p(state, token | prefix), shape (n, S)."""
        prob = emitting.sum(axis=1)
        emitting /= np.maximum(prob, LEAST)[:, None]
        return Frontier(emitting @ self.leave, log_prob + log(prob))

    def finish(self, frontier: Frontier) -> np.ndarray:
        """log p(prefix and then the end) in nats, shape (n,)."""
        return frontier.log_prob + log(frontier.state[:, -1])
