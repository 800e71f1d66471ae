"""Distinct draws from p(sequence | constraint, not known), exactly."""

from typing import NamedTuple

import numpy as np

from generator.constraints.dfa import Constraint
from generator.constraints.known import Known
from generator.models.model import Model
from generator.queries.bulk import MANY, fill
from generator.queries.distinct import DistinctSampler
from generator.queries.evidence import log_probs
from generator.queries.found import Found


class Draws(NamedTuple):
    """Distinct sequences in the order drawn; fewer than asked for if no more fit, or if none was found in time."""

    found: tuple[Found, ...]


def draw(
    model: Model,
    constraint: Constraint,
    n: int,
    rng: np.random.Generator,
    known: Known | None = None,
    weigh: bool = True,
) -> Draws:
    """n distinct sequences drawn one after another from p(sequence | constraint, not known, not drawn before).

    With `known`, sequences do not count if they differ from a known or an earlier one by case, accents, spaces and
    punctuation alone. There are fewer than asked for if thousands of draws in a row do not count, or if a function bars
    them all (see Known.barring). Without `weigh` their probabilities may be left out: of very many they take longer to
    work out than to draw.

    >>> import generator
    >>> model = generator.train("markov", ["mew", "mow"], np.random.default_rng(0))
    >>> pattern, known = generator.parse_pattern("m[eo]w"), generator.Known(["mew"])
    >>> constraint = generator.constrain(pattern, model.vocabulary)
    >>> ["".join(found.tokens) for found in draw(model, constraint, 9, np.random.default_rng(0), known).found]
    ['mow']
    """
    sampler = DistinctSampler(model, constraint, known)
    fill(sampler, n, rng, few=n < MANY)
    while len(sampler.found) < n and sampler.refill(n - len(sampler.found), rng):
        pass
    found = sampler.found[:n]
    return Draws(tuple(_weighed(model, found) if weigh else found))


def _weighed(model: Model, found: list[Found]) -> list[Found]:
    """The sequences, each with its probability."""
    unweighed = [i for i, one in enumerate(found) if one.log_prob is None]
    for i, log_prob in zip(unweighed, log_probs(model, [found[i].tokens for i in unweighed]).tolist(), strict=True):
        found[i] = found[i]._replace(log_prob=log_prob)
    return found
