"""The known names that are nearest to new ones, by edit distance; the one user of rapidfuzz."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import generator

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
        return [near for first in range(0, len(keys), _TOGETHER) for near in self._nearest(keys[first : first + _TOGETHER])]

    def _nearest(self, keys: Sequence[str]) -> list[Neighbour]:
        import numpy
        from rapidfuzz.distance import Levenshtein  # imported here: it takes 20 ms, which only those pay who compare
        from rapidfuzz.process import cdist

        edits = cdist(keys, self._keys, scorer=Levenshtein.distance, dtype=numpy.uint16)
        return [Neighbour(self.names[at], int(row[at])) for row, at in zip(edits, edits.argmin(axis=1).tolist(), strict=True)]


class Surroundings:
    """Names to be compared with, as their keys, where only those at most one edit away matter.

    Only names of about the length are looked at: half a millisecond for five new names beside thirteen thousand.

    >>> Surroundings(["mongo", "hugo"]).within_one(["mango", "hugo", "zzz"])
    [(0, 1), (1, 0), None]
    """

    def __init__(self, keys: Sequence[str]):
        self._keys = keys
        self._about: dict[int, list[int]] = {}  # by length, the places of those at most one letter longer or shorter
        for place, key in enumerate(keys):
            for length in (len(key) - 1, len(key), len(key) + 1):
                self._about.setdefault(length, []).append(place)

    def within_one(self, keys: Sequence[str]) -> list[tuple[int, int] | None]:
        """The place and edits of the nearest to each, 0 or 1; of several the first, None where all are further away."""
        found: dict[str, tuple[int, int] | None] = {}
        for length in {len(key) for key in keys}:
            alike = [key for key in dict.fromkeys(keys) if len(key) == length]
            for first in range(0, len(alike), _TOGETHER):
                some = alike[first : first + _TOGETHER]
                found |= zip(some, self._nearest(some, self._about.get(length, [])), strict=True)
        return [found[key] for key in keys]

    def _nearest(self, keys: Sequence[str], places: Sequence[int]) -> list[tuple[int, int] | None]:
        import numpy
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import cdist

        if not places:
            return [None] * len(keys)
        edits = cdist(keys, [self._keys[place] for place in places], scorer=Levenshtein.distance, score_cutoff=1, dtype=numpy.uint8)
        return [(places[at], int(row[at])) if row[at] <= 1 else None for row, at in zip(edits, edits.argmin(axis=1).tolist(), strict=True)]
