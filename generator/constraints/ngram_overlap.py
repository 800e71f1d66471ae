"""How much of a sequence may be copied: no more than so many tokens in a row from any one entry of a corpus."""

from collections.abc import Sequence

import numpy as np

from generator.constraints.acceptor import SINK, Table
from generator.vocabulary import Vocabulary

ROOT = 1  # nothing of the prefix is a run of an entry


def max_ngram_overlap(sequences: Sequence[Sequence[str]], n: int, vocabulary: Vocabulary) -> Table:
    """The acceptor that no run of more than n tokens is taken from one of some sequences.

    A state is the longest suffix of the prefix with which a run of n + 1 tokens begins. Raises ValueError where n is
    less than 1.

    >>> acceptor = max_ngram_overlap(["abba"], 2, Vocabulary("ab"))
    >>> a = acceptor.next_state(np.array([acceptor.initial_state]), np.array([0]))
    >>> ab = acceptor.next_state(a, np.array([1]))
    >>> acceptor.next_state(ab, np.array([1])).tolist() == [SINK], acceptor.next_state(ab, np.array([0])).tolist() == [SINK]
    (True, False)
    """
    if n < 1:
        raise ValueError(f"at least one token can be copied, not {n}")
    return _Runs(sequences, n, vocabulary).acceptor()


class _Runs:
    """The runs of n + 1 tokens and how they begin, numbered from short to long: what does not lead to a whole run is no
    state."""

    def __init__(self, sequences: Sequence[Sequence[str]], n: int, vocabulary: Vocabulary):
        self.n, self.vocabulary, self.width = n, vocabulary, np.int64(max(len(vocabulary), 1))
        coded = [ids for s in sequences if len(ids := vocabulary.encode(s)) > n]
        # What stands n + 1 places to the left of an end, or of a token that the vocabulary lacks, begins no run.
        self.text = np.concatenate([np.append(ids, -1) for ids in coded] or [np.empty(0, dtype=np.int64)])
        fine = np.concatenate([[0], np.cumsum(self.text >= 0)])
        self.begins = np.flatnonzero(fine[n + 1 :] - fine[: -n - 1] == n + 1)

    def acceptor(self) -> Table:
        """The runs as a trie whose states fall back to their longest suffix that is a state (Aho and Corasick,
        1975)."""
        acceptor = self._table(
            np.empty(0, dtype=np.int64),
            np.empty(0, dtype=np.int64),
            np.array([SINK, ROOT]),
            np.full(int(self.width), ROOT),
        )
        at = np.full(len(self.begins), ROOT, dtype=np.int64)  # the state after the first few tokens of each run
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
