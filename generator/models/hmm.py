"""A hidden Markov model as a model (see `generator.inference.automaton_hmm` for its tables)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from generator.constraints.acceptor import Acceptor
from generator.constraints.dfa import Constraint
from generator.inference.automaton_hmm import HmmAutomaton
from generator.inference.backward_hmm import HmmMessages
from generator.inference.messages import Frontier
from generator.models.compacting import single_precision
from generator.models.model import Component, Tables
from generator.vocabulary import Vocabulary

if TYPE_CHECKING:
    from generator.inference.ancestral import TableType
    from generator.inference.ancestral_hmm import HmmAncestral
    from generator.inference.product_hmm import ProductHmm


class Hmm(HmmAutomaton, Component):
    """S hidden states that each emit one of V tokens, and then go on to a state or stop."""

    kind = "hmm"
    order = None
    tables = ("start", "leave", "emit", "lengths")  # that a file holds

    def messages(self, constraint: Constraint, best: bool = False) -> HmmMessages:
        return HmmMessages(self, constraint, best)

    def product(self, acceptor: Acceptor, longest: int) -> ProductHmm:
        from generator.inference.product_hmm import ProductHmm

        return ProductHmm(self.vocabulary, self, acceptor)

    def ancestral(self, constraint: Constraint, few: bool, table: TableType) -> HmmAncestral:
        from generator.inference.ancestral_hmm import HmmAncestral

        return HmmAncestral(self, constraint, few, table)

    def length_mass(self, longest: int) -> np.ndarray:
        """p(T) of sequences of 0 to `longest` known tokens, by the model's own stops, float64."""
        ahead, mass, known = self.stop, np.zeros(longest + 1), self.emit.sum(axis=1)
        for length in range(1, longest + 1):
            mass[length] = self.start @ (known * ahead)
            ahead = self.move @ (known * ahead)
        return mass

    def advance_unknown(self, frontier: Frontier) -> Frontier:
        """The prefixes, each with one token that training never saw."""
        return self.emitted(frontier.state[:, :-1] * self.emit_unknown, frontier.log_prob)

    def tempered(self, wild: float) -> Hmm:
        """Every row to the power 1 / wild; the unknown token is one outcome more of each state."""
        power, tokens = 1.0 / wild, np.column_stack([self.emit, self.emit_unknown])
        start, leave, emit = (_normalised(table**power) for table in (self.start, self.leave, tokens))
        return replace(self, start=start, leave=leave, emit=emit[:, :-1])

    def compacted(self) -> Hmm:
        start, leave, emit = (single_precision(table) for table in (self.start, self.leave, self.emit))
        return replace(self, start=start, leave=leave, emit=emit)

    def without_lengths(self) -> Hmm:
        return replace(self, lengths=np.empty(0))

    @property
    def beyond_backoff(self) -> str:
        return "hidden states"

    def described(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        return {"kind": self.kind, "order": None}, {name: getattr(self, name) for name in self.tables}

    @classmethod
    def from_description(cls, header: Mapping, arrays: Tables, vocabulary: Vocabulary, provenance: dict) -> Self:
        model = cls(vocabulary, **{name: arrays[name] for name in cls.tables}, provenance=provenance)
        model.check()
        return model

    def check(self) -> None:
        """Raise ValueError if the tables do not fit together."""
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


def _normalised(table: np.ndarray) -> np.ndarray:
    return table / table.sum(axis=-1, keepdims=True)
