"""How good a name is: one number from 0 to 100, what readers may be expected to rate it, and its reasons.

    rating = intercept + Σ weight · feature,      score = 100 · (rating − 1) / 4,  from 0 to 100

for ratings from 1, gibberish, to 5, very good. The weights stand in score.json, with how they were fitted
(benchmarks/panel/fit.py). The features measure a name by real names of its corpus, so that one set of weights serves
them all:

    likely, likelier    log p a token, in interquartile ranges above the median of real names that were held
                        out of training: up to 1, and what is above, up to 3. Of the likeliest, readers like
                        the likelier hardly better
    long                tokens beyond the upper quartile of the corpus's lengths, in their interquartile range;
                        below the lower nothing is amiss
    ending              how much more often entries of the corpus end so than English words do, log (see endings)
    strange             how many of its runs of four letters no entry holds (see strangeness)
    word                1 for a bare English word
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
BENT, MOST, LEAST = (
    1.0,
    3.0,
    -3.0,
)  # interquartile ranges: where likelihood begins to matter less, and where it matters no more
_NARROW = 0.1  # nats: the least interquartile range of a corpus of a few names


class Score(NamedTuple):
    """A name's score and its reasons: the share of real names, held out of training, that the model finds no likelier;
    how many tokens it is longer than most of its corpus, or shorter if less than 0; how it ends (see endings) and how
    many of its runs are strange (see strangeness); whether it is a bare English word; the nearest known name, and how
    many edits lead to it.
    """

    total: int
    likelier: float
    off: int
    ending: float
    strange: int
    word: bool
    nearest: str
    edits: int


class Yardstick(NamedTuple):
    """What the names of a corpus and a model are held against: quantiles of log p a token of real names in nats,
    ascending, at equal steps, none where none are known, so that names are held against one another; the quartiles of
    the corpus's lengths in tokens; its endings and its runs."""

    nats: Sequence[float]
    shortest: float
    longest: float
    endings: Endings
    strangeness: Strangeness

    def off(self, length: int) -> int:
        """How many tokens longer than usual, less than 0 for shorter."""
        return round(max(length - self.longest, 0.0) - max(self.shortest - length, 0.0))


def yardstick(nats: Sequence[float], lengths: Sequence[int], sequences: Sequence[Sequence[str]]) -> Yardstick:
    """The yardstick of real names: the quantiles of their log p a token, none where none can be made, their lengths,
    and themselves as tokens.

    Endings and runs tell something of Latin letters alone.
    """
    shortest, _, longest = _quartiles(sorted(lengths))
    endings = Endings(sequences)
    return Yardstick(nats, shortest, longest, endings, Strangeness(sequences if endings.told else ()))


def features(
    measure: Yardstick,
    nats: numpy.ndarray,
    ids: numpy.ndarray,
    tokens: tuple[str, ...],
    words: numpy.ndarray | float = 0.0,
) -> numpy.ndarray:
    """The FEATURES of some names, float64 (n, features), from log p a token, rows of ids of some tokens, less than 0
    after the last, and whether they are English words, (n,)."""
    import numpy

    lengths, ends, strange = (ids >= 0).sum(axis=1), measure.endings.all(ids, tokens), measure.strangeness(ids, tokens)
    low, middle, high = _quartiles(measure.nats or sorted(nats.tolist()))
    likely = numpy.clip((nats - middle) / max(high - low, _NARROW), LEAST, MOST)
    spread = max(measure.longest - measure.shortest, 1.0)
    long = numpy.maximum(lengths - measure.longest, 0.0) / spread
    return numpy.column_stack(
        [
            numpy.minimum(likely, BENT),
            numpy.maximum(likely - BENT, 0.0),
            long,
            ends,
            strange,
            numpy.broadcast_to(words, len(nats)),
        ]
    )


def _quartiles(ascending: Sequence[float]) -> list[float]:
    """Quartiles, linear in between: numpy's own import a masked array first, which takes 13 ms of a cold start.

    >>> _quartiles([1, 2, 3, 4])
    [1.75, 2.5, 3.25]
    """
    places = [(len(ascending) - 1) * share for share in (0.25, 0.5, 0.75)]
    above = [ascending[min(int(place) + 1, len(ascending) - 1)] for place in places]
    return [
        ascending[int(place)] + (place % 1) * (more - ascending[int(place)])
        for place, more in zip(places, above, strict=True)
    ]


def totals(
    measure: Yardstick,
    nats: numpy.ndarray,
    ids: numpy.ndarray,
    tokens: tuple[str, ...],
    words: numpy.ndarray | float = 0.0,
) -> numpy.ndarray:
    """The scores of some names as they are compared, float64 (n,); see `features`."""
    intercept, weights = _weights()
    rating = intercept + features(measure, nats, ids, tokens, words) @ list(weights)
    return (25.0 * (rating - 1.0)).clip(0.0, 100.0)


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
    """The share of a sample that is no greater, from its quantiles at equal steps, linear in between.

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
