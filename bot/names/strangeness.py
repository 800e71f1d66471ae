"""How many of a name's runs of four letters, with its beginning and end, no entry of the corpus holds.

Readers like names made of pieces that their kind has (docs/choosing.md). A likelihood shows it in part only, since the
model has read other lists too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

RUN = 4  # tokens; a beginning or an end is one
START, END, PAST = 0, 1, 2  # the tokens follow from 3 on, then one number for every other letter
MORE = 4  # numbers that are no tokens
DENSE = 4_000_000  # codes up to which a table has a place for each


class Strangeness:
    """The runs in the entries of a corpus, which are given as tokens."""

    def __init__(self, sequences: Sequence[Sequence[str]]):
        self._sequences = sequences
        self._seen: dict[tuple[str, ...], numpy.ndarray] = {}

    def __call__(self, ids: numpy.ndarray, tokens: tuple[str, ...]) -> numpy.ndarray:
        """The number of strange runs of each name, float64 (n,), from rows of token ids, negative after the last.

        >>> import numpy
        >>> tokens = ("e", "m", "t", "w")
        >>> Strangeness(["mew", "tew"])(numpy.array([[1, 0, 3, -1], [2, 0, 2, 0]]), tokens).tolist()
        [0.0, 3.0]
        """
        import numpy

        if not self._sequences:
            return numpy.zeros(len(ids))
        codes, there = _runs(ids, len(tokens))
        seen = self._of(tokens)
        if seen.dtype == bool:
            return (there & ~seen[codes]).sum(axis=1).astype(float)
        place = numpy.minimum(numpy.searchsorted(seen, codes), len(seen) - 1)
        return ((seen[place] != codes) & there).sum(axis=1).astype(float)

    def _of(self, tokens: tuple[str, ...]) -> numpy.ndarray:
        """The codes of the entries' runs over some tokens: ascending, or for few tokens a table of bool by code, to be
        quick."""
        import numpy

        if tokens not in self._seen:
            number = {token: i for i, token in enumerate(tokens)}
            ids = numpy.full((len(self._sequences), max(map(len, self._sequences))), -1)
            for row, sequence in zip(ids, self._sequences, strict=True):
                row[: len(sequence)] = [number.get(token, len(tokens)) for token in sequence]  # or another letter
            codes, there = _runs(ids, len(tokens))
            self._seen[tokens] = numpy.unique(codes[there]) if there.any() else numpy.array([-1])
            if (size := (len(tokens) + MORE) ** RUN) <= DENSE:
                self._seen[tokens] = numpy.isin(numpy.arange(size), codes[there], kind="table")
        return self._seen[tokens]


def _runs(ids: numpy.ndarray, tokens: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The runs of some names as codes, int64 (n, runs), and which of them end within the name."""
    import numpy

    lengths, base = (ids >= 0).sum(axis=1), tokens + MORE
    padded = numpy.full((len(ids), ids.shape[1] + 2 + RUN), PAST, dtype=numpy.int64)
    padded[:, 0] = START
    padded[:, 1 : ids.shape[1] + 1] = numpy.where(ids >= 0, ids + 3, PAST)
    padded[numpy.arange(len(ids)), lengths + 1] = END
    last = padded.shape[1] - RUN + 1
    codes = padded[:, :last].copy()
    for place in range(1, RUN):
        codes *= base
        codes += padded[:, place : place + last]
    return codes, numpy.arange(last) + RUN <= lengths[:, None] + 2
