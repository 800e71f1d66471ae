"""A guard over letters, laid out once, and read over the tokens of any vocabulary."""

from collections.abc import Callable

import numpy as np

from generator.constraints.acceptor import DEAD, Guard
from generator.vocabulary import Vocabulary


def lay_out(guard: Guard) -> np.ndarray:
    """The state after each token at each state, uint16, shape (size, V): all that there is to a guard that lets a
    sequence end anywhere.

    States are numbered as they are come to from the root, so that the same guard has the same table.

    Raises ValueError for a guard that starts elsewhere than at its root, or lets some states end no sequence.

    >>> import generator
    >>> lay_out(generator.forbid(["bug"], Vocabulary("bgu"), lambda letter: {letter})).tolist()
    [[0, 0, 0], [2, 1, 1], [2, 1, 3], [2, 0, 3]]
    """
    states = np.arange(guard.size)
    if guard.start != guard.root or not guard.ends(states[states != DEAD]).all():
        raise ValueError("only a guard that cares for no beginning and no end is all in its table")
    table = np.stack(
        [guard.after(states, np.full(guard.size, token)) for token in range(len(guard.vocabulary))], axis=1
    )
    order = dict.fromkeys([DEAD, guard.root])
    for state in (come_to := [guard.root]):  # it grows as it is read
        new = [ahead for ahead in dict.fromkeys(table[state].tolist()) if ahead not in order]
        order |= dict.fromkeys(new)
        come_to += new
    number = np.zeros(guard.size, dtype=np.uint16)
    number[list(order)] = np.arange(len(order))
    return number[table[list(order)]]


class Spelt:
    """A guard that reads each token as the letters that it stands for.

    table: uint16 (A, L), a guard of letters that was laid out. letters: what they are. spell: the letters of a token,
    none for one that is passed over. start: the state before the first token. stops: bool (A,), where a sequence may
    end; None for everywhere.

    >>> import generator
    >>> letters = Vocabulary("bgu")
    >>> table = lay_out(generator.forbid(["bug"], letters, lambda letter: {letter}))
    >>> guard = Spelt(table, letters, Vocabulary(["B", "g", "u", "-"]), lambda token: token.lower().strip("-"))
    >>> generator.allowed(guard, guard.vocabulary.encode("Bu-g")[None]).tolist()
    [False]
    """

    root = 1
    placed = False

    def __init__(
        self,
        table: np.ndarray,
        letters: Vocabulary,
        vocabulary: Vocabulary,
        spell: Callable[[str], str],
        start: int = 1,
        stops: np.ndarray | None = None,
    ):
        self.vocabulary, self.size, self.start = vocabulary, len(table), start
        self._stops = np.arange(self.size) != DEAD if stops is None else stops
        self._table = np.stack([_read(table, letters.encode(spell(token))) for token in vocabulary.tokens], axis=1)

    def after(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after a token at a state (see Guard)."""
        return self._table[states, tokens]

    def ends(self, states: np.ndarray) -> np.ndarray:
        """Whether a sequence may end at a state (see Guard)."""
        return self._stops[states]

    def special(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that may lead a state elsewhere than the root (see Guard)."""
        return np.nonzero(self._table[states] != self._table[self.root])


def _read(table: np.ndarray, letters: np.ndarray) -> np.ndarray:
    """The state after some letters at each state, int32, shape (A,)."""
    states = np.arange(len(table), dtype=np.int32)
    for letter in letters:
        states = table[states, letter].astype(np.int32)
    return states
