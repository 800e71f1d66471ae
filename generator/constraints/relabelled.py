"""Relabelled acceptors: an automaton over letters, computed once, reads the tokens of any vocabulary.

A token leads where its letters lead one after another; a token without letters stays:

    over letters:   (1) ──b──▶ (2) ──u──▶ (3)
    over tokens:    (1) ────── "Bu" ────▶ (3) ◀─┐ "-"
                                           └────┘
"""

from collections.abc import Callable

import numpy as np

from generator.constraints.acceptor import SINK, Acceptor, Dense
from generator.vocabulary import Vocabulary

ROOT = 1


def transition_table(acceptor: Acceptor) -> np.ndarray:
    """The state after each token at each state, uint16 (A, V), of an acceptor whose states are all final but SINK.

    States are numbered in breadth-first order from the root, so equal acceptors have equal tables.

    Raises ValueError if the initial state is not the root, or if a state other than SINK is not final.

    >>> import generator
    >>> transition_table(generator.blocked_substrings(["bug"], Vocabulary("bgu"), lambda letter: {letter})).tolist()
    [[0, 0, 0], [2, 1, 1], [2, 1, 3], [2, 0, 3]]
    """
    states = np.arange(acceptor.size)
    if acceptor.initial_state != acceptor.root or not acceptor.is_final(states[states != SINK]).all():
        raise ValueError("a table holds only acceptors that begin at the root and may end anywhere")
    table = np.stack(
        [acceptor.next_state(states, np.full(acceptor.size, token)) for token in range(len(acceptor.vocabulary))],
        axis=1,
    )
    order = dict.fromkeys([SINK, acceptor.root])
    for state in (come_to := [acceptor.root]):  # grows during this loop
        new = [ahead for ahead in dict.fromkeys(table[state].tolist()) if ahead not in order]
        order |= dict.fromkeys(new)
        come_to += new
    number = np.zeros(acceptor.size, dtype=np.uint16)
    number[list(order)] = np.arange(len(order))
    return number[table[list(order)]]


class Relabelled(Dense):
    """An Acceptor that reads each token as its letters.

    table: uint16 (A, L), the transitions over letters. letters: the letters. spell: the letters of a token; "" skips
    it. initial_state: the state before the first token. final: bool (A,), the final states; None for all but SINK.

    >>> import generator
    >>> letters = Vocabulary("bgu")
    >>> table = transition_table(generator.blocked_substrings(["bug"], letters, lambda letter: {letter}))
    >>> acceptor = Relabelled(table, letters, Vocabulary(["B", "g", "u", "-"]), lambda token: token.lower().strip("-"))
    >>> generator.allowed(acceptor, acceptor.vocabulary.encode("Bu-g")[None]).tolist()
    [False]
    """

    def __init__(
        self,
        table: np.ndarray,
        letters: Vocabulary,
        vocabulary: Vocabulary,
        spell: Callable[[str], str],
        initial_state: int = ROOT,
        final: np.ndarray | None = None,
    ):
        columns = [_read(table, letters.encode(spell(token))) for token in vocabulary.tokens]
        final = np.arange(len(table)) != SINK if final is None else final
        super().__init__(vocabulary, np.stack(columns, axis=1), final, initial_state, ROOT)


def _read(table: np.ndarray, letters: np.ndarray) -> np.ndarray:
    """The state after some letters at each state, int32 (A,)."""
    states = np.arange(len(table), dtype=np.int32)
    for letter in letters:
        states = table[states, letter].astype(np.int32)
    return states
