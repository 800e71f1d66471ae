"""Tables that pack well: a tuned probability is not known to sixteen digits, and digits without meaning do not
compress."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from generator.models.model import Model

DIGITS = 13  # bits


def compact(model: "Model") -> "Model":
    """The model with every probability of an HMM in single precision, and those of a back-off chain to four digits.

    The rows of an HMM keep their sums to the last digit: the greatest entry of each makes up for the others. What a
    chain loses is handed down to shorter contexts, so its rows sum to one all the same. A chain of plain counts stays
    as it is.

    >>> from generator.models.hmm import Hmm
    >>> from generator.vocabulary import Vocabulary
    >>> hmm = Hmm(Vocabulary("ab"), np.array([1.0]), np.array([[2 / 3, 1 / 3]]), np.array([[0.7, 0.2]]))
    >>> bool(np.float32(compact(hmm).leave[0, 1]) == compact(hmm).leave[0, 1]), float(compact(hmm).leave.sum())
    (True, 1.0)
    """
    return model.compacted()


def few_digits(probs: np.ndarray) -> np.ndarray:
    """Probabilities rounded down to DIGITS bits each, float64 of the same shape.

    >>> few_digits(np.array([1 / 3])).round(6).tolist()
    [0.333313]
    """
    mantissa, exponent = np.frexp(probs)
    return np.ldexp(np.floor(np.ldexp(mantissa, DIGITS)), exponent - DIGITS)


def single_precision(table: np.ndarray) -> np.ndarray:
    """Rows of probabilities, last axis, in single precision; the greatest entry keeps the sum of its row; float64.

    >>> single_precision(np.array([0.7, 0.2])).sum().round(12)
    np.float64(0.9)
    """
    rounded = table.astype(np.float32).astype(np.float64)
    rest, greatest = (table - rounded).sum(axis=-1, keepdims=True), rounded.argmax(axis=-1)[..., None]
    np.put_along_axis(rounded, greatest, np.take_along_axis(rounded, greatest, axis=-1) + rest, axis=-1)
    return rounded
