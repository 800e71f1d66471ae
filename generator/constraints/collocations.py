"""The acceptor of collocations: a binding word, such as `the`, stands only where it stood in some entry.

A chain of order two forgets what `the` follows: "he opened the door", "the door blows". So every run of up to four
tokens whose second token binds, and the first three tokens of a sequence, must occur in an entry. The start and the end
count as tokens:

    ^ he opened the door | blows     opened–the–door–blows is in no entry: SINK, though the–door–blows is
    ^ he opened the door | $         the end after opened–the–door is in one

A state is the longest such run that has begun (a node of the trie of all runs), or the last token alone.
"""

from collections.abc import Sequence

import numpy as np

from generator.constraints.acceptor import SINK, among
from generator.vocabulary import Vocabulary

ROOT = 1
RUN = 4  # tokens
MOST_TOKENS = 50_000  # of a vocabulary


class Collocations:
    """An Acceptor. States from 2: each token, the start, then the trie's nodes of two and three tokens.

    codes: int64, state * width + token of each token that may follow a run, ascending. targets: the state after each.
    shorter: for each run of three tokens the run that begins at its second token.
    """

    placed = True

    def __init__(self, sequences: Sequence[Sequence[str]], binding: np.ndarray, vocabulary: Vocabulary):
        self.vocabulary = vocabulary
        self.binding = np.append(binding, [False, False])  # the start and the end do not bind
        self.first, self.end, self.width = len(vocabulary), len(vocabulary) + 1, np.int64(len(vocabulary) + 2)
        self.root, self.initial_state, self.size = ROOT, self._alone(self.first), 2 + len(vocabulary) + 1
        self.codes, self.targets = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        self.depth, self.shorter = np.array([0, 0] + [1] * (len(vocabulary) + 1)), np.zeros(self.size, dtype=np.int64)
        self._grow(sequences)

    def _alone(self, tokens):
        """The state of a token alone."""
        return tokens + 2

    def _grow(self, sequences: Sequence[Sequence[str]]) -> None:
        """Build the trie one level at a time."""
        pad = [-1] * RUN
        text = np.array(
            [i for s in sequences for i in (self.first, *self.vocabulary.encode(s), self.end, *pad)], dtype=np.int64
        )
        at = np.flatnonzero((text[:-1] == self.first) | (text[:-1] >= 0) & self.binding[text[1:]])
        state = self._alone(text[at])
        for length in range(1, RUN):
            on = text[at + length] >= 0
            at, state = at[on], state[on]
            codes, number = np.unique(state * self.width + text[at + length], return_inverse=True)
            targets, parent, token = self.size + np.arange(len(codes)), *np.divmod(codes, self.width)
            if length + 1 < RUN:
                self.depth = np.append(self.depth, np.full(len(codes), length + 1))
                self.shorter = np.append(
                    self.shorter, self._besides(parent, token) if length > 1 else np.zeros(len(codes), dtype=np.int64)
                )
                self.size += len(codes)
            else:
                targets[:] = SINK  # a whole run: `shorter` tells the state after it
            order = np.argsort(np.append(self.codes, codes), kind="stable")
            self.codes, self.targets = np.append(self.codes, codes)[order], np.append(self.targets, targets)[order]
            state = targets[number.ravel()]

    def _besides(self, parent: np.ndarray, token: np.ndarray) -> np.ndarray:
        """The run that begins at the second token of runs of three, from the state after two tokens and the third."""
        second = self.codes[np.searchsorted(self.targets, parent)] % self.width  # targets of one level ascend
        return self._next(self._alone(second), token)

    def next_state(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after each token (see Acceptor)."""
        states = np.asarray(states, dtype=np.int64)
        found = self._next(states, tokens)
        whole = np.flatnonzero((self.depth[states] == RUN - 1) & self._stored(states, tokens))
        found[whole] = self._next(self.shorter[states[whole]], tokens[whole])
        return found

    def _next(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after a token, from the longest run alone."""
        place = np.minimum(np.searchsorted(self.codes, states * self.width + tokens), max(len(self.codes) - 1, 0))
        led = np.where(self._stored(states, tokens), self.targets[place] if len(self.codes) else SINK, SINK)
        return np.where(self._binds(states, tokens), led, np.where(states == SINK, SINK, self._alone(tokens)))

    def _binds(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """Whether the next token must be stored."""
        return (
            (self.depth[states] > 1) | (states == self.initial_state) | (self.depth[states] == 1) & self.binding[tokens]
        )

    def _stored(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        return among(states * self.width + tokens, self.codes)

    def is_final(self, states: np.ndarray) -> np.ndarray:
        """Whether a sequence may end at each state (see Acceptor)."""
        states = np.asarray(states, dtype=np.int64)
        return (
            (states != SINK)
            & (states != self.initial_state)
            & ((self.depth[states] <= 1) | self._stored(states, np.full(len(states), self.end)))
        )

    def explicit_transitions(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that may lead elsewhere than from the root (see Acceptor)."""
        states = np.asarray(states, dtype=np.int64)
        loose = (self.depth[states] == 1) & (states != self.initial_state)
        places, tokens = np.nonzero(np.where(loose[:, None], self.binding[None, :-2], (states != ROOT)[:, None]))
        return places, tokens


def collocated(sequences: Sequence[Sequence[str]], binding: np.ndarray, vocabulary: Vocabulary) -> Collocations:
    """The acceptor of sequences whose runs around binding tokens occur in entries.

    binding: bool (V,). Raises ValueError for a vocabulary of more than 50,000 tokens.

    >>> words = Vocabulary(["door", "he", "opens", "shuts", "the"])
    >>> acceptor = collocated([["he", "opens", "the", "door"], ["the", "door", "shuts"]], words.among(["the"]), words)
    >>> from generator.constraints.acceptor import allowed
    >>> lines = ("he opens the door", "the door shuts", "he opens door", "the door opens")
    >>> [bool(allowed(acceptor, words.encode(line.split())[None])[0]) for line in lines]
    [True, True, False, False]
    """
    if len(vocabulary) > MOST_TOKENS:
        raise ValueError(f"at most {MOST_TOKENS} tokens can be bound, not {len(vocabulary)}")
    return Collocations(sequences, binding, vocabulary)
