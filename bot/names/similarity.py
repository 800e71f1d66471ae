"""Names that are nearly the same, by edit distance (Levenshtein 1966). The only user of rapidfuzz.

`NearestNames` finds the nearest of some names, `OneEditIndex` those at most one edit away, `similar` the technologies
and English words that new names are, or nearly are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import corpora
import generator
from corpora import english, rude

if TYPE_CHECKING:
    import numpy

_TECHNOLOGIES = "tech"
_AT_ONCE = 1_000  # names in one table of distances: for a hundred thousand the table would not fit


class Neighbour(NamedTuple):
    """A known name, and its edit distance: how many letters must be put in, taken out or changed."""

    name: str
    edits: int


class NearestNames:
    """Names to compare with, regardless of case, accents, spaces and punctuation.

    One call of a C library compares all: five new names with three thousand in a fifth of a millisecond.

    >>> NearestNames(["MongoDB", "Hugo"]).nearest(["mongo", "Hügo"])
    [Neighbour(name='MongoDB', edits=2), Neighbour(name='Hugo', edits=0)]
    """

    def __init__(self, names: Sequence[str]):
        self.names = tuple(names)
        self._keys = [generator.key(name) for name in self.names]

    def nearest(self, names: Sequence[str]) -> list[Neighbour]:
        """The nearest neighbour of each name, the first of several; there must be names to compare with."""
        keys = [generator.key(name) for name in names]
        parts = (keys[first : first + _AT_ONCE] for first in range(0, len(keys), _AT_ONCE))
        return [neighbour for part in parts for neighbour in self._nearest(part)]

    def _nearest(self, keys: Sequence[str]) -> list[Neighbour]:
        edits = distances(keys, self._keys)
        at = edits.argmin(axis=1).tolist()
        return [Neighbour(self.names[place], int(row[place])) for row, place in zip(edits, at, strict=True)]


class OneEditIndex:
    """Keys of names (see generator.key), of which only those at most one edit away are sought.

    One edit adds one letter and removes one at most, so only keys with nearly the same set of letters are compared: a
    few dozen of thirteen thousand.

    >>> OneEditIndex(["mongo", "hugo"]).within_one(["mango", "hugo", "zzz"])
    [(0, 1), (1, 0), None]
    """

    def __init__(self, keys: Sequence[str]):
        import numpy

        self._keys = keys
        self._letters = _letters(keys)
        self._lengths = numpy.fromiter(map(len, keys), dtype=numpy.int64, count=len(keys))

    def within_one(self, keys: Sequence[str]) -> list[tuple[int, int] | None]:
        """The place and distance (0 or 1) of the nearest to each key, the first of several; None if all are further."""
        return [self._nearest(key, letters) for key, letters in zip(keys, _letters(keys), strict=True)]

    def _nearest(self, key: str, letters: numpy.uint64) -> tuple[int, int] | None:
        import numpy

        alike = (numpy.bitwise_count(self._letters ^ letters) <= 2) & (abs(self._lengths - len(key)) <= 1)
        places = alike.nonzero()[0].tolist()
        if not places:
            return None
        [edits] = distances([key], [self._keys[place] for place in places], most=1)
        at = int(edits.argmin())
        return (places[at], int(edits[at])) if edits[at] <= 1 else None


def distances(keys: Sequence, others: Sequence, most: int | None = None) -> numpy.ndarray:
    """The edit distances of some keys to others, uint16 (keys, others); beyond `most` they are `most` + 1."""
    import numpy
    from rapidfuzz.distance import Levenshtein  # imported here: the import takes 20 ms, which few commands need
    from rapidfuzz.process import cdist

    return cdist(keys, others, scorer=Levenshtein.distance, score_cutoff=most, dtype=numpy.uint16)


def _letters(keys: Sequence[str]) -> numpy.ndarray:
    """The letters of each key as a set of 64 bits, uint64 (n,). Letters of other scripts share bits, which only adds
    keys to compare."""
    import numpy

    lengths = numpy.fromiter(map(len, keys), dtype=numpy.int64, count=len(keys))
    codes = numpy.frombuffer("".join(keys).encode("utf-32-le"), dtype=numpy.uint32)
    bits = numpy.append(numpy.uint64(1) << (codes & 63).astype(numpy.uint64), numpy.uint64(0))
    sets = numpy.bitwise_or.reduceat(bits, lengths.cumsum() - lengths) if len(keys) else bits[:0]
    return numpy.where(lengths > 0, sets, numpy.uint64(0))


class Similar(NamedTuple):
    """An existing name 0 or 1 edits away from a new one, and whether it is an English word."""

    name: str
    edits: int
    word: bool


def similar(names: Sequence[str]) -> list[Similar | None]:
    """For each name the technology or common English word that is at most one edit away, a technology first.

    None if there is none, or a rude one.

    >>> similar(["Pythin", "Cloud", "Zubaty"])
    [Similar(name='Python', edits=1, word=False), Similar(name='cloud', edits=0, word=True), None]
    """
    technologies, index = _existing()
    found = index.within_one([generator.key(name) for name in names])
    return [one and _similar(*one, technologies) for one in found]


def _similar(place: int, edits: int, technologies: Sequence[str]) -> Similar | None:
    word = place - len(technologies)
    if word >= 0:
        return Similar(english.common()[word], edits, True)
    return None if rude.is_rude(technologies[place]) else Similar(technologies[place], edits, False)


@cache
def _existing() -> tuple[Sequence[str], OneEditIndex]:
    """The technologies, and an index of their keys followed by the English words."""
    technologies = corpora.load(_TECHNOLOGIES).entries
    return technologies, OneEditIndex([*map(generator.key, technologies), *english.common()])
