"""Counts of a chain before smoothing, and the counts that held-out tokens meet in them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from generator.inference.automaton_markov import EMPTY
from generator.models.markov import Markov
from generator.training.smoothing import HeldOutCounts, Smoothing, closed_form

POSITION_ZERO = 1  # the context that holds only the position 0 from the end


class Counted(NamedTuple):
    """A chain before smoothing: the count of each of its E n-grams, int32 (E,).

    background: q_b of each n-gram and λ_b of each context of the chain's background, float64 (E,) and (C,), or None.
    """

    unsmoothed: Markov
    counts: np.ndarray
    background: tuple[np.ndarray, np.ndarray] | None = None

    @property
    def lengths(self) -> int:
        """The number of context lengths, the empty context included."""
        return 1 + self.unsmoothed.order + (self.unsmoothed.position is not None)

    @property
    def total(self) -> np.ndarray:
        """The total count after each context, float64 (C,)."""
        return np.add.reduceat(self.counts, self.unsmoothed.offsets[:-1], dtype=float)

    def closed_form(self) -> Smoothing:
        """The smoothing of modified Kneser-Ney."""
        counts = [self.counts[edges] for _, edges in self._levels()]
        return closed_form(counts + [self.counts[:0]] * (self.lengths - len(counts)))

    def _levels(self) -> Iterator[tuple[slice, slice]]:
        """The contexts of each length, and their edges."""
        offsets = self.unsmoothed.offsets
        return ((level, slice(int(offsets[level.start]), int(offsets[level.stop]))) for level in self.unsmoothed.levels)

    def chain(self, smoothing: Smoothing | None = None) -> Markov:
        """The smoothed chain; without a smoothing the closed form is used."""
        model, smoothing, q = self.unsmoothed, smoothing or self.closed_form(), np.empty(len(self.counts))
        total = np.maximum(self.total, 1.0)  # a position that training never saw has only zeros
        for length, (contexts, edges) in enumerate(self._levels()):
            offsets = model.offsets[contexts.start : contexts.stop + 1]
            q[edges] = smoothing.keep(self.counts[edges], length, np.repeat(total[contexts], np.diff(offsets)))
            if self.background:
                handed = 1.0 - np.add.reduceat(q[edges], offsets[:-1] - offsets[0])
                q[edges] += np.repeat(smoothing.share[length] * handed, np.diff(offsets)) * self.background[0][edges]
        if model.position == "to_end":  # at position 0 the end is certain, and the only n-gram
            q[model.offsets[POSITION_ZERO]] = 1.0
        return replace(model, q=q)


def held_out_counts(counted: Counted, sequences: Sequence[Sequence[str]]) -> HeldOutCounts:
    """The counts that each token of some sequences meets, ends included unless they are certain."""
    model, total = counted.unsmoothed, counted.total
    context, token = _places(counted.chain(), sequences)
    suffixes = np.stack([np.full(len(context), EMPTY), *model.suffixes(context)])
    suffixes = np.pad(suffixes, ((0, counted.lengths - len(suffixes)), (0, 0)), constant_values=-1)
    width = np.int64(model.end + 1)
    codes = model.owner * width + model.token
    edge = np.minimum(np.searchsorted(codes, suffixes * width + token), len(codes) - 1)
    followed = codes[edge] == suffixes * width + token
    counts = np.where(followed, counted.counts[edge], 0)
    some = np.minimum(counted.counts, 3)
    kinds = np.stack([np.add.reduceat((some == n).astype(float), model.offsets[:-1]) for n in (1, 2, 3)])
    there = suffixes >= 0
    background, passed = np.zeros(suffixes.shape), np.ones(suffixes.shape)
    if counted.background:
        background, passed = (
            np.where(followed, counted.background[0][edge], 0.0),
            np.where(there, counted.background[1][suffixes], 1.0),
        )
    return HeldOutCounts(
        counts,
        np.where(there, total[suffixes], 0.0),
        kinds[:, suffixes].swapaxes(0, 1) * there[:, None],
        1.0 / (len(model.vocabulary) + 2),
        background,
        passed,
    )


def _places(model: Markov, sequences: Sequence[Sequence[str]]) -> tuple[np.ndarray, np.ndarray]:
    """The context before each token, and the token; sequences with unknown tokens are skipped."""
    coded = [model.vocabulary.encode(s) for s in sequences if len(s)]
    contexts, tokens = [np.empty(0, dtype=int)], [np.empty(0, dtype=int)]
    for length in sorted({len(ids) for ids in coded}):
        ids = np.array([ids for ids in coded if len(ids) == length and ids.min() >= 0], dtype=int).reshape(-1, length)
        frontier, rows = model.begin(np.full(len(ids), length)), np.arange(len(ids))
        for column in ids.T:
            contexts, tokens = [*contexts, frontier.state], [*tokens, column]
            frontier = model.advance(frontier, rows, column)
        if model.position != "to_end":
            contexts, tokens = [*contexts, frontier.state], [*tokens, np.full(len(ids), model.end)]
    return np.concatenate(contexts), np.concatenate(tokens)
