"""Words that carry no sense alone stand as they stood: a run of tokens around such a word must be one of an entry.

A chain that looks two words back forgets what `the` follows: it opens the door, and the door blows wide. So a run of up
to four tokens whose second is such a word, and the first three of a sequence, must stand in an entry, the start and the
end counted as tokens:

    ^ he opened the door | blows     opened–the–door–blows is in no entry: DEAD, though the–door–blows is
    ^ he opened the door | $         the end after opened–the–door is in one

A state is the longest such run that is under way, a node of the trie of all of them, or the last token alone.
"""

from collections.abc import Sequence

import numpy as np

from generator.constraints.acceptor import DEAD, among
from generator.vocabulary import Vocabulary

ROOT = 1
RUN = 4  # tokens
MOST_TOKENS = 50_000  # of a vocabulary


class Collocations:
    """A Guard. States from 2 on: each token, the start, then the nodes of the trie that are two and three tokens deep.

    codes: int64 ascending, state * width + token of what may follow a state that is a run, with what stands there after
    it in targets. shorter: for each state the run that is under way in it besides, if it is as long as one may be.
    """

    placed = True

    def __init__(self, sequences: Sequence[Sequence[str]], binding: np.ndarray, vocabulary: Vocabulary):
        self.vocabulary, self.binding = (
            vocabulary,
            np.append(binding, [False, False]),
        )  # the start and the end bind nothing
        self.first, self.end, self.width = len(vocabulary), len(vocabulary) + 1, np.int64(len(vocabulary) + 2)
        self.root, self.start, self.size = ROOT, self._alone(self.first), 2 + len(vocabulary) + 1
        self.codes, self.targets = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        self.depth, self.shorter = np.array([0, 0] + [1] * (len(vocabulary) + 1)), np.zeros(self.size, dtype=np.int64)
        self._grow(sequences)

    def _alone(self, tokens):
        """The state of a last token."""
        return tokens + 2

    def _grow(self, sequences: Sequence[Sequence[str]]) -> None:
        """The trie, one token deeper at a time."""
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
                targets[:] = DEAD  # nothing is under way for so long: what comes after is told by the shorter run
            order = np.argsort(np.append(self.codes, codes), kind="stable")
            self.codes, self.targets = np.append(self.codes, codes)[order], np.append(self.targets, targets)[order]
            state = targets[number.ravel()]

    def _besides(self, parent: np.ndarray, token: np.ndarray) -> np.ndarray:
        """The run that is under way from the second token on of runs of three, by that of the first two and the
        third."""
        second = (
            self.codes[np.searchsorted(self.targets, parent)] % self.width
        )  # targets of one depth stand in the order of codes
        return self._next(self._alone(second), token)

    def after(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after a token at a state (see Guard)."""
        states = np.asarray(states, dtype=np.int64)
        found = self._next(states, tokens)
        whole = np.flatnonzero((self.depth[states] == RUN - 1) & self._stored(states, tokens))
        found[whole] = self._next(self.shorter[states[whole]], tokens[whole])
        return found

    def _next(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The state after a token as far as the longest run under way tells."""
        place = np.minimum(np.searchsorted(self.codes, states * self.width + tokens), max(len(self.codes) - 1, 0))
        led = np.where(self._stored(states, tokens), self.targets[place] if len(self.codes) else DEAD, DEAD)
        return np.where(self._binds(states, tokens), led, np.where(states == DEAD, DEAD, self._alone(tokens)))

    def _binds(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """Whether a token must be one that is stored."""
        return (self.depth[states] > 1) | (states == self.start) | (self.depth[states] == 1) & self.binding[tokens]

    def _stored(self, states: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        return among(states * self.width + tokens, self.codes)

    def ends(self, states: np.ndarray) -> np.ndarray:
        """Whether a sequence may end at a state (see Guard)."""
        states = np.asarray(states, dtype=np.int64)
        return (
            (states != DEAD)
            & (states != self.start)
            & ((self.depth[states] <= 1) | self._stored(states, np.full(len(states), self.end)))
        )

    def special(self, states: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that may lead a state elsewhere than the root (see Guard)."""
        states = np.asarray(states, dtype=np.int64)
        loose = (self.depth[states] == 1) & (states != self.start)
        return np.nonzero(np.where(loose[:, None], self.binding[None, :-2], (states != ROOT)[:, None]))


def collocated(sequences: Sequence[Sequence[str]], binding: np.ndarray, vocabulary: Vocabulary) -> Collocations:
    """The guard that runs around binding tokens, bool (V,), and the first three tokens are those of entries.

    Raises ValueError for a vocabulary of more than 50,000 tokens.

    >>> words = Vocabulary(["door", "he", "opens", "shuts", "the"])
    >>> guard = collocated([["he", "opens", "the", "door"], ["the", "door", "shuts"]], words.among(["the"]), words)
    >>> from generator.constraints.acceptor import allowed
    >>> lines = ("he opens the door", "the door shuts", "he opens door", "the door opens")
    >>> ids = [words.encode(line.split()) for line in lines]
    >>> [bool(allowed(guard, line[None])[0]) for line in ids]
    [True, True, False, False]
    """
    if len(vocabulary) > MOST_TOKENS:
        raise ValueError(f"at most {MOST_TOKENS} tokens can be bound, not {len(vocabulary)}")
    return Collocations(sequences, binding, vocabulary)
