"""A hidden Markov model as an automaton (Rabiner 1989), with a stop after each state."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from generator.inference.messages import Frontier, log
from generator.vocabulary import Vocabulary

LEAST = 5e-324  # the least number above nothing: dividing nothing by it leaves nothing


@dataclass(frozen=True, eq=False)
class Hmm:
    """S hidden states that each emit one of V tokens and then go on to a state or stop.

    start: float64 (S,), the first state. leave: (S, S + 1), from row to column, the end last. emit: (S, V), the token
    of a state; what a row leaves is the mass kept for a token that training never saw. lengths: what log p of a
    sequence of so many tokens is raised by, nats, the last for all that are longer (see lengths), or nothing.
    """

    vocabulary: Vocabulary
    start: np.ndarray
    leave: np.ndarray
    emit: np.ndarray
    lengths: np.ndarray = field(default_factory=lambda: np.empty(0))
    provenance: dict = field(default_factory=dict)
    cache: dict[Any, Any] = field(default_factory=dict, repr=False)  # see HmmMessages
    kind = "hmm"
    order = None

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

    def begin(self, lengths: np.ndarray) -> Frontier:
        """The empty prefixes of n sequences; a frontier's state is p(next state or the end | prefix), shape (n, S +
        1)."""
        return Frontier(
            np.tile(np.append(self.start, 0.0), (len(lengths), 1)),
            self.lengths[np.minimum(lengths, len(self.lengths) - 1)] if self.lengths.size else np.zeros(len(lengths)),
        )

    def length_mass(self, longest: int) -> np.ndarray:
        """p(T) of sequences of 0 to so many known tokens, by the model's own stops, float64."""
        ahead, mass, known = self.stop, np.zeros(longest + 1), self.emit.sum(axis=1)
        for length in range(1, longest + 1):
            mass[length] = self.start @ (known * ahead)
            ahead = self.move @ (known * ahead)
        return mass

    def advance(self, frontier: Frontier, rows: np.ndarray, tokens: np.ndarray) -> Frontier:
        """The prefixes in `rows`, each with one more token."""
        return self._emitted(
            frontier.state.take(rows, axis=0)[:, :-1] * self.emit_of.take(tokens, axis=0), frontier.log_prob[rows]
        )

    def advance_unknown(self, frontier: Frontier) -> Frontier:
        """The prefixes, each with one token that training never saw."""
        return self._emitted(frontier.state[:, :-1] * np.clip(1.0 - self.emit.sum(axis=1), 0.0, 1.0), frontier.log_prob)

    def _emitted(self, emitting: np.ndarray, log_prob: np.ndarray) -> Frontier:
        """The prefixes after p(state, token | prefix), shape (n, S)."""
        prob = emitting.sum(axis=1)
        emitting /= np.maximum(prob, LEAST)[:, None]
        return Frontier(emitting @ self.leave, log_prob + log(prob))

    def finish(self, frontier: Frontier) -> np.ndarray:
        """log p(prefix and then the end) in nats, shape (n,)."""
        return frontier.log_prob + log(frontier.state[:, -1])

    def check(self) -> None:
        """Raise ValueError where the tables do not fit together."""
        states, width = self.start.size, len(self.vocabulary)
        if (
            self.start.shape != (states,)
            or self.leave.shape != (states, states + 1)
            or self.emit.shape != (states, width)
        ):
            raise ValueError("shapes differ")
        for table, least in ((self.start, 1.0), (self.leave, 1.0), (self.emit, 0.0)):
            total = table.sum(axis=-1)
            if (
                table.dtype != np.float64
                or not (table >= 0).all()
                or not (least - 1e-6 <= total).all()
                or not (total <= 1 + 1e-6).all()
            ):
                raise ValueError("rows are not probabilities")
