"""Ancestral sampling from a back-off chain.

symbol    shape    what
row       (C + 1,) a context; the last one is past the end
outcome            a number below 2^bits: 0 for the end, w + 1 for token w, V + 1 for the unknown token
label              (row after the outcome) << bits | outcome
"""

import numpy as np

from generator.constraints.dfa import Constraint
from generator.inference.alias import Alias
from generator.inference.ancestral import Ancestral, Sums, TableType, chosen
from generator.inference.automaton_markov import START, MarkovAutomaton


class MarkovAncestral(Ancestral):
    """A back-off chain that is walked from label to label (see above)."""

    def __init__(self, part: MarkovAutomaton, constraint: Constraint, few: bool, table: TableType):
        super().__init__(part, constraint, few, table)
        self.bits, self.begins = _bits(part), part.begins << _bits(part)
        self.over = len(part.shorter) << self.bits
        if part.position == "to_end":  # it chooses a length first: only those wanted are tried
            chances = self.accept_prob[self.lengths]
            self.most *= chances.sum()
            self.chances = chances / chances.sum() if self.most else np.full(len(chances), 1.0 / len(chances))
            self.accept_prob[self.lengths] = 1.0

    @staticmethod
    def look_up(part: MarkovAutomaton) -> "Outcomes":
        return Outcomes(part)

    @staticmethod
    def lay_out(part: MarkovAutomaton, table: TableType) -> Alias | Sums:
        prob, after = part.table or part.rows(np.arange(len(part.shorter)))
        over, outcomes = len(part.shorter), part.end + 2
        rows = np.zeros((over + 1, outcomes))
        rows[:-1, 0], rows[:-1, 1:-1], rows[over, 0] = part.end_prob, prob, 1.0
        rows[:-1, -1] = np.clip(1.0 - rows[:-1].sum(axis=1), 0.0, 1.0)
        if part.position == "to_end":  # an end before position 0 is no sequence, like an unknown token
            early = ~_at_end(part)
            rows[:-1][early, -1] += rows[:-1][early, 0]
            rows[:-1][early, 0] = 0.0
        next_row = np.full(rows.shape, over, dtype=np.int32)
        next_row[:-1, 1:-1] = after
        return table(
            rows / rows.sum(axis=1, keepdims=True), next_row << _bits(part) | np.arange(outcomes, dtype=np.int32)
        )

    def begin(self, tries: int, rng: np.random.Generator) -> np.ndarray:
        """The row of the empty prefix of each try."""
        if len(self.begins) == 1:
            return np.repeat(self.begins, tries)
        return self.begins[rng.choice(self.lengths, tries, p=self.chances)]

    def step(self, at: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """The labels after some labels, and their tokens."""
        at = self.tables.draw(at >> self.bits, rng)
        return at, (at & (1 << self.bits) - 1) - 1


class Outcomes:
    """The distributions of an Alias over the outcomes of a chain, each row put together when a walk meets it."""

    def __init__(self, part: MarkovAutomaton):
        self.part, self.bits, self.over = part, _bits(part), len(part.shorter)
        self.early = ~_at_end(part) if part.position == "to_end" else None

    def draw(self, rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """The label of one outcome of each of some rows, shape (n,)."""
        contexts = np.minimum(rows, self.over - 1)
        prob, after = self.part.rows(contexts)
        outcome = chosen(np.column_stack([self.part.end_prob[contexts], prob]).cumsum(axis=1), rng)
        if self.early is not None:
            outcome[(outcome == 0) & self.early[contexts]] = self.part.end + 1
        tokens = (outcome > 0) & (outcome <= self.part.end)
        next_row = np.where(tokens, after[np.arange(len(rows)), np.where(tokens, outcome - 1, 0)], self.over)
        return np.where(rows < self.over, next_row << self.bits | outcome, self.over << self.bits)


def _bits(part: MarkovAutomaton) -> int:
    """How many bits the number of an outcome takes."""
    return (part.end + 1).bit_length()


def _at_end(part: MarkovAutomaton) -> np.ndarray:
    """Which contexts of a chain that counts to the end are at position 0, bool (C,)."""
    at_end = np.zeros(len(part.shorter), dtype=bool)
    for bounds in part.spans[1:]:
        at_end[bounds[START] : bounds[START + 1]] = True
    return at_end
