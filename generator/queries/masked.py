"""Masked completion: letters of a test name are hidden by chance, the length stays known, and the model fills in.

The most probable completion is the guess of the whole name; the posterior of each hole is the guess of its letter.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from generator.constraints.determinize import constrain
from generator.constraints.dfa import Constraint, Unfillable
from generator.constraints.pattern import Part, Pattern
from generator.inference.messages import log
from generator.models.model import Model
from generator.queries.completions import complete
from generator.queries.evidence import evidence, log_probs
from generator.queries.posterior import posterior
from generator.vocabulary import Vocabulary


class Masked(NamedTuple):
    """How well a model fills in.

    whole: the share of names with a hidden letter whose first guess is right. letters: the share of hidden letters
    whose most probable token is right. nll: mean nats a hidden letter, by the joint posterior of all hidden letters of
    a name; nll_alone: the same by the posterior of each alone; None if the truth has probability zero anywhere. names:
    the number of names with a hidden letter. hidden: the number of hidden letters.
    """

    whole: float
    letters: float
    nll: float | None
    nll_alone: float | None
    names: int
    hidden: int


def evaluate_masked(model: Model, test: Sequence[Sequence[str]], share: float, rng: np.random.Generator) -> Masked:
    """Hide each letter with probability `share` and let the model fill in. Raises ValueError if no letter is hidden.

    >>> import generator
    >>> model = generator.train("markov", ["mew", "mew", "mow"], np.random.default_rng(0))
    >>> evaluate_masked(model, ["mew"], 0.9, np.random.default_rng(0)).names
    1
    """
    masks = [rng.random(len(name)) < share for name in test]
    cases = [(tuple(name), mask) for name, mask in zip(test, masks, strict=True) if mask.any()]
    if not cases:
        raise ValueError("no letter is hidden: more names or a greater share are needed")
    results = np.array([_fill_in(model, name, mask) for name, mask in cases])
    hidden = sum(int(mask.sum()) for _, mask in cases)
    whole, letters, nll, nll_alone = results.sum(axis=0).tolist()
    return Masked(
        whole / len(cases), letters / hidden, _finite(nll / hidden), _finite(nll_alone / hidden), len(cases), hidden
    )


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _fill_in(model: Model, name: Sequence[str], mask: np.ndarray) -> tuple[float, float, float, float]:
    """Of one name: 1 if the guess is right, the number of right letters, the joint nats, and the nats of each alone."""
    ids = model.vocabulary.encode(name)
    if ids.min() < 0:  # a letter that training never saw: the truth does not fit
        return 0.0, 0.0, np.inf, np.inf
    try:
        constraint = as_known(ids, mask, model.vocabulary)
        holes, together = posterior(model, constraint).holes, evidence(model, constraint) - log_probs(model, [name])[0]
    except Unfillable:  # no name that fits has a probability
        return 0.0, 0.0, np.inf, np.inf
    found = complete(model, constraint, 1).found
    right = sum(hole.probs.argmax() == ids[hole.part] for hole in holes)
    truth = log(np.array([hole.probs[ids[hole.part]] for hole in holes]))
    return float(bool(found) and found[0].tokens == tuple(name)), float(right), float(together), float(-truth.sum())


def as_known(ids: np.ndarray, mask: np.ndarray, vocabulary: Vocabulary) -> Constraint:
    """The constraint of a name with letters hidden: its length, each other letter exactly as it is.

    In a typed pattern letters may differ by case and accent. Raises Unfillable if no token fits a hole.
    """
    tokens = vocabulary.decode(ids.tolist())
    parts = tuple(
        Part("hole", "*") if hidden else Part("exact", token, frozenset([token]))
        for token, hidden in zip(tokens, mask.tolist(), strict=True)
    )
    return constrain(Pattern("", parts), vocabulary)
