"""Which part of a pattern each token fills, when a sequence can fill it in several ways.

A sequence is read from the left, each `...` as short as can be. What stands between two gaps is then where it first
occurs, so while a gap goes on the reader keeps in mind how much of it has matched from earlier places: none of these
may ever be whole. The reader guesses where the gap ends. Only the true guess comes to the end, so that every sequence
is read in one way alone and the probabilities of readings add up.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from generator.constraints.dfa import DEAD, Constraint, Tangled, _Builder
from generator.constraints.pattern import Part, Pattern
from generator.vocabulary import Vocabulary

MOST_STEPS = (
    1_200  # each is a pass over the model; patterns of many gaps, holes and lengths would take too long for a chat
)
# The part that the next token fills, how much has matched from earlier places, and the places reached in further
# patterns.
State = tuple[int, frozenset[int], frozenset[int]]


class Stand(NamedTuple):
    """Where a reader stands: in a state, so many tokens into a gap, at the first token or not.

    In the last gap tokens are not counted: it takes all but those of the places after it.
    """

    part: int
    earlier: frozenset[int]
    others: frozenset[int]
    stayed: int
    first: bool

    @property
    def state(self) -> State:
        """What of it bears on what may follow."""
        return self.part, self.earlier, self.others


class Step(NamedTuple):
    """Tokens that lead from one stand to the next, so many to come before, and the node of what may follow."""

    to_come: int
    here: Stand
    there: Stand
    tokens: np.ndarray
    node: int


def ended(parts: tuple[Part, ...], step: Step) -> Iterator[tuple[int, int]]:
    """The gaps whose length a step settles, with it: the last one as it begins, the others once they are over."""
    here, following = step.here, step.there.part
    last = max((i for i, part in enumerate(parts) if part.kind == "gap"), default=-1)
    places = len(parts) - last - 1
    if here.first and last == 0:
        yield last, step.to_come - places
    elif here.part < last <= following:
        yield last, step.to_come - 1 - places
    if here.first and here.part > 0 < last:
        yield 0, 0
    if parts[here.part].kind == "gap" and here.part < min(last, following):
        yield here.part, here.stayed + 1
    if parts[here.part].kind != "gap" and here.part + 1 < min(last, following):
        yield here.part + 1, 0


class Readings(NamedTuple):
    """The first stands for each length, every step of every reading from the first token to the last, and what may
    follow each."""

    begin: dict[int, list[Stand]]
    steps: tuple[Step, ...]
    following: Constraint


def readings_of(constraint: Constraint, vocabulary: Vocabulary) -> Readings:
    """How sequences fill a constraint's pattern, worked out once; raises Tangled for too many ways."""
    if "readings" not in constraint.messages:
        constraint.messages["readings"] = _Reader(constraint, vocabulary).readings()
    return constraint.messages["readings"]


class _Reader(_Builder):
    """The subset construction over parts of the pattern in place of places, and the readings before it makes them
    one."""

    def __init__(self, constraint: Constraint, vocabulary: Vocabulary):
        super().__init__([Pattern("", constraint.parts), *constraint.also], vocabulary)
        self.constraint, self.parts, self.count = constraint, constraint.parts, self.end[0]
        self.begin = (frozenset(), frozenset(self.firsts[1:]))
        self.gaps = [i for i, part in enumerate(self.parts) if part.kind == "gap"]
        self.rest = [sum(part.kind != "gap" for part in self.parts[i:]) for i in range(len(self.parts) + 1)]
        self.block = dict(map(self._block, self.gaps, self.gaps[1:]))

    def _block(self, gap: int, following: int) -> tuple[int, tuple[int, int]]:
        """What stands between a gap and the one after it: its first place and how many there are."""
        return gap, (self.count - self.rest[gap], following - gap - 1)

    def readings(self) -> Readings:
        steps, starts = tuple(self._steps()), {total: self._start(total) for total in self.constraint.lengths}
        children, to_come = self.arrays()
        entries = frozenset(step.node for step in steps) if len(self.gaps) > 1 else frozenset()
        begin = {total: self._begin(total) for total in starts}
        return Readings(
            begin, steps, Constraint(children, to_come, starts, self.constraint.vocabulary, self.parts, entries=entries)
        )

    def _start(self, total: int) -> int:
        states = self._ending(_choices(self.parts, 0, *self.begin), total)
        return self._share(total, self._row(states, total, at_start=True))

    def _begin(self, total: int) -> list[Stand]:
        """The first stands: apart from later ones, since some tokens begin no sequence."""
        return [Stand(*state, 0, True) for state in self._ending(_choices(self.parts, 0, *self.begin), total)]

    def _steps(self) -> Iterator[Step]:
        """All steps, those with most tokens to come first."""
        stands: dict[Stand, None] = {}
        made = 0
        for to_come in range(max(self.constraint.lengths), 0, -1):
            if to_come in self.constraint.starts:
                stands |= dict.fromkeys(self._begin(to_come))
            ahead: dict[Stand, None] = {}
            for here in stands:
                for there, tokens in self._onward(here, to_come).items():
                    node = self.node(frozenset([there.state]), to_come - 1)
                    if node == DEAD:
                        continue
                    ahead[there] = None
                    made += 1
                    if made > MOST_STEPS:
                        raise Tangled(f"its gaps can be read in more than {MOST_STEPS} steps")
                    yield Step(to_come, here, there, np.flatnonzero(np.isin(self.class_of, tokens)), node)
            stands = ahead

    def _onward(self, here: Stand, to_come: int) -> dict[Stand, list[int]]:
        """Where a reader may stand after the next token, and the classes of tokens that lead there."""
        onward: dict[Stand, list[int]] = {}
        for number, (bits, not_first, not_last) in enumerate(self.classes):
            if (not_first and here.first) or (not_last and to_come == 1):
                continue
            for part, *minded in self._ending(self._following(here.state, bits), to_come - 1):
                stayed = here.stayed + 1 if part == here.part < self.gaps[-1] else 0
                onward.setdefault(Stand(part, *minded, stayed, False), []).append(number)
        return onward

    def _following(self, state: State, bits: int) -> list[State]:
        """The states after a state by a token of one class."""
        part, earlier, others = state
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

    def _ending(self, states: Iterable[State], to_come: int) -> frozenset[State]:
        """The states from which so many tokens lead to the end, each without the places from which they do not."""
        ending = (
            (part, earlier, frozenset(i for i in others if super(_Reader, self)._can_end(i, to_come)))
            for part, earlier, others in states
            if self._can_end(part, to_come)
        )
        return frozenset(state for state in ending if len({self.end[i] for i in state[2]}) == len(self.firsts) - 1)

    def _can_end(self, part: int, to_come: int) -> bool:
        left = self.rest[part]
        if part in self.gaps:
            return left < to_come
        return left <= to_come if self.gaps and part < self.gaps[-1] else left == to_come

    def _after(self, places: frozenset[State], bits: int) -> frozenset[State]:
        return frozenset(after for place in places for after in self._following(place, bits))


def _choices(parts: tuple[Part, ...], part: int, earlier: frozenset[int], others: frozenset[int]) -> list[State]:
    """The states in which a reader who stands before a part may take the next token: a gap may be over as it begins."""
    if part < len(parts) and parts[part].kind == "gap":
        return [(part, earlier, others), (part + 1, earlier, others)]
    return [(part, earlier, others)]
