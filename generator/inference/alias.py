"""Many distributions at once to draw from in constant time each: the alias method (Walker 1977), built in one sweep
(Vose 1991).

A distribution over K outcomes fills K slots of equal size, each with at most two outcomes: one up to a threshold, and
another above it. A draw takes one random number, one threshold and one label. The number has 32 bits, so each outcome
has its probability to 2⁻³².

symbol    shape      what
R                    distributions (rows)
K                    outcomes, and slots, of each
prob      (R, K)     float64, rows of sum 1
label     (R, K)     int32, the name of each outcome
height    (K, R)     uint32, the threshold of each slot, in units of 2⁻³²
labels    (K, R, 2)  int32, the outcome up to the threshold and the one above it
"""

import numpy as np

BITS = np.uint64(32)


class Alias:
    """R distributions over K outcomes; an outcome is drawn as its label.

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
        # The slot in the high half, the height in the low half.
        number = rng.integers(0, 2**32, len(rows), dtype=np.uint32) * np.uint64(slots)
        at = (number >> BITS).view(np.int64)
        at *= self._rows
        at += rows
        above = number.astype(np.uint32) >= self._height.take(at, mode="clip")
        at *= 2
        at += above
        return self._labels.take(at, mode="clip")  # no index is out of range: "clip" is the mode without a check


def _filled(prob: np.ndarray, label: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The heights and labels of all slots (see above).

    All rows are swept together, from light outcomes, which leave room in their slots, to heavy ones, which fill it. A
    step settles one slot of every row.
    """
    rows, slots = prob.shape
    order = np.ascontiguousarray(np.argsort(prob, axis=1).T) + np.arange(rows) * slots
    # From light to heavy; a slot holds a mass of 1.
    mass, labels = (prob.ravel().take(order) * slots).ravel(), label.ravel().take(order).ravel()
    height, named = np.full((slots, rows), 2**32 - 1, dtype=np.uint32), np.empty((slots, rows, 2), dtype=np.int32)
    light, heavy = np.arange(rows), np.arange(rows) + (slots - 1) * rows
    left = mass[heavy]  # of the heavy outcome that is shared out
    for slot in range(slots - 1):
        drained = left < 1.0  # it has become light itself, and the next heavy one fills its slot
        at = np.where(drained, heavy, light)
        share = np.where(drained, left, mass.take(light))
        heavy, light = heavy - rows * drained, light + rows * ~drained
        height[slot] = np.clip(share, 0.0, 1.0 - 2.0**-32) * 2.0**32
        named[slot, :, 0], named[slot, :, 1] = labels.take(at), labels.take(heavy)
        left = np.where(drained, mass.take(heavy), left) - (1.0 - share)
    named[-1] = labels.take(heavy)[:, None]
    return height, named
