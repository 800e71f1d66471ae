"""Smoothing of a back-off chain: discounted counts, and back-off weights for shorter contexts.

    q(w | h) = (c(hw) − D_{c(hw)}) / (c(h) + θ)
    λ(h) = (θ + D₁ N₁(h) + D₂ N₂(h) + D₃ N₃₊(h)) / (c(h) + θ)
    p(w | h) = q(w | h) + λ(h) [ μ q_b(w | h) + (1 − μ (1 − λ_b(h))) p(w | h⁻) ]

    h, h⁻       a context; the same without its oldest token
    c(hw)       the count of token w after h; c(h) = Σ_w c(hw)
    N_i(h)      how many tokens follow h exactly i times; N₃₊ three times or more
    D₁ D₂ D₃    discounts, θ a concentration; one of each for every length of context
    q_b, λ_b    a background, another chain (see background); μ its share, for every length. Without one, μ = 0

θ = 0 is modified Kneser-Ney (Chen and Goodman 1999); a single discount and θ is a Pitman-Yor process (Teh 2006).
Tuning starts from the paper's closed form and ascends the likelihood of held-out tokens by its gradient; a prior keeps
it near the start.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

LEAST_DISCOUNT = 0.1  # the closed form of a corpus of repeats is zero, and would leave nothing for unseen tokens
MOST = np.array([1.0, 2.0, 3.0])  # a discount is at most the count
ROUNDS = 60  # of Rprop: the last steps gain less than 1e-5 nats a token
PRIOR = 0.5  # precision of the Gaussian prior on the unbounded settings, nats
SHARE = 0.3  # μ at the start of tuning


@dataclass(frozen=True)
class Smoothing:
    """Discounts, float64 (lengths, 3), and concentrations and shares μ, float64 (lengths,), by length of context."""

    discount: np.ndarray
    concentration: np.ndarray
    share: np.ndarray

    def keep(self, counts: np.ndarray, length: int, total: np.ndarray) -> np.ndarray:
        """q of n-grams from their counts and the totals of their contexts, all of one length, float64 of one shape."""
        return (counts - np.append(0.0, self.discount[length])[np.minimum(counts, 3)]) / (
            total + self.concentration[length]
        )


def closed_form(counts: Sequence[np.ndarray]) -> Smoothing:
    """Modified Kneser-Ney from the counts of the n-grams after contexts of each length."""
    return Smoothing(
        np.array([discounts(some[some > 0]) for some in counts]), np.zeros(len(counts)), np.full(len(counts), SHARE)
    )


def discounts(counts: np.ndarray) -> np.ndarray:
    """D₁, D₂ and D₃ from the counts of the n-grams of one length (Chen and Goodman 1999, eq. 26)."""
    n1, n2, n3, n4 = (np.bincount(np.minimum(counts, 5), minlength=6)[1:5] + 1e-9).tolist()
    y = n1 / (n1 + 2 * n2)
    best = np.array([1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3])
    return np.clip(best, LEAST_DISCOUNT, [0.95, 1.9, 2.85])


@dataclass(frozen=True)
class HeldOutCounts:
    """The counts that M held-out tokens meet, for each of L lengths of context from short to long.

    count: int (L, M), c(hw). total: float64 (L, M), c(h); 0 if training has no such context. kinds: float64 (L, 3, M),
    N₁, N₂ and N₃₊ of the context. floor: p below the empty context. background, passed: float64 (L, M), q_b(w | h) and
    λ_b(h); 0 and 1 if the background has none.
    """

    count: np.ndarray
    total: np.ndarray
    kinds: np.ndarray
    floor: float
    background: np.ndarray
    passed: np.ndarray


def tune(start: Smoothing, held_out: Sequence[HeldOutCounts]) -> Smoothing:
    """The settings under which held-out tokens are likeliest, by Rprop (Riedmiller and Braun 1993) on their logits."""
    origin = _unbound(start)
    settings, steps, before = origin.copy(), np.full(origin.shape, 0.1), np.zeros(origin.shape)
    for _ in range(ROUNDS):
        slope = sum(_slope(settings, seen) for seen in held_out) - PRIOR * (settings - origin)
        turned = slope * before
        steps = np.clip(np.where(turned > 0, steps * 1.2, np.where(turned < 0, steps * 0.5, steps)), 1e-4, 0.5)
        settings = np.clip(settings + np.sign(slope) * steps, -8.0, 8.0)
        before = np.where(turned < 0, 0.0, slope)
    return _bound(settings)


def _unbound(smoothing: Smoothing) -> np.ndarray:
    """Logits of discounts, logs of concentrations and logits of shares, shape (L, 5)."""
    logit = np.column_stack([smoothing.discount / MOST, smoothing.share])
    logit = np.log(logit / (1 - logit))
    return np.column_stack([logit[:, :3], np.log(np.maximum(smoothing.concentration, 0.1)), logit[:, 3]])


def _bound(settings: np.ndarray) -> Smoothing:
    return Smoothing(MOST / (1 + np.exp(-settings[:, :3])), np.exp(settings[:, 3]), 1 / (1 + np.exp(-settings[:, 4])))


class _Terms(NamedTuple):
    """The terms of one length of context for M tokens, float64 (M,) each.

    there: whether training saw the context, bool. whole: c(h) + θ. handed: λ(h). kept_below: 1 − μ (1 − λ_b(h)).
    lower: the bracket that λ(h) multiplies.
    """

    there: np.ndarray
    whole: np.ndarray
    handed: np.ndarray
    kept_below: np.ndarray
    lower: np.ndarray


def _slope(settings: np.ndarray, seen: HeldOutCounts) -> np.ndarray:
    """The gradient of the log-likelihood of the tokens by the unbounded settings, nats, (L, 5)."""
    smoothing, prob, terms = _bound(settings), [np.full(seen.count.shape[1], seen.floor)], []
    for n in range(len(settings)):
        terms.append(_terms(smoothing, seen, n, prob[n]))
        discount = np.append(0.0, smoothing.discount[n])[np.minimum(seen.count[n], 3)]
        kept = np.where(terms[n].there, (seen.count[n] - discount) / terms[n].whole, 0.0)
        prob.append(kept + terms[n].handed * terms[n].lower)
    slope, at = np.zeros(settings.shape), 1.0 / prob[-1]  # at: d log p / d p of each length, from long to short
    for n in reversed(range(len(settings))):
        there, whole, handed, kept_below, lower = terms[n]
        here = np.where(there, at / whole, 0.0)
        for i in range(3):
            taken = np.minimum(seen.count[n], 3) == i + 1
            slope[n, i] = here @ (seen.kinds[n, i] * lower - taken)
        slope[n, 3] = here @ (lower - prob[n + 1])
        slope[n, 4] = (at * handed) @ (seen.background[n] - (1 - seen.passed[n]) * prob[n])
        at = at * handed * kept_below
    inner = smoothing.discount * (1 - smoothing.discount / MOST)
    return slope * np.column_stack([inner, smoothing.concentration, smoothing.share * (1 - smoothing.share)])


def _terms(smoothing: Smoothing, seen: HeldOutCounts, n: int, below: np.ndarray) -> _Terms:
    there = seen.total[n] > 0
    whole = np.where(there, seen.total[n] + smoothing.concentration[n], 1.0)
    handed = np.where(there, (smoothing.concentration[n] + smoothing.discount[n] @ seen.kinds[n]) / whole, 1.0)
    kept_below = 1 - smoothing.share[n] * (1 - seen.passed[n])
    return _Terms(there, whole, handed, kept_below, smoothing.share[n] * seen.background[n] + kept_below * below)
