"""64-bit digests of keys, so that thousands of names are looked up among known ones without their text.

Two keys collide with probability 2⁻⁶⁴, far below the 2⁻³² to which a draw is exact (see alias).
"""

import unicodedata

import numpy as np

from generator.folding import fold
from generator.vocabulary import Vocabulary

BASE, MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)  # the constants of splitmix64
_JAMO = range(0x1100, 0x1200)  # letters of Hangul, which compose into syllables as accents compose with letters


def letters_of(vocabulary: Vocabulary) -> np.ndarray | None:
    """The code point that each token adds to a key, 0 for none, and a last 0 for PAST, uint32 (V + 1,).

    None if some token adds several letters or composes with its neighbour.

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
    """The digest of each key, uint64 (n,), from code points (T, n) in which zeros do not count; 0 for an empty key."""
    digest = np.zeros(letters.shape[1], dtype=np.uint64)
    for place in letters:
        told = (place + BASE) * MIX
        told ^= told >> np.uint64(29)
        digest = np.where(place, (digest ^ told) * BASE, digest)
    return digest


def digests_of(keys: list[str]) -> np.ndarray:
    """The digests of keys, ascending."""
    texts = np.array(keys, dtype=str)
    return np.sort(digests(texts.view(np.uint32).reshape(len(keys), texts.itemsize // 4).T))
