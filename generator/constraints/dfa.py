"""The constraint of a query: an acyclic automaton over tokens in which every node knows how many tokens remain.

`...w` with two or three tokens:

    start of 3           start of 2
        ▼                    ▼
    (3 remain) ──any──▶ (2 remain) ──any──▶ (1 remains) ──w──▶ DONE

Every other token leads to SINK. The graph has no cycle, so messages run over it once, from the end to the start.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from generator.cache import Cached
from generator.constraints.acceptor import SINK, Acceptor
from generator.constraints.pattern import Part, Pattern
from generator.vocabulary import Vocabulary

DONE = 1  # the node where the sequence ends; node SINK cannot be filled


class Unfillable(ValueError):
    """A pattern that no sequence of these tokens and lengths fills: the part at fault, and the reason."""

    def __init__(self, part: str, reason: str):
        super().__init__(f"{part}: {reason}" if part else reason)
        self.part, self.reason = part, reason


class Tangled(ValueError):
    """A pattern whose automaton is too large to be answered in good time."""


@dataclass(frozen=True, eq=False)
class Constraint(Cached):
    """An acyclic automaton of N nodes over tokens.

    transitions: int32 (N, V), the node after a token at a node; 0 is SINK, 1 is DONE.
    remaining: int (N,), the number of tokens that remain at a node.
    starts: the first node of each length in tokens that can be filled.
    vocabulary: the tokens.
    parts: the parts of the first pattern. also: further patterns that must be filled.
    entries: nodes that a query may enter without passing a start (see alignments).
    acceptor: accepts the sequences that are allowed besides; None allows all.
    cache: what queries work out under this constraint (see `generator.cache`).
    """

    transitions: np.ndarray
    remaining: np.ndarray
    starts: dict[int, int]
    vocabulary: Vocabulary
    parts: tuple[Part, ...] = ()
    also: tuple[Pattern, ...] = ()
    entries: frozenset[int] = frozenset()
    acceptor: Acceptor | None = None

    @property
    def lengths(self) -> tuple[int, ...]:
        """The lengths in tokens that can be filled."""
        return tuple(self.starts)

    @cached_property
    def backwards(self) -> list[int]:
        """All nodes but SINK, those with the fewest remaining tokens first."""
        return [node for node in np.argsort(self.remaining, kind="stable").tolist() if node != SINK]

    @cached_property
    def unconstrained(self) -> dict[int, int]:
        """The nodes from which every sequence fits, each with its number of remaining tokens."""
        unconstrained = {DONE: 0}
        for node in self.backwards:
            if node > DONE and self._is_unconstrained(
                node, unconstrained, self.vocabulary.not_last & (self.remaining[node] == 1)
            ):
                unconstrained[node] = int(self.remaining[node])
        return unconstrained

    @cached_property
    def unconstrained_lengths(self) -> frozenset[int]:
        """The lengths of which every sequence fits."""
        first, last = self.vocabulary.not_first, self.vocabulary.not_last
        return frozenset(
            length
            for length, node in self.starts.items()
            if self._is_unconstrained(node, self.unconstrained, first | (last & (length == 1)))
        )

    @property
    def fillable(self) -> bool:
        """Whether the acceptor allows any sequence that fits, whatever a model makes of it."""
        if self.acceptor is None:
            return bool(self.starts)
        come_to = {node: np.arange(self.acceptor.size) == self.acceptor.initial_state for node in self.starts.values()}
        for node in reversed(self.backwards):
            here = np.flatnonzero(come_to.pop(node)) if node != DONE and node in come_to else ()
            for child, tokens in self.arcs(node) if len(here) else ():
                states = come_to.setdefault(child, np.zeros(self.acceptor.size, dtype=bool))
                states[self.acceptor.next_state(np.repeat(here, len(tokens)), np.tile(tokens, len(here)))] = True
                states[SINK] = False
        return bool(self.acceptor.is_final(np.flatnonzero(come_to.get(DONE, ()))).any())

    def arcs(self, node: int) -> list[tuple[int, np.ndarray]]:
        """The arcs from a node: each node after it but SINK, with the tokens that lead there, int64, ascending."""
        if node not in self._arcs:
            transitions = self.transitions[node]
            self._arcs[node] = [
                (child, np.flatnonzero(transitions == child))
                for child in dict.fromkeys(transitions.tolist())
                if child != SINK
            ]
        return self._arcs[node]

    @cached_property
    def _arcs(self) -> dict[int, list[tuple[int, np.ndarray]]]:
        return {}

    def _is_unconstrained(self, node: int, unconstrained: dict[int, int], barred: np.ndarray) -> bool:
        """Whether every token but the barred ones leads to one unconstrained node, and the barred ones to SINK."""
        transitions = self.transitions[node]
        child = int(transitions.max())
        return child in unconstrained and bool((transitions == np.where(barred, SINK, child)).all())
