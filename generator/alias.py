"""Many distributions at once to draw from in constant time each: the alias method (Walker 1977), built in one sweep (Vose 1991).

A distribution over K outcomes fills K slots of equal size, each with at most two outcomes: a slot's own up to a threshold, and
another above it. A draw is one random number, one look at the threshold and one at the outcome. The number is a whole one of 32
bits, so each outcome is as probable as it should be to 2⁻³².
"""

import numpy as np

BITS = np.uint64(32)


class Alias:
    """R distributions over K outcomes; an outcome is drawn as its label.

    prob: float64 (R, K), rows summing to one. label: int32 (R, K), what each outcome is called.

    >>> table = Alias(np.array([[0.25, 0.75], [1.0, 0.0]]), np.array([[5, 7], [6, 8]]))
    >>> draws = table.draw(np.repeat([0, 1], 4000), np.random.default_rng(7))
    >>> bool(abs((draws[:4000] == 7).mean() - 0.75) < 0.03), set(draws[4000:].tolist())
    (True, {6})
    """

    def __init__(self, prob: np.ndarray, label: np.ndarray):
        height, other = _filled(prob)
        self._slots = prob.shape[1]
        self._height = np.minimum(height * 2.0**32, 2.0**32 - 1).astype(np.uint32).ravel()
        self._labels = np.stack([label, np.take_along_axis(label, other, axis=1)], axis=-1).astype(np.int32).ravel()

    def draw(self, rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """The label of one outcome of each of some rows, int32 of shape (n,)."""
        number = rng.integers(0, 2**32, len(rows), dtype=np.uint32) * np.uint64(self._slots)  # slot and, in the low half, height
        at = rows * np.int64(self._slots)
        at += (number >> BITS).view(np.int64)
        above = number.astype(np.uint32) >= self._height.take(at, mode="clip")
        at *= 2
        at += above
        return self._labels.take(at, mode="clip")  # no number is out of range: "clip" is the mode that looks for none


def _filled(prob: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The share of each slot that is its own outcome's, float64 (R, K), and the outcome above it, int (R, K).

    All rows are swept together, from light outcomes, which leave room in their slots, to heavy ones, which fill it; one slot is
    settled a step.
    """
    rows, slots = np.arange(len(prob)), prob.shape[1]
    order = np.argsort(prob, axis=1)
    mass = np.take_along_axis(prob, order, axis=1) * slots  # from light to heavy, 1 a slot
    height, other = np.ones(prob.shape), np.tile(np.arange(slots), (len(prob), 1))
    light, heavy = np.zeros(len(prob), dtype=int), np.full(len(prob), slots - 1)
    left = mass[:, -1].copy()  # of the heavy outcome that is being shared out
    for _ in range(slots - 1):
        drained = left < 1.0  # it has become light itself, and the next one fills up its slot
        at = np.where(drained, heavy, light)
        share = np.where(drained, left, mass[rows, light])
        heavy = heavy - drained
        light = light + ~drained
        height[rows, order[rows, at]], other[rows, order[rows, at]] = share, order[rows, heavy]
        left = np.where(drained, mass[rows, heavy], left) - (1.0 - share)
    return np.clip(height, 0.0, 1.0), other
