"""A tune in metre: bars that add up, no note over a bar line, a last bar that is whole and a last note that may end a
tune.

The acceptor knows no notes. It is given how many ticks a token lasts, and the signatures that a sequence may be in; it
is in one of them from the first token to the last. A state is the place in the bar, in each signature that is still
possible:

    bars of 4 and of 3 ticks, tokens of 1 and 3 ticks:

          ┌─1─▶ (1|1) ─1─▶ (2|2) ─1─▶ (3|0) ─1─▶ (0|1) …     both are possible, until a token crosses a bar line of one
    (0|0) ┤        └──3──▶ (0|-)                             a token over the third tick: bars of four alone
          └─3─▶ (3|0) ─3─▶ (-|0)                             a token over the fourth:     bars of three alone

Two places that accept the same to come are one state (Moore 1956), so that a beat in bars of two and of four is one
where it can be.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from generator.constraints.acceptor import SINK, Acceptor, Intersection
from generator.vocabulary import Vocabulary

MOST_STATES = 2_000


class Signature(NamedTuple):
    """How many ticks a bar has, and its beats: a token begins on a beat or ends by the next (6/8 has two in a bar; most
    have one)."""

    bar: int
    beat: int


class Metre:
    """The Acceptor of sequences in metre (see acceptor): table int32 (A, V), the state after each token; stops bool (A,)."""

    placed = True

    def __init__(self, vocabulary: Vocabulary, table: np.ndarray, final: np.ndarray, initial_state: int):
        self.vocabulary, self.table, self.final = vocabulary, table, final
        self.initial_state = self.root = initial_state
        self.size = len(table)

    def next_state(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after a token at a state (see Acceptor)."""
        return self.table[states, tokens]

    def is_final(self, states: np.ndarray) -> np.ndarray:
        """Whether a sequence may end at a state (see Acceptor)."""
        return self.final[states]

    def explicit_transitions(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that may lead a state elsewhere than the root (see Acceptor)."""
        return np.nonzero(self.table[states] != self.table[self.root])


def metre_acceptor(
    vocabulary: Vocabulary, ticks: Sequence[int], signatures: Sequence[Signature], last: Sequence[bool]
) -> Metre:
    """The acceptor of sequences that are in one of some signatures throughout.

    ticks: how long each token of the vocabulary is, 0 for one that is in no metre. last: whether a sequence may end on
    it. Raises ValueError where there is no signature, or where the ticks are so fine that there would be thousands of
    states.

    >>> from generator.constraints.acceptor import allowed
    >>> waltz = metre_acceptor(Vocabulary(["C", "C:2", "D:2"]), [1, 2, 2], [Signature(3, 3)], [True, True, False])
    >>> allowed(waltz, np.array([[0, 1, -1], [1, 0, -1], [0, 2, -1], [1, 1, -1], [2, 0, -1], [0, 0, 0]])).tolist()
    [True, True, False, False, True, True]
    """
    if not signatures or min(min(s) for s in signatures) < 1:
        raise ValueError("a metre has a signature, and a bar at least one tick")
    kinds = list(dict.fromkeys(zip(ticks, last, strict=True)))  # tokens of a kind do the same
    states, rows = _reached(kinds, signatures)
    table, final, start = _minimal(
        np.array(rows).reshape(len(states) + 1, len(kinds)), np.array([False, *(closed for _, closed in states)])
    )
    kind = {told: i for i, told in enumerate(kinds)}
    return Metre(vocabulary, table[:, [kind[told] for told in zip(ticks, last, strict=True)]], final, start)


def metre_in(acceptor: Acceptor | None) -> Metre | None:
    """The metre among what an acceptor is made of."""
    if isinstance(acceptor, Intersection):
        return metre_in(acceptor.one) or metre_in(acceptor.other)
    return acceptor if isinstance(acceptor, Metre) else None


def _reached(kinds: Sequence[tuple[int, bool]], signatures: Sequence[Signature]) -> tuple[list, list[list[int]]]:
    """The states that can be come to, each with its number from 1 up, and the row of each; the first row is SINK's."""
    states = [((0,) * len(signatures), False)]
    number, rows = {states[0]: 1}, [[SINK] * len(kinds)]
    for places, _ in states:
        row = []
        for ticks, last in kinds:
            after = tuple(_after(place, ticks, signature) for place, signature in zip(places, signatures, strict=True))
            if not ticks or max(after) < 0:
                row.append(SINK)
                continue
            state = after, last and 0 in after  # the last token matters at a bar line alone
            if state not in number:
                if len(states) == MOST_STATES:
                    raise ValueError(f"a metre of more than {MOST_STATES} states: the ticks are too fine")
                number[state] = len(number) + 1
                states.append(state)
            row.append(number[state])
        rows.append(row)
    return states, rows


def _after(place: int, ticks: int, signature: Signature) -> int:
    """The place in the bar after so many ticks; -1 where they cross a bar line, or begin off the beat and end after the
    next."""
    off = place % signature.beat
    if place < 0 or place + ticks > signature.bar or (off and off + ticks > signature.beat):
        return -1
    return (place + ticks) % signature.bar


def _minimal(rows: np.ndarray, final: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """The least automaton that accepts the same (Moore 1956), SINK still its state 0, and its start."""
    found, kind = 0, final.astype(np.int64)
    while kind.max() + 1 > found:
        found = kind.max() + 1
        told = np.column_stack([kind, kind[rows]])
        _, head, kind = np.unique(told, axis=0, return_index=True, return_inverse=True)
        kind = kind.ravel()
    order = np.argsort(head)  # kinds by the first state of each, so that SINK is the first
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    kind, head = place[kind], head[order]
    return kind[rows[head]].astype(np.int32), final[head], int(kind[1])
