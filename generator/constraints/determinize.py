"""The subset construction: from patterns and a range of lengths to a Constraint.

A pattern is a small non-deterministic automaton. Its states are the places before which a reader may stand; before a
gap a reader may also wait. `...ab` has places 0, 1 and 2, of which 2 is the end:

    ┌any┐
    ▼   │
    (0)─┴──a──▶ (1) ──b──▶ (2)

`constrain` determinizes it once for each number of remaining tokens, drops the places that cannot reach the end in that
number, and lets nodes with equal rows share one node. A pattern without gaps keeps one node a place.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from generator.constraints.acceptor import SINK, Acceptor
from generator.constraints.dfa import DONE, Constraint, Tangled, Unfillable
from generator.constraints.pattern import LONGEST, Part, Pattern, parse_pattern
from generator.vocabulary import Vocabulary

SPACE = frozenset(" ")  # no pattern may begin or end with it
TYPED = ("letter", "class", "exact")  # the kinds of part that name the tokens wanted
Places = frozenset[Any]  # of ints; of items where alignments determinize
MOST_NODES = 250  # `...a*****b...` doubles its nodes with every hole, and each costs milliseconds


def constrain(
    pattern: Pattern | Sequence[Pattern] | None,
    vocabulary: Vocabulary,
    length: tuple[int, int] | None = None,
    acceptor: Acceptor | None = None,
) -> Constraint:
    """The constraint of patterns (None: anything), a range of lengths in tokens, ends included, and an acceptor.

    A sequence must fill every pattern; a posterior describes the first. A sign that begins (ends) no name of the
    corpus comes first (last) only if a pattern begins (ends) with it. No sequence begins or ends with a space, because
    a reader could not see it.

    Raises Unfillable if no token fills a part or if the lengths exclude one another, Tangled if there would be more
    than 250 nodes.

    >>> constrain(parse_pattern("m*..."), Vocabulary("emw"), (3, 4)).lengths
    (3, 4)
    >>> constrain([parse_pattern("m*..."), parse_pattern("...ew")], Vocabulary("emw"), (1, 4)).lengths
    (3, 4)
    """
    patterns = [pattern] if isinstance(pattern, Pattern) else list(pattern or []) or [parse_pattern("...")]
    lengths = _lengths(patterns, length)
    if any(part.tokens == SPACE for each in patterns for part in (each.parts[0], each.parts[-1])):
        raise Unfillable("", "no name begins or ends with a space")
    builder = SubsetConstruction(patterns, vocabulary)
    starts = {total: builder.start(total) for total in lengths}
    transitions, remaining = builder.arrays()
    return Constraint(
        transitions,
        remaining,
        {total: node for total, node in starts.items() if node != SINK},
        vocabulary,
        patterns[0].parts,
        also=tuple(patterns[1:]),
        acceptor=acceptor,
    )


def _lengths(patterns: Sequence[Pattern], length: tuple[int, int] | None) -> range:
    """The lengths that all patterns and the range allow."""
    shortest, longest = max(each.shortest for each in patterns), min(each.longest or LONGEST for each in patterns)
    if shortest > longest:
        raise Unfillable("", f"one of the patterns is at least {shortest} long, and another at most {longest}")
    low, high = length or (shortest, longest)
    if max(shortest, low, 1) <= min(longest, high):
        return range(max(shortest, low, 1), min(longest, high) + 1)
    fits = (
        f"exactly {shortest}"
        if shortest == longest
        else f"at most {longest}"
        if longest < low
        else f"at least {shortest}"
    )
    asked = f"{low}" if low == high else f"{low} to {high}"
    raise Unfillable("", f"the pattern is {fits} long, and the length asked for is {asked}")


def _places(pattern: Pattern, vocabulary: Vocabulary) -> tuple[np.ndarray, frozenset[int]]:
    """The tokens allowed at each place, bool (L, V), and the places that follow a gap."""
    rows: list[np.ndarray] = []
    loops: set[int] = set()
    for part in pattern.parts:
        if part.kind == "gap":
            loops.add(len(rows))
        else:
            rows.append(_allowed(part, vocabulary))
    return np.array(rows, dtype=bool).reshape(len(rows), len(vocabulary)), frozenset(loops)


def _allowed(part: Part, vocabulary: Vocabulary) -> np.ndarray:
    """The tokens that fit one place, bool (V,)."""
    if part.kind == "hole":
        return np.ones(len(vocabulary), dtype=bool)
    mask = vocabulary.among(part.tokens) if part.kind == "exact" else vocabulary.mask(part.tokens)
    if part.kind == "not":
        mask = ~mask
    if not mask.any():
        raise Unfillable(part.text, "nothing in this corpus fits")
    return mask


def _bars(patterns: Sequence[Pattern], vocabulary: Vocabulary) -> np.ndarray:
    """The tokens barred from the first and the last place, bool (2, V); none where a pattern names the token."""
    bars = np.stack([vocabulary.not_first, vocabulary.not_last])
    bars[[any(each.parts[end].kind in TYPED for each in patterns) for end in (0, -1)]] = False
    return bars


def _numbers(rows: np.ndarray) -> list[int]:
    """Each column of bool (L, V) as a number whose lowest bit is the first row."""
    bits = np.left_shift(np.uint64(1), np.arange(min(len(rows), 64), dtype=np.uint64))[:, None]
    numbers = [0] * rows.shape[1]
    for first in range(0, len(rows), 64):
        some = rows[first : first + 64]
        numbers = [
            n | more << first
            for n, more in zip(numbers, (some * bits[: len(some)]).sum(axis=0, dtype=np.uint64).tolist(), strict=True)
        ]
    return numbers


class SubsetConstruction:
    """The subset construction over pairs (set of places, remaining tokens).

    The places of all patterns are numbered one after another, each pattern's end after its last place. A set is live
    if it holds a place of every pattern.
    """

    def __init__(self, patterns: Sequence[Pattern], vocabulary: Vocabulary):
        self.firsts: list[int] = []  # the first place of each pattern
        self.end: list[int] = []  # the end of each place's pattern
        self.open: list[bool] = []  # whether a gap is still ahead of each place
        self.loops: set[int] = set()
        allowed = []
        for pattern in patterns:
            places, loops = _places(pattern, vocabulary)
            self.firsts.append(len(self.end))
            self.loops.update(self.firsts[-1] + i for i in loops)
            self.open += [any(i <= loop for loop in loops) for i in range(len(places) + 1)]
            self.end += [self.firsts[-1] + len(places)] * (len(places) + 1)
            allowed += [places, np.zeros((1, len(vocabulary)), dtype=bool)]
        # Tokens that all places and both bars treat alike form one class. A place is a bit, so a class is a number.
        told_apart = list(
            zip(_numbers(np.concatenate(allowed)[:-1]), *_bars(patterns, vocabulary).tolist(), strict=True)
        )
        self.classes = list(dict.fromkeys(told_apart))
        number = {told: i for i, told in enumerate(self.classes)}
        self.class_of = np.array([number[told] for told in told_apart], dtype=np.int64)
        self.rows: list[tuple[int, ...]] = [(), ()]
        self.remaining = [0, 0]
        self.of_state: dict[tuple[Places, int], int] = {}
        self.of_row: dict[tuple[int, tuple[int, ...]], int] = {}

    def node(self, places: Places, remaining: int) -> int:
        """The node of a set of places with this many tokens remaining."""
        places = self._ending(places, remaining)
        if not places:
            return SINK
        if remaining == 0:
            return DONE
        state = (places, remaining)
        if state not in self.of_state:
            self.of_state[state] = self._share(remaining, self._row(places, remaining))
        return self.of_state[state]

    def start(self, total: int) -> int:
        """The node before the first token of this length."""
        return self._share(total, self._row(frozenset(self.firsts), total, at_start=True))

    def _row(self, places: Places, remaining: int, at_start: bool = False) -> tuple[int, ...]:
        """The node after each class of tokens."""
        row, led = [], {}  # many classes lead to the same set of places
        for bits, not_first, not_last in self.classes:
            if (not_first and at_start) or (not_last and remaining == 1):
                row.append(SINK)
                continue
            after = self._after(places, bits)
            if after not in led:
                led[after] = self.node(after, remaining - 1)
            row.append(led[after])
        return tuple(row)

    def _ending(self, places: Places, remaining: int) -> Places:
        """The places that reach the end in this many tokens; none if a pattern has none."""
        ending = frozenset(i for i in places if self._can_end(i, remaining))
        return (
            ending if len(self.firsts) == 1 or len({self.end[i] for i in ending}) == len(self.firsts) else frozenset()
        )

    def _can_end(self, place: int, remaining: int) -> bool:
        left = self.end[place] - place
        return left <= remaining if self.open[place] else left == remaining

    def _after(self, places: Places, bits: int) -> Places:
        moved = [i + 1 for i in places if bits >> i & 1]
        return frozenset(moved + [i for i in places if i in self.loops] if self.loops else moved)

    def _share(self, remaining: int, row: tuple[int, ...]) -> int:
        if not any(row):
            return SINK
        if len(self.rows) > MOST_NODES:
            raise Tangled(f"{len(self.end)} places between gaps can be read in more than {MOST_NODES} ways")
        node = self.of_row.setdefault((remaining, row), len(self.rows))
        if node == len(self.rows):
            self.rows.append(row)
            self.remaining.append(remaining)
        return node

    def arrays(self) -> tuple[np.ndarray, np.ndarray]:
        """`transitions` and `remaining` of the Constraint."""
        by_class = np.zeros((len(self.rows), len(self.classes)), dtype=np.int32)
        if len(self.rows) > 2:
            by_class[2:] = self.rows[2:]
        return by_class[:, self.class_of], np.array(self.remaining)
