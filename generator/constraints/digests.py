"""Whether thousands of names are among known ones, without spelling any out: their keys as 64-bit digests.

Two keys that differ have the same digest once in 2⁶⁴ times, which is less than what 32 bits of luck leave out of a draw
(see alias).
"""

import unicodedata

import numpy as np

from generator.folding import fold
from generator.vocabulary import Vocabulary

BASE, MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)  # odd, of even bits (those of splitmix64)
_JAMO = range(0x1100, 0x1200)  # letters of Hangul, which join into syllables as accents join with letters


def letters_of(vocabulary: Vocabulary) -> np.ndarray | None:
    """What each token adds to a key, as a code point, 0 for nothing, and a last 0 for no token, uint32 (V + 1,).

    None where keys are not put together token by token.

    >>> letters_of(Vocabulary(["-", "E", "é"])).tolist(), letters_of(Vocabulary(["mew"]))
    ([0, 101, 101, 0], None)
    """
    folded = [fold(token) for token in vocabulary.tokens]
    pieces = ["".join(filter(str.isalnum, text)) for text in folded]
    joins = any(unicodedata.category(c).startswith("M") or ord(c) in _JAMO for text in folded for c in text)
    return (
        None
        if joins or any(len(piece) > 1 for piece in pieces)
        else np.array([*(ord(p) if p else 0 for p in pieces), 0], dtype=np.uint32)
    )


def digests(letters: np.ndarray) -> np.ndarray:
    """The digest of each key, code points a place (T, n) with zeros that do not count; uint64 (n,), 0 for a key of
    nothing."""
    digest = np.zeros(letters.shape[1], dtype=np.uint64)
    for place in letters:
        told = (place + BASE) * MIX
        told ^= told >> np.uint64(29)
        digest = np.where(place, (digest ^ told) * BASE, digest)
    return digest


def digests_of(keys: list[str]) -> np.ndarray:
    """The digests of keys that are spelt out, ascending."""
    texts = np.array(keys, dtype=str)
    return np.sort(digests(texts.view(np.uint32).reshape(len(keys), texts.itemsize // 4).T))


def among(some: np.ndarray, ascending: np.ndarray) -> np.ndarray:
    """Which of some digests are among others, bool (n,)."""
    if not len(ascending):
        return np.zeros(len(some), dtype=bool)
    return ascending[np.minimum(np.searchsorted(ascending, some), len(ascending) - 1)] == some
