"""Vocabularies: the tokens that a model knows, each with an id."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from generator.folding import fold

SPACES = (" ",)


class Vocabulary:
    """The distinct tokens of a corpus, sorted; a token's id is its index.

    not_first, not_last: bool (V,), the tokens that no new sequence begins or ends with.

    >>> v = Vocabulary.of([("m", "e", "w"), ("é", "m")])
    >>> v.tokens, v.encode(("m", "e", "?"))
    (('e', 'm', 'w', 'é'), array([ 1,  0, -1]))
    """

    def __init__(self, tokens: Sequence[str], not_first: Iterable[str] = SPACES, not_last: Iterable[str] = SPACES):
        self.tokens = tuple(tokens)
        self.ids = {token: i for i, token in enumerate(self.tokens)}
        self.not_first, self.not_last = self.among(not_first), self.among(not_last)

    @classmethod
    def of(cls, sequences: Iterable[Sequence[str]]) -> "Vocabulary":
        """The vocabulary of some sequences; a sign that begins (ends) none of them is in not_first (not_last)."""
        sequences = [s for s in sequences if len(s)]
        tokens = sorted(set().union(*sequences))
        signs = {token for token in tokens if not any(c.isalnum() for c in token)}
        return cls(tokens, signs - {s[0] for s in sequences}, signs - {s[-1] for s in sequences})

    def extended(self, tokens: Iterable[str]) -> "Vocabulary":
        """The vocabulary with more tokens, which may begin and end sequences; itself if it has them all.

        >>> Vocabulary("mw").extended("mo").tokens
        ('m', 'o', 'w')
        """
        every = sorted({*self.tokens, *tokens})
        return self if len(every) == len(self) else Vocabulary(every, *self.bars)

    def among(self, tokens: Iterable[str]) -> np.ndarray:
        """Which tokens are among those given, exactly; bool (V,)."""
        return np.isin(np.array(self.tokens, dtype=object), list(tokens)) if self.tokens else np.zeros(0, dtype=bool)

    @property
    def bars(self) -> tuple[list[str], list[str]]:
        """The tokens of not_first and of not_last."""
        return self._of(self.not_first), self._of(self.not_last)

    def _of(self, mask: np.ndarray) -> list[str]:
        return [self.tokens[i] for i in np.flatnonzero(mask)]

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def of_words(self) -> bool:
        """Whether the tokens are words: some token has more than one character besides combining marks."""
        return any(sum(not unicodedata.category(c).startswith("M") for c in token) > 1 for token in self.tokens)

    def encode(self, tokens: Sequence[str]) -> np.ndarray:
        """The ids of tokens, -1 for an unknown one, int64 (len(tokens),)."""
        return np.array([self.ids.get(token, -1) for token in tokens], dtype=np.int64)

    def encode_all(self, sequences: Sequence[Sequence[str]]) -> tuple[np.ndarray, np.ndarray]:
        """The ids of all sequences, one after another, in few bits, -1 for an unknown token; and the lengths.

        Empty sequences are dropped.

        >>> ids, lengths = Vocabulary("emw").encode_all(["mew", "", "we?"])
        >>> ids.tolist(), lengths.tolist()
        ([1, 0, 2, 2, 0, -1], [3, 3])
        """
        lengths = np.fromiter(map(len, sequences), dtype=np.int64)
        few_bits = np.min_scalar_type(-len(self) - 1)
        if all(len(token) == 1 for token in self.tokens):  # characters are looked up in one table
            points = np.frombuffer(
                "".join(map("".join, sequences)).encode("utf-32-le", "surrogatepass"), dtype=np.uint32
            )
            table = np.full(max(map(ord, self.tokens), default=0) + 2, -1, dtype=few_bits)
            table[[ord(token) for token in self.tokens]] = range(len(self))
            if len(points) == lengths.sum():
                return table.take(points, mode="clip"), lengths[lengths > 0]
        ids = (self.ids.get(token, -1) for sequence in sequences for token in sequence)
        return np.fromiter(ids, dtype=few_bits, count=lengths.sum()), lengths[lengths > 0]

    def decode(self, ids: Sequence[int]) -> tuple[str, ...]:
        """The tokens of ids."""
        return tuple(map(self.tokens.__getitem__, ids))

    @cached_property
    def _ids_of_fold(self) -> dict[str, list[int]]:
        groups: dict[str, list[int]] = {}
        for i, token in enumerate(self.tokens):
            groups.setdefault(fold(token), []).append(i)
        return groups

    def mask(self, tokens: Iterable[str]) -> np.ndarray:
        """Which tokens equal one of those given but for case and accent; bool (V,)."""
        mask = np.zeros(len(self.tokens), dtype=bool)
        for token in tokens:
            mask[self._ids_of_fold.get(fold(token), [])] = True
        return mask
