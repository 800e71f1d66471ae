"""How good a name is: one number from 0 to 100, and its reasons.

    score = 100 · (3 · likelier + shorter + apart) / 5

likelier: the share of real names that the model finds no likelier a token; real names are those held out while it was trained, which
it had not seen either. shorter: the share of the corpus's own names that are no shorter. apart: 0 at one edit from the nearest known
name, 1 at four edits and more. Each lies between 0 and 1.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from bot.finding.nearby import Neighbourhood

FAR = 4  # edits: whoever hears the name thinks of no other
_WEIGHTS = (3, 1, 1)


class Score(NamedTuple):
    """A name's score and what it is made of; `length` is in tokens, `edits` leads to `nearest`, a known name."""

    total: int
    likelier: float
    shorter: float
    length: int
    nearest: str
    edits: int


class Yardstick(NamedTuple):
    """What the new names of a corpus and a model are held against: log p a token of real names in nats, ascending, the
    corpus's lengths in tokens, ascending, and its names."""

    nats: Sequence[float]
    lengths: Sequence[int]
    names: Neighbourhood

    def score(self, length: int, nats: float, nearest: str, edits: int) -> Score:
        """The score of a name of so many tokens, with so many nats a token, so many edits from the nearest known name."""
        likelier = share_below(nats, self.nats)
        shorter = 1.0 - bisect_left(self.lengths, length) / len(self.lengths)
        apart = min(max(edits - 1, 0), FAR - 1) / (FAR - 1)
        total = 100 * sum(weight * part for weight, part in zip(_WEIGHTS, (likelier, shorter, apart), strict=True)) / sum(_WEIGHTS)
        return Score(round(total), round(likelier, 3), round(shorter, 3), length, nearest, edits)


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
