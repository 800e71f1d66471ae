"""What is asked of a sequence, as an automaton over tokens that knows how many tokens are still to come.

A pattern such as `mo...ly` is a small non-deterministic automaton: it stands before a place, or waits in a gap.
`constrain` makes it deterministic (the subset construction), once for each number of tokens to come, drops what can no
longer be filled in that number, and lets equal states share one node. Without a gap one node a place is left; with
gaps, as few as tell futures apart. The graph has no cycle, so messages can run over it once, from the end to the start.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from generator.constraints.acceptor import SINK as FORBIDDEN
from generator.constraints.acceptor import Acceptor
from generator.constraints.pattern import LONGEST, Part, Pattern, parse_pattern
from generator.vocabulary import Vocabulary

SINK, DONE = 0, 1  # the node that nothing can fill, and the one where all is filled and the sequence ends
SPACE = frozenset(" ")  # what no name can be asked to begin or end with
TYPED = ("letter", "class", "exact")  # the kinds of part that say which tokens somebody wants
# A pattern such as `...a*****b...` doubles its nodes with every hole, and each costs milliseconds; stop in time
MOST_NODES = 250


class Unfillable(ValueError):
    """A pattern that no sequence over these tokens and of these lengths can fill: the part at fault, and why."""

    def __init__(self, part: str, reason: str):
        super().__init__(f"{part}: {reason}" if part else reason)
        self.part, self.reason = part, reason


class Tangled(ValueError):
    """A pattern that can be read in too many ways at once to be answered in good time."""


@dataclass(frozen=True, eq=False)
class Constraint:
    """An acyclic automaton over tokens.

    children: int32, shape (N, V): the node after a token at a node; 0 is dead, 1 is done.
    to_come: int, shape (N,): tokens still to come at a node.
    starts: the first node for each length in tokens that can be filled.
    vocabulary: the tokens.
    parts: of the pattern that it was made from. also: further patterns that must be filled.
    entries: nodes that a query may come to by other ways than from a start (see alignments).
    acceptor: what no sequence may hold besides, None for nothing.
    messages: kept here by `messages_of`, so that who asks the same thing twice pays once.
    """

    transitions: np.ndarray
    remaining: np.ndarray
    starts: dict[int, int]
    vocabulary: Vocabulary
    parts: tuple[Part, ...] = ()
    also: tuple[Pattern, ...] = ()
    entries: frozenset[int] = frozenset()
    acceptor: Acceptor | None = None
    messages: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def lengths(self) -> tuple[int, ...]:
        """The lengths, in tokens, that can be filled."""
        return tuple(self.starts)

    @cached_property
    def backwards(self) -> list[int]:
        """All nodes but the dead one, those with the fewest tokens to come first."""
        return [node for node in np.argsort(self.remaining, kind="stable").tolist() if node != SINK]

    @cached_property
    def unconstrained(self) -> dict[int, int]:
        """For each node from which on anything goes, how many tokens are to come."""
        unconstrained = {DONE: 0}
        for node in self.backwards:
            if node > DONE and self._is_unconstrained(
                node, unconstrained, self.vocabulary.not_last & (self.remaining[node] == 1)
            ):
                unconstrained[node] = int(self.remaining[node])
        return unconstrained

    @cached_property
    def unconstrained_lengths(self) -> frozenset[int]:
        """The lengths in which anything goes from the first token on."""
        first, last = self.vocabulary.not_first, self.vocabulary.not_last
        return frozenset(
            length
            for length, node in self.starts.items()
            if self._is_unconstrained(node, self.unconstrained, first | (last & (length == 1)))
        )

    @property
    def fillable(self) -> bool:
        """Whether any sequence that fits is one that the acceptor allows; no model is asked."""
        if self.acceptor is None:
            return bool(self.starts)
        come_to = {node: np.arange(self.acceptor.size) == self.acceptor.initial_state for node in self.starts.values()}
        for node in reversed(self.backwards):
            here = np.flatnonzero(come_to.pop(node)) if node != DONE and node in come_to else ()
            for child, tokens in self.arcs(node) if len(here) else ():
                states = come_to.setdefault(child, np.zeros(self.acceptor.size, dtype=bool))
                states[self.acceptor.next_state(np.repeat(here, len(tokens)), np.tile(tokens, len(here)))] = True
                states[FORBIDDEN] = False
        return bool(self.acceptor.is_final(np.flatnonzero(come_to.get(DONE, ()))).any())

    def arcs(self, node: int) -> list[tuple[int, np.ndarray]]:
        """The live nodes after a node, each with the tokens that lead to it, int64, ascending."""
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
        """Whether every token leads from a node to one and the same free node, but what is barred there to nothing."""
        transitions = self.transitions[node]
        child = int(transitions.max())
        return child in unconstrained and bool((transitions == np.where(barred, SINK, child)).all())


def constrain(
    pattern: Pattern | Sequence[Pattern] | None,
    vocabulary: Vocabulary,
    length: tuple[int, int] | None = None,
    acceptor: Acceptor | None = None,
) -> Constraint:
    """The automaton of a pattern (None: anything) and a range of lengths in tokens, ends included; an acceptor over the
    same tokens goes along.

    Of several patterns each must be filled; the first is the one that a posterior speaks of. A sign that no name of the
    corpus begins or ends with comes first or last only where a pattern begins or ends with it. No sequence begins or
    ends with a space, since nobody could tell it from the one without.

    Raises Unfillable, naming the part that no token of the vocabulary fills, or the lengths that exclude one another;
    Tangled.

    >>> constrain(parse_pattern("m*..."), Vocabulary("emw"), (3, 4)).lengths
    (3, 4)
    >>> constrain([parse_pattern("m*..."), parse_pattern("...ew")], Vocabulary("emw"), (1, 4)).lengths
    (3, 4)
    """
    patterns = [pattern] if isinstance(pattern, Pattern) else list(pattern or []) or [parse_pattern("...")]
    lengths = _lengths(patterns, length)
    if any(part.tokens == SPACE for each in patterns for part in (each.parts[0], each.parts[-1])):
        raise Unfillable("", "no name begins or ends with a space")
    builder = _Builder(patterns, vocabulary)
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
    """The lengths that the patterns and the range asked for all allow."""
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
    """The tokens allowed at each place, bool of shape (L, V), and the places before which a gap stands."""
    rows, loops = [], set()
    for part in pattern.parts:
        if part.kind == "gap":
            loops.add(len(rows))
        else:
            rows.append(_allowed(part, vocabulary))
    return np.array(rows, dtype=bool).reshape(len(rows), len(vocabulary)), frozenset(loops)


def _allowed(part: Part, vocabulary: Vocabulary) -> np.ndarray:
    """The tokens that fit one place; bool, shape (V,)."""
    if part.kind == "hole":
        return np.ones(len(vocabulary), dtype=bool)
    mask = vocabulary.among(part.tokens) if part.kind == "exact" else vocabulary.mask(part.tokens)
    if part.kind == "not":
        mask = ~mask
    if not mask.any():
        raise Unfillable(part.text, "nothing in this corpus fits")
    return mask


def _bars(patterns: Sequence[Pattern], vocabulary: Vocabulary) -> np.ndarray:
    """The tokens barred from the first place and from the last, unless somebody typed what stands there; bool, shape
    (2, V)."""
    bars = np.stack([vocabulary.not_first, vocabulary.not_last])
    bars[[any(each.parts[end].kind in TYPED for each in patterns) for end in (0, -1)]] = False
    return bars


def _numbers(rows: np.ndarray) -> list[int]:
    """Each column of bits, shape (L, V), as a number, the first row its last bit."""
    bits = np.left_shift(np.uint64(1), np.arange(min(len(rows), 64), dtype=np.uint64))[:, None]
    numbers = [0] * rows.shape[1]
    for first in range(0, len(rows), 64):
        some = rows[first : first + 64]
        numbers = [
            n | more << first
            for n, more in zip(numbers, (some * bits[: len(some)]).sum(axis=0, dtype=np.uint64).tolist(), strict=True)
        ]
    return numbers


class _Builder:
    """The subset construction over (places reached, tokens to come), sharing nodes with equal futures.

    The places of all patterns are numbered in one row, each pattern's end after its last. A set of places is one in
    which every pattern has some.
    """

    def __init__(self, patterns: Sequence[Pattern], vocabulary: Vocabulary):
        self.firsts: list[int] = []  # of each pattern the first place
        self.end: list[int] = []  # for each place the end of its pattern
        self.open: list[bool] = []  # and whether a gap is still before it
        self.loops: set[int] = set()
        allowed = []
        for pattern in patterns:
            places, loops = _places(pattern, vocabulary)
            self.firsts.append(len(self.end))
            self.loops.update(self.firsts[-1] + i for i in loops)
            self.open += [any(i <= loop for loop in loops) for i in range(len(places) + 1)]
            self.end += [self.firsts[-1] + len(places)] * (len(places) + 1)
            allowed += [places, np.zeros((1, len(vocabulary)), dtype=bool)]
        # Tokens that all places treat alike form one class: a place is a bit, so a class is a number, and two bars
        # beside it.
        told_apart = list(
            zip(_numbers(np.concatenate(allowed)[:-1]), *_bars(patterns, vocabulary).tolist(), strict=True)
        )
        self.classes = list(dict.fromkeys(told_apart))
        number = {told: i for i, told in enumerate(self.classes)}
        self.class_of = np.array([number[told] for told in told_apart], dtype=np.int64)
        self.rows: list[tuple[int, ...]] = [(), ()]
        self.remaining = [0, 0]
        self.of_state: dict[tuple[frozenset[int], int], int] = {}
        self.of_row: dict[tuple[int, tuple[int, ...]], int] = {}

    def node(self, places: frozenset[int], remaining: int) -> int:
        """The node of a set of places reached with so many tokens to come."""
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
        """The node before the first of so many tokens."""
        return self._share(total, self._row(frozenset(self.firsts), total, at_start=True))

    def _row(self, places: frozenset[int], remaining: int, at_start: bool = False) -> tuple[int, ...]:
        """The node after each class of tokens."""
        row, led = [], {}  # many classes lead to one set of places
        for bits, not_first, not_last in self.classes:
            if (not_first and at_start) or (not_last and remaining == 1):
                row.append(SINK)
                continue
            after = self._after(places, bits)
            if after not in led:
                led[after] = self.node(after, remaining - 1)
            row.append(led[after])
        return tuple(row)

    def _ending(self, places: frozenset[int], remaining: int) -> frozenset[int]:
        """The places from which so many tokens lead to the end; none where a pattern has none."""
        ending = frozenset(i for i in places if self._can_end(i, remaining))
        return (
            ending if len(self.firsts) == 1 or len({self.end[i] for i in ending}) == len(self.firsts) else frozenset()
        )

    def _can_end(self, place: int, remaining: int) -> bool:
        left = self.end[place] - place
        return left <= remaining if self.open[place] else left == remaining

    def _after(self, places: frozenset[int], bits: int) -> frozenset[int]:
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
        """The nodes' children, shape (N, V), and the tokens to come, shape (N,)."""
        by_class = np.zeros((len(self.rows), len(self.classes)), dtype=np.int32)
        if len(self.rows) > 2:
            by_class[2:] = self.rows[2:]
        return by_class[:, self.class_of], np.array(self.remaining)
