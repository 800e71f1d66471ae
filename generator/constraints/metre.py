"""The acceptor of tunes in metre: no note crosses a bar line, the last bar is whole, and the last note may end.

The acceptor knows ticks, not notes: the ticks that each token lasts, and the signatures that a sequence may keep from
the first token to the last. A state is the place in the bar, in each signature that is still possible:

    bars of 4 and of 3 ticks, tokens of 1 and 3 ticks:

          ┌─1─▶ (1|1) ─1─▶ (2|2) ─1─▶ (3|0) ─1─▶ (0|1) …     both are possible, until a token crosses a bar line of one
    (0|0) ┤        └──3──▶ (0|-)                             a token over the third tick: bars of four alone
          └─3─▶ (3|0) ─3─▶ (-|0)                             a token over the fourth:     bars of three alone

States with equal residuals are merged (Moore 1956).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from generator.constraints.acceptor import SINK, Acceptor, Dense, Intersection
from generator.vocabulary import Vocabulary

MOST_STATES = 2_000


class Signature(NamedTuple):
    """The ticks of a bar and of a beat. A token begins on a beat or ends by the next (6/8 has two beats, 3/4 one)."""

    bar: int
    beat: int


class Metre(Dense):
    """The acceptor of sequences in metre (see metre_acceptor)."""

    placed = True


def metre_acceptor(
    vocabulary: Vocabulary, ticks: Sequence[int], signatures: Sequence[Signature], last: Sequence[bool]
) -> Metre:
    """The acceptor of sequences that keep one of some signatures throughout.

    ticks: the ticks of each token of the vocabulary, 0 for a token that fits no metre. last: whether a sequence may end
    on each token. Raises ValueError if there is no signature or if there would be more than 2,000 states.

    >>> from generator.constraints.acceptor import allowed
    >>> waltz = metre_acceptor(Vocabulary(["C", "C:2", "D:2"]), [1, 2, 2], [Signature(3, 3)], [True, True, False])
    >>> allowed(waltz, np.array([[0, 1, -1], [1, 0, -1], [0, 2, -1], [1, 1, -1], [2, 0, -1], [0, 0, 0]])).tolist()
    [True, True, False, False, True, True]
    """
    if not signatures or min(min(s) for s in signatures) < 1:
        raise ValueError("a metre has a signature, and a bar at least one tick")
    kinds = list(dict.fromkeys(zip(ticks, last, strict=True)))  # equal tokens share a column
    states, rows = _reached(kinds, signatures)
    table, final, start = _minimal(
        np.array(rows).reshape(len(states) + 1, len(kinds)), np.array([False, *(closed for _, closed in states)])
    )
    kind = {told: i for i, told in enumerate(kinds)}
    return Metre(vocabulary, table[:, [kind[told] for told in zip(ticks, last, strict=True)]], final, start, root=start)


def metre_in(acceptor: Acceptor | None) -> Metre | None:
    """The metre that an acceptor is or contains; None if there is none."""
    if isinstance(acceptor, Intersection):
        return metre_in(acceptor.one) or metre_in(acceptor.other)
    return acceptor if isinstance(acceptor, Metre) else None


def _reached(kinds: Sequence[tuple[int, bool]], signatures: Sequence[Signature]) -> tuple[list, list[list[int]]]:
    """The reachable states, numbered from 1 up, and their rows; the first row is SINK's."""
    states = [((0,) * len(signatures), False)]
    number, rows = {states[0]: 1}, [[SINK] * len(kinds)]
    for places, _ in states:
        row = []
        for ticks, last in kinds:
            after = tuple(_after(place, ticks, signature) for place, signature in zip(places, signatures, strict=True))
            if not ticks or max(after) < 0:
                row.append(SINK)
                continue
            state = after, last and 0 in after  # the last token matters only at a bar line
            if state not in number:
                if len(states) == MOST_STATES:
                    raise ValueError(f"a metre of more than {MOST_STATES} states: the ticks are too fine")
                number[state] = len(number) + 1
                states.append(state)
            row.append(number[state])
        rows.append(row)
    return states, rows


def _after(place: int, ticks: int, signature: Signature) -> int:
    """The place in the bar after some ticks; -1 if they cross a bar line, or begin off a beat and cross the next."""
    off = place % signature.beat
    if place < 0 or place + ticks > signature.bar or (off and off + ticks > signature.beat):
        return -1
    return (place + ticks) % signature.bar


def _minimal(rows: np.ndarray, final: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """The minimal equivalent automaton (Moore 1956), SINK still its state 0, and its initial state."""
    found, block = 0, final.astype(np.int64)
    while block.max() + 1 > found:
        found = block.max() + 1
        told = np.column_stack([block, block[rows]])
        _, representative, block = np.unique(told, axis=0, return_index=True, return_inverse=True)
        block = block.ravel()
    order = np.argsort(representative)  # blocks by their first state, so that SINK is the first
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    block, representative = place[block], representative[order]
    return block[rows[representative]].astype(np.int32), final[representative], int(block[1])
