"""Whether a name ends like its corpus or like English: `Hydrome` ends as moons do, `Salacing` as English words do.

    ending = mean over the last one, two and three letters of  log ((a + RARE) / (b + RARE))

where a is the share of the corpus's entries that end in the same letters, and b that of English words. Readers like
names that end as their kind does (docs/choosing.md). To count the endings of 10,000 words takes longer than a first
answer may, so a file has them: `python -m bot.names.endings` writes the file.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from corpora import english

if TYPE_CHECKING:
    import numpy

FILE = english.PATH.with_name("endings.txt")
DEPTH = 3  # letters
RARE = 0.001  # a smaller share says nothing
LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")


class Endings:
    """The endings of the names of a corpus, which are given as tokens; only those in Latin letters count."""

    def __init__(self, sequences: Sequence[Sequence[str]]):
        letters = Counter(token for sequence in sequences for token in sequence)
        self.told = 2 * sum(n for token, n in letters.items() if token in LATIN) > letters.total()
        self._shares = _shares(_counted(sequences), len(sequences)) if self.told else {}
        self._of: dict[tuple[str, ...], float] = {}

    def __call__(self, tokens: Sequence[str]) -> float:
        """The mean log ratio of a name, in nats; 0 if the corpus is not in Latin letters.

        >>> moons = Endings([*map(tuple, ("eurynome", "hegemone", "hermippe", "kallichore"))])
        >>> moons(tuple("hydrome")) > 0 > moons(tuple("salacing"))
        True
        """
        last = tuple(tokens[-DEPTH:])
        if last not in self._of:
            self._of[last] = self._ratio(last) if self.told else 0.0
        return self._of[last]

    def all(self, ids: numpy.ndarray, tokens: Sequence[str]) -> numpy.ndarray:
        """The mean log ratios of many names, float64 (n,), from rows of token ids, negative after the last."""
        import numpy

        lengths, padded = (ids >= 0).sum(axis=1), numpy.pad(ids, ((0, 0), (DEPTH, 0)), constant_values=-1)
        last = padded[numpy.arange(len(ids))[:, None], lengths[:, None] + numpy.arange(DEPTH)]
        _, first, place = numpy.unique(
            last @ (len(tokens) + 1) ** numpy.arange(DEPTH), return_index=True, return_inverse=True
        )
        each = [self(tuple(tokens[i] for i in row if i >= 0)) for row in last[first].tolist()]
        return numpy.array(each, dtype=float)[place.ravel()]

    def _ratio(self, last: tuple[str, ...]) -> float:
        english_shares = _english()
        texts = ["".join(last[-depth:]) for depth in range(1, DEPTH + 1)]
        return (
            sum(
                math.log((self._shares.get(text, 0.0) + RARE) / (english_shares.get(text, 0.0) + RARE))
                for text in texts
            )
            / DEPTH
        )


def _counted(names: Iterable[Sequence[str]]) -> Counter[str]:
    """How many names end in each one to DEPTH letters; a shorter name counts as a whole."""
    return Counter("".join(name[-depth:]) for name in names for depth in range(1, DEPTH + 1))


def _shares(counts: Counter[str], names: int) -> dict[str, float]:
    return {text: n / names for text, n in counts.items()}


@cache
def _english() -> dict[str, float]:
    rows = (line.split("\t") for line in FILE.read_text(encoding="ascii").splitlines())
    return {text: float(share) for text, share in rows}


if __name__ == "__main__":
    said = _shares(_counted(english.common()), len(english.common()))
    FILE.write_text("".join(f"{text}\t{share:.4f}\n" for text, share in sorted(said.items())), encoding="ascii")
