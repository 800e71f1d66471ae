"""Masked completion: each letter of a test name is hidden by chance, the length stays known, and the model fills in.

The whole name is guessed by the most probable completion, each letter by its posterior.
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

    whole: the share of names, among those with a hidden letter, whose first guess is right. letters: the share of
    hidden letters whose most probable token is right. nll: mean nats a hidden letter, by the posterior of all that are
    hidden in a name together; nll_alone: the same by the posterior of each alone. None where the truth has probability
    zero anywhere. names: how many had a hidden letter. hidden: how many letters.
    """

    whole: float
    letters: float
    nll: float | None
    nll_alone: float | None
    names: int
    hidden: int


def evaluate_masked(model: Model, test: Sequence[Sequence[str]], share: float, rng: np.random.Generator) -> Masked:
    """Hide each letter with probability `share` and have the model fill in; raises ValueError where nothing is hidden.

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
    """Of one name: whether it is guessed, how many letters are, nats of all of them together, and of each alone."""
    ids = model.vocabulary.encode(name)
    if ids.min() < 0:  # a letter that training never saw: nothing right fits
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

    (A pattern that is typed lets letters differ by case and accent.) Raises Unfillable where nothing may stand there.
    """
    tokens = vocabulary.decode(ids.tolist())
    parts = tuple(
        Part("hole", "*") if hidden else Part("exact", token, frozenset([token]))
        for token, hidden in zip(tokens, mask.tolist(), strict=True)
    )
    return constrain(Pattern("", parts), vocabulary)
