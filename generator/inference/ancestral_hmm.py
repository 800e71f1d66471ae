"""Ancestral sampling from a hidden Markov model: a path of hidden states, and the token that each emits.

symbol    shape           what
S                         hidden states; row S is the one to begin in, row S + 1 the one past the end
moves     (S + 2, S + 1)  p(next row | row), past the end last
tokens    (S + 2, V + 2)  p(token | row): past the end, the V tokens, the unknown token
"""

import numpy as np

from generator.constraints.dfa import Constraint
from generator.inference.alias import Alias
from generator.inference.ancestral import Ancestral, Sums, TableType
from generator.inference.automaton_hmm import HmmAutomaton


class HmmAncestral(Ancestral):
    """An HMM that is walked from row to row (see above)."""

    def __init__(self, part: HmmAutomaton, constraint: Constraint, few: bool, table: TableType):
        super().__init__(part, constraint, few, table)
        self.moves, self.tokens = self.tables
        self.first, self.over = part.states, part.states + 1

    @staticmethod
    def lay_out(part: HmmAutomaton, table: TableType) -> tuple[Alias | Sums, ...]:
        states = part.states
        moves = np.vstack([part.leave, np.append(part.start, 0.0), np.eye(1, states + 1, states)])
        emit = np.zeros((states + 2, len(part.vocabulary) + 2))
        emit[:states, 1:-1], emit[states:, 0] = part.emit, 1.0
        emit[:states, -1] = part.emit_unknown
        label = np.append(np.arange(states), states + 1), np.arange(emit.shape[1]) - 1
        return tuple(
            table(rows / rows.sum(axis=1, keepdims=True), np.tile(names, (states + 2, 1)))
            for rows, names in zip((moves, emit), label, strict=True)
        )

    @staticmethod
    def look_up(part: HmmAutomaton) -> tuple[Alias | Sums, ...]:
        return HmmAncestral.lay_out(part, Sums)

    def begin(self, tries: int, rng: np.random.Generator) -> np.ndarray:
        """Row S for each try."""
        return np.full(tries, self.first)

    def step(self, at: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """The rows after some rows, and the token of each."""
        at = self.moves.draw(at, rng)
        return at, self.tokens.draw(at, rng)
