"""Many distributions at once to draw from in constant time each: the alias method (Walker 1977), built in one sweep
(Vose 1991).

A distribution over K outcomes fills K slots of equal size, each with at most two outcomes: a slot's own up to a
threshold, and another above it. A draw is one random number, one look at the threshold and one at the outcome. The
number is a whole one of 32 bits, so each outcome is as probable as it should be to 2⁻³².
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
        self._rows = np.int64(len(prob))
        self._height, self._labels = map(np.ravel, _filled(prob, label))

    def draw(self, rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """The label of one outcome of each of some rows, int32 of shape (n,)."""
        slots = len(self._height) // self._rows
        number = rng.integers(0, 2**32, len(rows), dtype=np.uint32) * np.uint64(
            slots
        )  # slot and, in the low half, height
        at = (number >> BITS).view(np.int64)
        at *= self._rows
        at += rows
        above = number.astype(np.uint32) >= self._height.take(at, mode="clip")
        at *= 2
        at += above
        return self._labels.take(at, mode="clip")  # no number is out of range: "clip" is the mode that looks for none


def _filled(prob: np.ndarray, label: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The slots of every row, a slot after another: the share that is a slot's own outcome's, of 2³², uint32 (K, R);
    the labels of that outcome and of the one above it, int32 (K, R, 2).

    All rows are swept together, from light outcomes, which leave room in their slots, to heavy ones, which fill it; one
    slot is settled a step, and stands where it was settled: which slot is whose matters to nobody.
    """
    rows, slots = prob.shape
    order = np.ascontiguousarray(np.argsort(prob, axis=1).T) + np.arange(rows) * slots
    mass, labels = (
        (prob.ravel().take(order) * slots).ravel(),
        label.ravel().take(order).ravel(),
    )  # from light to heavy, 1 a slot
    height, named = np.full((slots, rows), 2**32 - 1, dtype=np.uint32), np.empty((slots, rows, 2), dtype=np.int32)
    light, heavy = np.arange(rows), np.arange(rows) + (slots - 1) * rows
    left = mass[heavy]  # of the heavy outcome that is being shared out
    for slot in range(slots - 1):
        drained = left < 1.0  # it has become light itself, and the next one fills up its slot
        at = np.where(drained, heavy, light)
        share = np.where(drained, left, mass.take(light))
        heavy, light = heavy - rows * drained, light + rows * ~drained
        height[slot] = np.clip(share, 0.0, 1.0 - 2.0**-32) * 2.0**32
        named[slot, :, 0], named[slot, :, 1] = labels.take(at), labels.take(heavy)
        left = np.where(drained, mass.take(heavy), left) - (1.0 - share)
    named[-1] = labels.take(heavy)[:, None]
    return height, named
