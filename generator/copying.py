"""How much of a sequence may be copied: no more than so many tokens in a row from any one entry of a corpus."""

from collections.abc import Sequence

import numpy as np

from .guard import DEAD, Table
from .vocabulary import Vocabulary

ROOT = 1  # nothing of the prefix is a run of an entry


def no_copy(sequences: Sequence[Sequence[str]], n: int, vocabulary: Vocabulary) -> Table:
    """The guard that no run of more than n tokens is taken from one of some sequences.

    A state is the longest suffix of the prefix that is a run of a sequence, up to n tokens. Raises ValueError where n is less than 1.

    >>> guard = no_copy(["abba"], 2, Vocabulary("ab"))
    >>> a = guard.after(np.array([guard.start]), np.array([0]))
    >>> ab = guard.after(a, np.array([1]))
    >>> guard.after(ab, np.array([1])).tolist() == [DEAD], guard.after(ab, np.array([0])).tolist() == [DEAD]
    (True, False)
    """
    if n < 1:
        raise ValueError(f"at least one token can be copied, not {n}")
    return _Runs(sequences, n, vocabulary).guard()


class _Runs:
    """The runs of up to n + 1 tokens, numbered from short to long; a run is known by the run before its last token, and that token."""

    def __init__(self, sequences: Sequence[Sequence[str]], n: int, vocabulary: Vocabulary):
        self.n, self.vocabulary, self.width = n, vocabulary, np.int64(max(len(vocabulary), 1))
        coded = [vocabulary.encode(s) for s in sequences if len(s)]
        gap = np.array([-1])  # between two sequences; a token that the vocabulary lacks is one as well
        self.text = np.concatenate([gap, *(part for ids in coded for part in (ids, gap))])

    def guard(self) -> Table:
        text, ends = self.text, np.flatnonzero(self.text >= 0)  # where the runs in turn end
        runs = np.full(len(text), ROOT, dtype=np.int64)  # the run of the length before that ends at each place
        codes, targets, instead, count = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)], [np.array([DEAD, ROOT])], ROOT + 1
        for length in range(1, self.n + 2):
            mine, first, number = np.unique(runs[ends - 1] * self.width + text[ends], return_index=True, return_inverse=True)
            codes.append(mine)
            if length > self.n:
                targets.append(np.full(len(mine), DEAD))
                break
            targets.append(np.arange(count, count + len(mine)))
            longer = np.full(len(text), ROOT, dtype=np.int64)
            longer[ends] = count + number
            # Without its oldest token a run is the run of the length before that ends where it ends.
            instead.append(runs[ends[first]] if length > 1 else np.full(len(mine), ROOT))
            runs, count = longer, count + len(mine)
            ends = ends[text[ends - length] >= 0]
        row = np.full(len(self.vocabulary), ROOT, dtype=np.int32)
        row[codes[1]-ROOT * self.width] = targets[1]
        codes, targets = np.concatenate(codes[2:]), np.concatenate(targets[2:])
        return Table(self.vocabulary, ROOT, ROOT, codes, targets.astype(np.int32), np.concatenate(instead).astype(np.int32), row,
                     np.arange(count) != DEAD)
