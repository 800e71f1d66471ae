"""A variable-order Markov chain as a model (see `generator.inference.automaton_markov` for its formulas and tables)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from generator.constraints.acceptor import PAST, Acceptor
from generator.constraints.dfa import Constraint
from generator.constraints.metre import Metre
from generator.inference.automaton_markov import EMPTY, LONGEST_POSITION, START, MarkovAutomaton
from generator.inference.backward_markov import MarkovMessages
from generator.inference.messages import Frontier, log
from generator.models import successors
from generator.models.compacting import few_digits
from generator.models.model import Component, Tables
from generator.models.temperature import tempered_rows
from generator.vocabulary import Vocabulary

if TYPE_CHECKING:
    from generator.inference.ancestral import TableType
    from generator.inference.ancestral_markov import MarkovAncestral
    from generator.inference.product_markov import ProductMarkov

CLOCKS = {None: None, "from_start": "age", "to_end": "to come"}  # how a file writes a position
POSITIONS = {clock: position for position, clock in CLOCKS.items()}


class Markov(MarkovAutomaton, Component):
    """A back-off chain over C contexts, with E edges."""

    kind = "markov"
    tables: tuple[str, ...] = (
        "shorter",
        "length",
        "offsets",
        "token",
        "q",
        "after",
        "begins",
        "lengths",
    )  # that a file holds

    def messages(self, constraint: Constraint, best: bool = False) -> MarkovMessages:
        return MarkovMessages(self, constraint, best)

    def product(self, acceptor: Acceptor, longest: int) -> ProductMarkov:
        if isinstance(acceptor, Metre):
            from generator.inference.layered_markov import layered_markov

            return layered_markov(self, acceptor)
        from generator.inference.product_markov import product_markov

        return product_markov(self, acceptor, longest)

    def ancestral(self, constraint: Constraint, few: bool, table: TableType) -> MarkovAncestral:
        from generator.inference.ancestral_markov import MarkovAncestral

        return MarkovAncestral(self, constraint, few, table)

    @property
    def has_table(self) -> bool:
        return self.table is not None

    @property
    def chooses_length(self) -> bool:
        return self.position == "to_end"

    def length_mass(self, longest: int) -> np.ndarray:
        """p(T) of sequences of 0 to `longest` known tokens, by the chain's own ends, float64."""
        ahead, mass = self.end_prob, np.zeros(longest + 1)
        for length in range(1, longest + 1):
            ahead = self._one_more(ahead)
            mass[length] = ahead[self.begins[0]]
        return mass

    def _one_more(self, ahead: np.ndarray) -> np.ndarray:
        """Σ_w p(w|h) ahead(h, w) over the tokens w, float64 (C,) (see `generator.inference.backward_markov`)."""
        terms, message = self.token_prob * ahead[self.after], np.zeros(len(self.shorter))
        message[EMPTY] = terms[: self.offsets[1]].sum()
        seen = terms - self.edge_backoff * np.where(self.shorter_edge >= 0, terms[self.shorter_edge], 0.0)
        seen = np.add.reduceat(seen, self.offsets[:-1])
        for level in self.levels[1:]:
            message[level] = seen[level] + self.backoff[level] * message[self.shorter[level]]
        return message

    def advance_unknown(self, frontier: Frontier) -> Frontier:
        """The prefixes, each with one token that training never saw; of what follows it only the position is known."""
        prob, first = np.full(len(frontier.state), self.unseen), np.zeros(len(frontier.state), dtype=np.int32)
        for number, suffixes in enumerate(self.suffixes(frontier.state)):
            prob *= np.where(suffixes >= 0, self.backoff[suffixes], 1.0)
            if number == 0 and self.position:
                first = (
                    np.minimum(suffixes + 1, START + LONGEST_POSITION)
                    if self.position == "from_start"
                    else suffixes - 1
                )
        return Frontier(first, frontier.log_prob + log(prob))

    def log_probs_by_table(self, ids: np.ndarray) -> np.ndarray | None:
        if self.position or self.table is None:
            return None
        prob, after = map(np.ravel, self.table)
        at = np.full(len(ids), self.begins[0], dtype=np.int64)
        total = self.lengths[np.minimum((ids != PAST).sum(axis=1), LONGEST_POSITION + 1)] if self.lengths.size else 0.0
        for place in ids.T:
            on = place != PAST
            edge = at * self.end + np.where(on, place, 0)
            total = total + np.where(on, log(prob.take(edge)), 0.0)
            at = np.where(on, after.take(edge), at)
        return total + log(self.end_prob[at])

    def tempered(self, wild: float) -> Markov:
        return replace(self, q=tempered_rows(self, 1.0 / wild))

    def compacted(self) -> Markov:
        return replace(self, q=few_digits(self.q))

    def without_lengths(self) -> Markov:
        return self if self.position else replace(self, lengths=np.empty(0))

    @property
    def beyond_backoff(self) -> str | None:
        if self.position:
            return "a clock"
        return "a say in how long a name is" if self.lengths.size else None

    def described(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        arrays = {name: getattr(self, name) for name in self.tables}
        if (bits := successors.grown(self)) is not None:
            del arrays["after"]
            arrays["grown"] = bits
        return {"kind": self.kind, "order": self.order, "clock": CLOCKS[self.position]}, arrays

    @classmethod
    def from_description(cls, header: Mapping, arrays: Tables, vocabulary: Vocabulary, provenance: dict) -> Self:
        bits = arrays.get("grown")
        tables: dict[str, Any] = {name: arrays[name] for name in cls.tables if name != "after" or bits is None}
        if bits is not None:
            tables["after"] = np.zeros(len(tables["token"]), dtype=np.int32)
        position = POSITIONS[header["clock"]]
        model = cls(vocabulary, header["order"], position=position, **tables, provenance=provenance)
        model.check()
        if bits is not None:
            successors.fill(model, bits)
        return model

    def check(self) -> None:
        """Raise ValueError if the tables do not fit together."""
        contexts, edges = len(self.shorter), len(self.token)
        shapes = [a.shape for a in (self.shorter, self.length, self.offsets, self.token, self.q, self.after)]
        if shapes != [(contexts,), (contexts,), (contexts + 1,), (edges,), (edges,), (edges,)] or contexts < 2:
            raise ValueError("shapes differ")
        if self.offsets[0] != 0 or self.offsets[-1] != edges or (np.diff(self.offsets) < 1).any():
            raise ValueError("edges do not belong to contexts")
        if self.token[: self.offsets[1]].tolist() != list(range(self.end + 1)):
            raise ValueError("some token does not follow the empty context")
        if (
            (np.diff(self.length) < 0).any()
            or self.length[:2].tolist() != [0, 1]
            or (self.shorter[1:] >= np.arange(1, contexts)).any()
        ):
            raise ValueError("contexts are not sorted by length")
        counts = LONGEST_POSITION + 1 if self.position == "to_end" else 1
        if (
            self.position not in (None, "from_start", "to_end")
            or self.lengths.size not in (0, LONGEST_POSITION + 2)
            or self.begins.size != counts
        ):
            raise ValueError("the clock is unknown")
        for table, limit in (
            (self.begins, contexts),
            (self.shorter, contexts),
            (self.token, self.end + 1),
            (self.after, contexts),
        ):
            if table.min() < 0 or table.max() >= limit:
                raise ValueError("an index points outside its table")
        if not (
            np.isfinite(self.q).all()
            and self.q.min() >= 0
            and np.add.reduceat(self.q, self.offsets[:-1]).max() < 1 + 1e-9
        ):
            raise ValueError("rows are not probabilities")
