"""The tokens that a model knows, each with a number."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from .folding import fold


class Vocabulary:
    """The distinct tokens of a corpus in sorted order; a token's id is its place in it.

    >>> v = Vocabulary.of([("m", "e", "w"), ("é", "m")])
    >>> v.tokens, v.encode(("m", "e", "?"))
    (('e', 'm', 'w', 'é'), array([ 1,  0, -1]))
    """

    def __init__(self, tokens: Sequence[str]):
        self.tokens = tuple(tokens)
        self.ids = {token: i for i, token in enumerate(self.tokens)}

    @classmethod
    def of(cls, sequences: Iterable[Sequence[str]]) -> "Vocabulary":
        """The vocabulary of some token sequences."""
        return cls(sorted(set().union(*sequences)))

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def of_words(self) -> bool:
        """Whether the tokens are words and not letters: some token has more than one letter, marks not counted."""
        return any(sum(not unicodedata.category(c).startswith("M") for c in token) > 1 for token in self.tokens)

    def encode(self, tokens: Sequence[str]) -> np.ndarray:
        """The ids of tokens, -1 for one that is not known; int64, shape (len(tokens),)."""
        return np.array([self.ids.get(token, -1) for token in tokens], dtype=np.int64)

    def decode(self, ids: Sequence[int]) -> tuple[str, ...]:
        """The tokens behind ids."""
        return tuple(self.tokens[i] for i in ids)

    @cached_property
    def _ids_of_fold(self) -> dict[str, list[int]]:
        groups: dict[str, list[int]] = {}
        for i, token in enumerate(self.tokens):
            groups.setdefault(fold(token), []).append(i)
        return groups

    def mask(self, tokens: Iterable[str]) -> np.ndarray:
        """Which tokens equal one of those given, regardless of case and accent; bool, shape (V,)."""
        mask = np.zeros(len(self.tokens), dtype=bool)
        for token in tokens:
            mask[self._ids_of_fold.get(fold(token), [])] = True
        return mask
