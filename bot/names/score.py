"""How good a name is: the rating that readers may be expected to give it, from 0 to 100, and its reasons.

    rating = intercept + Σ weight · feature,      score = 100 · (rating − 1) / 4,  from 0 to 100

for ratings from 1 (gibberish) to 5 (very good). score.json has the weights and how they were fitted
(benchmarks/panel/fit.py). The features compare a name with real names of its corpus, so that one set of weights serves
all corpora:

    likely      log p a token above the median of held-out real names, in interquartile ranges, up to 1
    likelier    the rest of it, up to 3: among the likeliest names readers like the likelier hardly better
    long        tokens above the upper quartile of the corpus's lengths, in interquartile ranges; 0 for a short name
    ending      log of how much more often entries of the corpus end so than English words do (see endings)
    strange     how many of its runs of four letters no entry holds (see strangeness)
    word        1 for a bare English word
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import generator
from bot.names.endings import Endings
from bot.names.strangeness import Strangeness
from corpora import english

if TYPE_CHECKING:
    import numpy

FILE = Path(__file__).with_name("score.json")
FEATURES = ("likely", "likelier", "long", "ending", "strange", "word")
BENT, MOST, LEAST = 1.0, 3.0, -3.0  # interquartile ranges: where likelihood begins to matter less, and its limits
_NARROW = 0.1  # nats: the least interquartile range of a corpus of a few names


class Score(NamedTuple):
    """A name's score and its reasons.

    `likelier` is the share of held-out real names that the model finds no likelier. `off` counts the tokens above the
    upper quartile of the corpus's lengths, or below the lower one if negative. `ending` and `strange` are those of
    endings and strangeness. `word` marks a bare English word. `nearest` is the nearest known name, `edits` away.
    """

    total: int
    likelier: float
    off: int
    ending: float
    strange: int
    word: bool
    nearest: str
    edits: int


class Reference(NamedTuple):
    """The real names that a corpus's names are compared with.

    `nats`: quantiles of log p a token at equal steps, ascending; empty if none are known, and then names are compared
    with one another. `shortest` and `longest`: quartiles of the lengths, in tokens.
    """

    nats: Sequence[float]
    shortest: float
    longest: float
    endings: Endings
    strangeness: Strangeness

    def off(self, length: int) -> int:
        """How many tokens longer than the upper quartile a length is; negative below the lower quartile."""
        return round(max(length - self.longest, 0.0) - max(self.shortest - length, 0.0))


def reference(nats: Sequence[float], lengths: Sequence[int], sequences: Sequence[Sequence[str]]) -> Reference:
    """The reference of real names: the quantiles of their log p a token, their lengths, and their tokens.

    Endings and runs say something about Latin letters alone.
    """
    shortest, _, longest = _quartiles(sorted(lengths))
    endings = Endings(sequences)
    return Reference(nats, shortest, longest, endings, Strangeness(sequences if endings.told else ()))


def features(
    real: Reference,
    nats: numpy.ndarray,
    ids: numpy.ndarray,
    tokens: tuple[str, ...],
    words: numpy.ndarray | float = 0.0,
) -> numpy.ndarray:
    """The FEATURES of names, float64 (n, features).

    `nats`: log p a token, (n,). `ids`: a row of ids of `tokens` a name, -1 after the last. `words`: 1 for English
    words, (n,).
    """
    import numpy

    low, middle, high = _quartiles(real.nats or sorted(nats.tolist()))
    likely = numpy.clip((nats - middle) / max(high - low, _NARROW), LEAST, MOST)
    excess = numpy.maximum((ids >= 0).sum(axis=1) - real.longest, 0.0)
    columns = [
        numpy.minimum(likely, BENT),
        numpy.maximum(likely - BENT, 0.0),
        excess / max(real.longest - real.shortest, 1.0),
        real.endings.all(ids, tokens),
        real.strangeness(ids, tokens),
        numpy.broadcast_to(words, len(nats)),
    ]
    return numpy.column_stack(columns)


def totals(
    real: Reference,
    nats: numpy.ndarray,
    ids: numpy.ndarray,
    tokens: tuple[str, ...],
    words: numpy.ndarray | float = 0.0,
) -> numpy.ndarray:
    """The scores of names before rounding, float64 (n,); the arguments are those of `features`."""
    intercept, weights = _weights()
    rating = intercept + features(real, nats, ids, tokens, words) @ list(weights)
    return (25.0 * (rating - 1.0)).clip(0.0, 100.0)


def _quartiles(ascending: Sequence[float]) -> list[float]:
    """The quartiles, with linear interpolation. numpy.quantile imports numpy.ma, which takes 13 ms of a cold start.

    >>> _quartiles([1, 2, 3, 4])
    [1.75, 2.5, 3.25]
    """
    places = [(len(ascending) - 1) * share for share in (0.25, 0.5, 0.75)]
    pairs = [(ascending[int(at)], ascending[min(int(at) + 1, len(ascending) - 1)]) for at in places]
    return [below + (at % 1) * (above - below) for at, (below, above) in zip(places, pairs, strict=True)]


@cache
def _weights() -> tuple[float, tuple[float, ...]]:
    said = json.loads(FILE.read_text(encoding="utf-8"))
    return said["intercept"], tuple(said["weights"][name] for name in FEATURES)


@cache
def _words() -> frozenset[str]:
    return frozenset(english.common())


def is_word(name: str) -> bool:
    """Whether a name is a bare English word.

    >>> is_word("Clouds"), is_word("Cloudr")
    (True, False)
    """
    return generator.key(name) in _words()


def share_below(value: float, quantiles: Sequence[float]) -> float:
    """The share of a sample that is no greater, from its quantiles at equal steps, with linear interpolation.

    >>> share_below(2.5, [0.0, 1.0, 2.0, 3.0, 4.0])
    0.625
    """
    at = bisect_right(quantiles, value)
    if at == len(quantiles):
        return 1.0  # of an empty sample too
    if at == 0:
        return 0.0
    below, above = quantiles[at - 1], quantiles[at]
    return (at - 1 + (value - below) / (above - below)) / (len(quantiles) - 1)
