"""Alignments: which part of a pattern each token fills, if a sequence can fill the pattern in several ways.

Every sequence has one alignment: each `...` is as short as can be. So the block between two gaps stands where it first
occurs. While the reader waits in a gap, it remembers how much of the block has matched from earlier places; no such
match may become complete. It guesses where the gap ends, and only the right guess reaches the end. So the
probabilities of alignments add up. `...ab...` on `aab`:

    (gap) ──a──▶ (gap, earlier a) ──a──▶ (at b) ──b──▶ (last gap)
                 └ the guess "the block begins at the first a" fails: b does not come next
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from generator.constraints.determinize import SubsetConstruction
from generator.constraints.dfa import SINK, Constraint, Tangled
from generator.constraints.pattern import Part, Pattern
from generator.vocabulary import Vocabulary

MOST_TRANSITIONS = 1_200  # each costs a pass over the model
# The part that the next token fills, how much of the block has matched from earlier places, and the places reached in
# further patterns: all that bears on what may follow.
Item = tuple[int, frozenset[int], frozenset[int]]


class State(NamedTuple):
    """The state of a reader: an item, the number of tokens since its gap began, and whether the first token is next.

    The tokens of the last gap are not counted; it takes all that the places after it leave.
    """

    part: int
    earlier: frozenset[int]
    others: frozenset[int]
    stayed: int
    first: bool

    @property
    def item(self) -> Item:
        """The state without what is only counted."""
        return self.part, self.earlier, self.others


class Transition(NamedTuple):
    """Tokens that lead from one state to the next, the number that remain before them, and the node after them."""

    remaining: int
    here: State
    there: State
    tokens: np.ndarray
    node: int


def ended(parts: tuple[Part, ...], transition: Transition) -> Iterator[tuple[int, int]]:
    """The gaps whose length a transition settles, with that length: the last gap as it begins, others as they end."""
    here, following = transition.here, transition.there.part
    last = max((i for i, part in enumerate(parts) if part.kind == "gap"), default=-1)
    places = len(parts) - last - 1
    if here.first and last == 0:
        yield last, transition.remaining - places
    elif here.part < last <= following:
        yield last, transition.remaining - 1 - places
    if here.first and here.part > 0 < last:
        yield 0, 0
    if parts[here.part].kind == "gap" and here.part < min(last, following):
        yield here.part, here.stayed + 1
    if parts[here.part].kind != "gap" and here.part + 1 < min(last, following):
        yield here.part + 1, 0


class Alignments(NamedTuple):
    """The first states of each length, all transitions from the first token to the last, and the constraint of what may
    follow each."""

    begin: dict[int, list[State]]
    transitions: tuple[Transition, ...]
    following: Constraint


def alignments_of(constraint: Constraint, vocabulary: Vocabulary) -> Alignments:
    """The alignments under a constraint, worked out once. Raises Tangled for more than 1,200 transitions."""
    if "alignments" not in constraint.cache:
        constraint.cache["alignments"] = _Aligner(constraint, vocabulary).alignments()
    return constraint.cache["alignments"]


class _Aligner(SubsetConstruction):
    """The subset construction over items in place of places, and the alignments before it merges them."""

    def __init__(self, constraint: Constraint, vocabulary: Vocabulary):
        super().__init__([Pattern("", constraint.parts), *constraint.also], vocabulary)
        self.constraint, self.parts, self.count = constraint, constraint.parts, self.end[0]
        self.begin: tuple[frozenset[int], frozenset[int]] = frozenset(), frozenset(self.firsts[1:])
        self.gaps = [i for i, part in enumerate(self.parts) if part.kind == "gap"]
        self.rest = [sum(part.kind != "gap" for part in self.parts[i:]) for i in range(len(self.parts) + 1)]
        self.block = dict(map(self._block, self.gaps, self.gaps[1:]))

    def _block(self, gap: int, following: int) -> tuple[int, tuple[int, int]]:
        """The block between a gap and the next one: its first place and its number of places."""
        return gap, (self.count - self.rest[gap], following - gap - 1)

    def alignments(self) -> Alignments:
        transitions, starts = (
            tuple(self._transitions()),
            {total: self._start(total) for total in self.constraint.lengths},
        )
        successors, remaining = self.arrays()
        entries = frozenset(transition.node for transition in transitions) if len(self.gaps) > 1 else frozenset()
        begin = {total: self._begin(total) for total in starts}
        return Alignments(
            begin,
            transitions,
            Constraint(successors, remaining, starts, self.constraint.vocabulary, self.parts, entries=entries),
        )

    def _start(self, total: int) -> int:
        items = self._ending(_choices(self.parts, 0, *self.begin), total)
        return self._share(total, self._row(items, total, at_start=True))

    def _begin(self, total: int) -> list[State]:
        """The first states; they differ from later ones, because some tokens begin no sequence."""
        return [State(*item, 0, True) for item in self._ending(_choices(self.parts, 0, *self.begin), total)]

    def _transitions(self) -> Iterator[Transition]:
        """All transitions, those with the most remaining tokens first."""
        states: dict[State, None] = {}
        made = 0
        for remaining in range(max(self.constraint.lengths), 0, -1):
            if remaining in self.constraint.starts:
                states |= dict.fromkeys(self._begin(remaining))
            ahead: dict[State, None] = {}
            for here in states:
                for there, tokens in self._onward(here, remaining).items():
                    node = self.node(frozenset([there.item]), remaining - 1)
                    if node == SINK:
                        continue
                    ahead[there] = None
                    made += 1
                    if made > MOST_TRANSITIONS:
                        raise Tangled(f"its gaps can be read in more than {MOST_TRANSITIONS} steps")
                    yield Transition(remaining, here, there, np.flatnonzero(np.isin(self.class_of, tokens)), node)
            states = ahead

    def _onward(self, here: State, remaining: int) -> dict[State, list[int]]:
        """The states after the next token, each with the classes of tokens that lead there."""
        onward: dict[State, list[int]] = {}
        for number, (bits, not_first, not_last) in enumerate(self.classes):
            if (not_first and here.first) or (not_last and remaining == 1):
                continue
            for part, earlier, others in self._ending(self._following(here.item, bits), remaining - 1):
                stayed = here.stayed + 1 if part == here.part < self.gaps[-1] else 0
                onward.setdefault(State(part, earlier, others, stayed, False), []).append(number)
        return onward

    def _following(self, item: Item, bits: int) -> list[Item]:
        """The items after an item and a token of one class."""
        part, earlier, others = item
        if part == len(self.parts):
            return []
        in_gap = self.parts[part].kind == "gap"
        if not in_gap and not bits >> (self.count - self.rest[part]) & 1:
            return []
        gap = max((g for g in self.gaps if g <= part), default=None)
        if gap in self.block:
            first, length = self.block[gap]
            matched = earlier | {0} if in_gap else earlier
            earlier = frozenset(n + 1 for n in matched if bits >> (first + n) & 1)
            if length in earlier:
                return []
        return _choices(self.parts, part if in_gap else part + 1, earlier, super()._after(others, bits))

    def _ending(self, items: Iterable[Item], remaining: int) -> frozenset[Item]:
        """The items that reach the end in this many tokens, each without the places that do not."""
        ending = (
            (part, earlier, frozenset(i for i in others if super(_Aligner, self)._can_end(i, remaining)))
            for part, earlier, others in items
            if self._can_end(part, remaining)
        )
        return frozenset(item for item in ending if len({self.end[i] for i in item[2]}) == len(self.firsts) - 1)

    def _can_end(self, part: int, remaining: int) -> bool:
        left = self.rest[part]
        if part in self.gaps:
            return left < remaining
        return left <= remaining if self.gaps and part < self.gaps[-1] else left == remaining

    def _after(self, places: frozenset[Item], bits: int) -> frozenset[Item]:
        return frozenset(after for place in places for after in self._following(place, bits))


def _choices(parts: tuple[Part, ...], part: int, earlier: frozenset[int], others: frozenset[int]) -> list[Item]:
    """The items in which a reader before a part may take the next token: a gap may end as it begins."""
    if part < len(parts) and parts[part].kind == "gap":
        return [(part, earlier, others), (part + 1, earlier, others)]
    return [(part, earlier, others)]
