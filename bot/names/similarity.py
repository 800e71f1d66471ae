"""The known names that are nearest to new ones, by edit distance; the one user of rapidfuzz."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import generator

if TYPE_CHECKING:
    import numpy

_TOGETHER = 1_000  # names compared at once: of a hundred thousand the table would not fit


class Neighbour(NamedTuple):
    """A known name, and how many letters must be put in, taken out or changed to get there (Levenshtein 1966)."""

    name: str
    edits: int


class Neighbourhood:
    """Names to be compared with, regardless of case, accents, spaces and punctuation.

    All are looked at, in one call of a C library: a fifth of a millisecond for five new names beside three thousand.

    >>> Neighbourhood(["MongoDB", "Hugo"]).nearest(["mongo", "Hügo"])
    [Neighbour(name='MongoDB', edits=2), Neighbour(name='Hugo', edits=0)]
    """

    def __init__(self, names: Sequence[str]):
        self.names = tuple(names)
        self._keys = [generator.key(name) for name in self.names]

    def nearest(self, names: Sequence[str]) -> list[Neighbour]:
        """The nearest of each; of several the first. There is one, so there must be names to be compared with."""
        keys = [generator.key(name) for name in names]
        return [
            near for first in range(0, len(keys), _TOGETHER) for near in self._nearest(keys[first : first + _TOGETHER])
        ]

    def _nearest(self, keys: Sequence[str]) -> list[Neighbour]:
        import numpy
        from rapidfuzz.distance import Levenshtein  # imported here: it takes 20 ms, which only those pay who compare
        from rapidfuzz.process import cdist

        edits = cdist(keys, self._keys, scorer=Levenshtein.distance, dtype=numpy.uint16)
        return [
            Neighbour(self.names[at], int(row[at]))
            for row, at in zip(edits, edits.argmin(axis=1).tolist(), strict=True)
        ]


class Surroundings:
    """Names to be compared with, as their keys, where only those at most one edit away matter.

    An edit puts one letter in and takes one out at most, so only names with nearly the same set of letters are
    compared: a few dozen of thirteen thousand.

    >>> Surroundings(["mongo", "hugo"]).within_one(["mango", "hugo", "zzz"])
    [(0, 1), (1, 0), None]
    """

    def __init__(self, keys: Sequence[str]):
        import numpy

        self._keys = keys
        self._letters = _letters(keys)
        self._lengths = numpy.fromiter(map(len, keys), dtype=numpy.int64, count=len(keys))

    def within_one(self, keys: Sequence[str]) -> list[tuple[int, int] | None]:
        """The place and edits of the nearest to each, 0 or 1; of several the first, None where all are further away."""
        return [self._nearest(key, letters) for key, letters in zip(keys, _letters(keys), strict=True)]

    def _nearest(self, key: str, letters: numpy.uint64) -> tuple[int, int] | None:
        import numpy
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import cdist

        alike = (numpy.bitwise_count(self._letters ^ letters) <= 2) & (abs(self._lengths - len(key)) <= 1)
        places = alike.nonzero()[0].tolist()
        if not places:
            return None
        [edits] = cdist(
            [key],
            [self._keys[place] for place in places],
            scorer=Levenshtein.distance,
            score_cutoff=1,
            dtype=numpy.uint8,
        )
        at = int(edits.argmin())
        return (places[at], int(edits[at])) if edits[at] <= 1 else None


def _letters(keys: Sequence[str]) -> numpy.ndarray:
    """The letters of each key as a set of 64 bits, uint64 (n,); letters of other scripts share bits, which only lets
    more through."""
    import numpy

    lengths = numpy.fromiter(map(len, keys), dtype=numpy.int64, count=len(keys))
    codes = numpy.frombuffer("".join(keys).encode("utf-32-le"), dtype=numpy.uint32)
    bits = numpy.append(numpy.uint64(1) << (codes & 63).astype(numpy.uint64), numpy.uint64(0))
    sets = numpy.bitwise_or.reduceat(bits, lengths.cumsum() - lengths) if len(keys) else bits[:0]
    return numpy.where(lengths > 0, sets, numpy.uint64(0))
