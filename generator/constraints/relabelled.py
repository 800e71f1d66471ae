"""An acceptor over letters, laid out once, and read over the tokens of any vocabulary."""

from collections.abc import Callable

import numpy as np

from generator.constraints.acceptor import SINK, Acceptor
from generator.vocabulary import Vocabulary


def transition_table(acceptor: Acceptor) -> np.ndarray:
    """The state after each token at each state, uint16, shape (size, V): all that there is to an acceptor that lets a
    sequence end anywhere.

    States are numbered as they are come to from the root, so that the same acceptor has the same table.

    Raises ValueError for an acceptor that starts elsewhere than at its root, or lets some states end no sequence.

    >>> import generator
    >>> transition_table(generator.blocked_substrings(["bug"], Vocabulary("bgu"), lambda letter: {letter})).tolist()
    [[0, 0, 0], [2, 1, 1], [2, 1, 3], [2, 0, 3]]
    """
    states = np.arange(acceptor.size)
    if acceptor.initial_state != acceptor.root or not acceptor.is_final(states[states != SINK]).all():
        raise ValueError("only a guard that cares for no beginning and no end is all in its table")
    table = np.stack(
        [acceptor.next_state(states, np.full(acceptor.size, token)) for token in range(len(acceptor.vocabulary))],
        axis=1,
    )
    order = dict.fromkeys([SINK, acceptor.root])
    for state in (come_to := [acceptor.root]):  # it grows as it is read
        new = [ahead for ahead in dict.fromkeys(table[state].tolist()) if ahead not in order]
        order |= dict.fromkeys(new)
        come_to += new
    number = np.zeros(acceptor.size, dtype=np.uint16)
    number[list(order)] = np.arange(len(order))
    return number[table[list(order)]]


class Relabelled:
    """An acceptor that reads each token as the letters that it stands for.

    table: uint16 (A, L), an acceptor of letters that was laid out. letters: what they are. spell: the letters of a token,
    none for one that is passed over. start: the state before the first token. stops: bool (A,), where a sequence may
    end; None for everywhere.

    >>> import generator
    >>> letters = Vocabulary("bgu")
    >>> table = transition_table(generator.blocked_substrings(["bug"], letters, lambda letter: {letter}))
    >>> acceptor = Relabelled(table, letters, Vocabulary(["B", "g", "u", "-"]), lambda token: token.lower().strip("-"))
    >>> generator.allowed(acceptor, acceptor.vocabulary.encode("Bu-g")[None]).tolist()
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
        initial_state: int = 1,
        final: np.ndarray | None = None,
    ):
        self.vocabulary, self.size, self.initial_state = vocabulary, len(table), initial_state
        self._final = np.arange(self.size) != SINK if final is None else final
        self._table = np.stack([_read(table, letters.encode(spell(token))) for token in vocabulary.tokens], axis=1)

    def next_state(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after a token at a state (see Acceptor)."""
        return self._table[states, tokens]

    def is_final(self, states: np.ndarray) -> np.ndarray:
        """Whether a sequence may end at a state (see Acceptor)."""
        return self._final[states]

    def explicit_transitions(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that may lead a state elsewhere than the root (see Acceptor)."""
        return np.nonzero(self._table[states] != self._table[self.root])


def _read(table: np.ndarray, letters: np.ndarray) -> np.ndarray:
    """The state after some letters at each state, int32, shape (A,)."""
    states = np.arange(len(table), dtype=np.int32)
    for letter in letters:
        states = table[states, letter].astype(np.int32)
    return states
