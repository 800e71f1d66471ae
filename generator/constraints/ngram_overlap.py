"""The acceptor of sequences with limited n-gram overlap: no run of more than n tokens of any corpus entry.

The trie of all runs of n + 1 tokens, with failure links (Aho and Corasick, 1975). The entry `abb` with n = 2:

    (root) ──a──▶ (a) ──b──▶ (ab) ──b──▶ SINK
       ▲┄┄┄┄┄┄┄┄┄┄┄┘┄┄┄┄┄┄┄┄┄┄┄┘  failure links: no suffix of a or ab begins `abb`
"""

from collections.abc import Sequence

import numpy as np

from generator.constraints.acceptor import SINK, Table
from generator.vocabulary import Vocabulary

ROOT = 1  # no run has begun


def max_ngram_overlap(sequences: Sequence[Sequence[str]], n: int, vocabulary: Vocabulary) -> Table:
    """The acceptor of sequences that share no run of more than n tokens with any given sequence.

    A state is the longest suffix of the prefix that begins a run of n + 1 tokens. Raises ValueError if n is less
    than 1.

    >>> acceptor = max_ngram_overlap(["abba"], 2, Vocabulary("ab"))
    >>> a = acceptor.next_state(np.array([acceptor.initial_state]), np.array([0]))
    >>> ab = acceptor.next_state(a, np.array([1]))
    >>> [bool(acceptor.next_state(ab, np.array([token]))[0] == SINK) for token in (1, 0)]
    [True, False]
    """
    if n < 1:
        raise ValueError(f"at least one token can be copied, not {n}")
    return _Runs(sequences, n, vocabulary).acceptor()


class _Runs:
    """The runs of n + 1 tokens and their prefixes, numbered from short to long; only these are states."""

    def __init__(self, sequences: Sequence[Sequence[str]], n: int, vocabulary: Vocabulary):
        self.n, self.vocabulary, self.width = n, vocabulary, np.int64(max(len(vocabulary), 1))
        coded = [ids for s in sequences if len(ids := vocabulary.encode(s)) > n]
        # A run may not contain the end of a sequence or an unknown token, both -1.
        self.text = np.concatenate([np.append(ids, -1) for ids in coded] or [np.empty(0, dtype=np.int64)])
        fine = np.concatenate([[0], np.cumsum(self.text >= 0)])
        self.begins = np.flatnonzero(fine[n + 1 :] - fine[: -n - 1] == n + 1)

    def acceptor(self) -> Table:
        """The trie, level by level; a state's failure link leads to its longest proper suffix that is a state."""
        acceptor = self._table(
            np.empty(0, dtype=np.int64),
            np.empty(0, dtype=np.int64),
            np.array([SINK, ROOT]),
            np.full(int(self.width), ROOT),
        )
        at = np.full(len(self.begins), ROOT, dtype=np.int64)  # the state after the first `length` tokens of each run
        for length in range(1, self.n + 2):
            codes, number = np.unique(at * self.width + self.text[self.begins + length - 1], return_inverse=True)
            targets, (parent, token) = acceptor.size + np.arange(len(codes)), np.divmod(codes, self.width)
            at = acceptor.size + number.ravel()
            if length == 1:
                row = acceptor.row.copy()
                row[token] = targets
                acceptor = self._table(
                    acceptor.codes, acceptor.targets, np.append(acceptor.failure, np.full(len(codes), ROOT)), row
                )
            elif length <= self.n:
                failure = acceptor.next_state(acceptor.failure[parent], token)
                acceptor = self._table(
                    np.append(acceptor.codes, codes),
                    np.append(acceptor.targets, targets),
                    np.append(acceptor.failure, failure),
                    acceptor.row,
                )
            else:
                acceptor = self._table(
                    np.append(acceptor.codes, codes),
                    np.append(acceptor.targets, np.full(len(codes), SINK)),
                    acceptor.failure,
                    acceptor.row,
                )
        return acceptor

    def _table(self, codes: np.ndarray, targets: np.ndarray, failure: np.ndarray, row: np.ndarray) -> Table:
        return Table(
            self.vocabulary,
            ROOT,
            ROOT,
            codes,
            targets.astype(np.int32),
            failure.astype(np.int32),
            row.astype(np.int32),
            np.arange(len(failure)) != SINK,
        )
