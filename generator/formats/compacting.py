"""Tables that pack well: a tuned probability is not known to sixteen digits, and digits that mean nothing do not
compress."""

from dataclasses import replace

import numpy as np

from generator.models.hmm import Hmm
from generator.models.markov import Markov
from generator.models.mixture import Mixture
from generator.training.train import Model

DIGITS = 13  # bits


def compact(model: Model) -> Model:
    """The model with every probability of an HMM in single precision, and those of a back-off chain to four digits.

    The rows of an HMM keep their sums to the last digit: the greatest entry of each makes up for the others. What a
    chain loses is handed down to shorter contexts, so its rows sum to one all the same; a chain of plain counts stays
    as it is.

    >>> from generator.vocabulary import Vocabulary
    >>> hmm = Hmm(Vocabulary("ab"), np.array([1.0]), np.array([[2 / 3, 1 / 3]]), np.array([[0.7, 0.2]]))
    >>> bool(np.float32(compact(hmm).leave[0, 1]) == compact(hmm).leave[0, 1]), float(compact(hmm).leave.sum())
    (True, 1.0)
    """
    if isinstance(model, Mixture):
        return replace(model, parts=tuple(map(compact, model.parts)))
    if type(model) is Markov:
        mantissa, exponent = np.frexp(model.q)
        return replace(model, q=np.ldexp(np.floor(np.ldexp(mantissa, DIGITS)), exponent - DIGITS), cache={})
    if not isinstance(model, Hmm):
        return model
    return replace(model, start=_rounded(model.start), leave=_rounded(model.leave), emit=_rounded(model.emit), cache={})


def _rounded(table: np.ndarray) -> np.ndarray:
    rounded = table.astype(np.float32).astype(np.float64)
    rest, greatest = (table - rounded).sum(axis=-1, keepdims=True), rounded.argmax(axis=-1)[..., None]
    np.put_along_axis(rounded, greatest, np.take_along_axis(rounded, greatest, axis=-1) + rest, axis=-1)
    return rounded
