"""How much of a seen count a back-off chain keeps, and how much it hands down to shorter contexts.

With c(hw) the count of token w after context h, N_i(h) how many tokens follow h just i times, and for each length of
context discounts D₁ D₂ D₃ and a concentration θ,

    q(w | h) = (c(hw) − D_{c(hw)}) / (c(h) + θ),      λ(h) = (θ + D₁ N₁(h) + D₂ N₂(h) + D₃ N₃₊(h)) / (c(h) + θ).

θ = 0 is modified Kneser-Ney (Chen and Goodman 1999); one discount and θ is a Pitman-Yor process (Teh 2006). The closed
form of the paper is where tuning begins: it climbs the likelihood of held-out tokens by its gradient, held near the
start by a prior.

A chain may be adapted to a background, another chain q_b, λ_b that has read other lists (see background). What a
context hands down then goes to the background's view of the same context in a share μ, one for each length, and to the
shorter context in the rest:

    p(w | h) = q(w | h) + λ(h) [ μ q_b(w | h) + (1 − μ (1 − λ_b(h))) p(w | h⁻) ].
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

LEAST_DISCOUNT = 0.1  # a corpus of repeats asks for a discount of zero, and then nothing unseen could ever follow
MOST = np.array([1.0, 2.0, 3.0])  # a discount is never more than the count
ROUNDS = 60  # of Rprop: by then a step gains less than 1e-5 nats a token
PRIOR = 0.5  # of the unbounded settings: a step of one costs half a nat
SHARE = 0.3  # of a background, where tuning begins


@dataclass(frozen=True)
class Smoothing:
    """Discounts, float64 of shape (lengths, 3), concentrations and the shares μ of a background, (lengths,), by the
    length of the context."""

    discount: np.ndarray
    concentration: np.ndarray
    share: np.ndarray

    def keep(self, counts: np.ndarray, length: int, total: np.ndarray) -> np.ndarray:
        """q of n-grams with such counts after contexts of one length and such totals, float64 of the same shape."""
        return (counts - np.append(0.0, self.discount[length])[np.minimum(counts, 3)]) / (
            total + self.concentration[length]
        )


def closed_form(counts: Sequence[np.ndarray]) -> Smoothing:
    """Modified Kneser-Ney for n-grams with such counts, those after contexts of each length together."""
    return Smoothing(
        np.array([discounts(some[some > 0]) for some in counts]), np.zeros(len(counts)), np.full(len(counts), SHARE)
    )


def discounts(counts: np.ndarray) -> np.ndarray:
    """D₁, D₂ and D₃ of n-grams of one length from how many of them count 1, 2, 3 and 4 (Chen and Goodman 1999, eq.
    26)."""
    n1, n2, n3, n4 = (np.bincount(np.minimum(counts, 5), minlength=6)[1:5] + 1e-9).tolist()
    y = n1 / (n1 + 2 * n2)
    best = np.array([1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3])
    return np.clip(best, LEAST_DISCOUNT, [0.95, 1.9, 2.85])


@dataclass(frozen=True)
class HeldOutCounts:
    """What training saw of M held-out tokens, for each of L lengths of context from short to long.

    count: int (L, M), of the token after the context. total: float64 (L, M), of all tokens after it, 0 where there is
    no such context. kinds: float64 (L, 3, M), how many tokens were seen there once, twice, more often. floor: p under
    no context at all. background, passed: float64 (L, M), q_b of the token after the context and λ_b of the context; 0
    and 1 where the background has none.
    """

    count: np.ndarray
    total: np.ndarray
    kinds: np.ndarray
    floor: float
    background: np.ndarray
    passed: np.ndarray


def tune(start: Smoothing, held_out: Sequence[HeldOutCounts]) -> Smoothing:
    """The settings under which what was held out is likeliest, by Rprop (Riedmiller and Braun 1993) on their logits."""
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


class _Rung(NamedTuple):
    """What one length of context makes of M tokens, float64 (M,) each.

    there: whether training saw the context. whole: c(h) + θ. handed: λ(h). kept_below: of `lower`, the part that p of
    the shorter context is multiplied by. lower: the bracket that λ(h) multiplies.
    """

    there: np.ndarray
    whole: np.ndarray
    handed: np.ndarray
    kept_below: np.ndarray
    lower: np.ndarray


def _slope(settings: np.ndarray, seen: HeldOutCounts) -> np.ndarray:
    """The gradient of the log-likelihood of what was seen, nats, shape (L, 5)."""
    smoothing, prob, rungs = _bound(settings), [np.full(seen.count.shape[1], seen.floor)], []
    for n in range(len(settings)):
        rungs.append(_rung(smoothing, seen, n, prob[n]))
        discount = np.append(0.0, smoothing.discount[n])[np.minimum(seen.count[n], 3)]
        kept = np.where(rungs[n].there, (seen.count[n] - discount) / rungs[n].whole, 0.0)
        prob.append(kept + rungs[n].handed * rungs[n].lower)
    slope, at = np.zeros(settings.shape), 1.0 / prob[-1]  # at: the slope of the log-likelihood at p of each token
    for n in reversed(range(len(settings))):
        there, whole, handed, kept_below, lower = rungs[n]
        here = np.where(there, at / whole, 0.0)
        for i in range(3):
            taken = np.minimum(seen.count[n], 3) == i + 1
            slope[n, i] = here @ (seen.kinds[n, i] * lower - taken)
        slope[n, 3] = here @ (lower - prob[n + 1])
        slope[n, 4] = (at * handed) @ (seen.background[n] - (1 - seen.passed[n]) * prob[n])
        at = at * handed * kept_below
    inner = smoothing.discount * (1 - smoothing.discount / MOST)
    return slope * np.column_stack([inner, smoothing.concentration, smoothing.share * (1 - smoothing.share)])


def _rung(smoothing: Smoothing, seen: HeldOutCounts, n: int, below: np.ndarray) -> _Rung:
    there = seen.total[n] > 0
    whole = np.where(there, seen.total[n] + smoothing.concentration[n], 1.0)
    handed = np.where(there, (smoothing.concentration[n] + smoothing.discount[n] @ seen.kinds[n]) / whole, 1.0)
    kept_below = 1 - smoothing.share[n] * (1 - seen.passed[n])
    return _Rung(there, whole, handed, kept_below, smoothing.share[n] * seen.background[n] + kept_below * below)
