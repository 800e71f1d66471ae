"""What one can ask of a model but names: probabilities."""

from collections.abc import Sequence

import numpy as np

from .constraint import Constraint
from .messages import log_sum
from .models import Model, messages_of


def length_log_probs(model: Model, constraint: Constraint) -> dict[int, float]:
    """log p(the constraint is met with this many tokens), in nats, for each length that can be."""
    messages, begin = messages_of(model, constraint), model.begin()
    return {length: float(log_sum(messages.step(begin, np.array([node])))[0]) for length, node in constraint.starts.items()}


def evidence(model: Model, constraint: Constraint) -> float:
    """log p(constraint) in nats: how probable it is that the model makes a sequence that fits; -inf where none does."""
    return float(np.logaddexp.reduce([-np.inf, *length_log_probs(model, constraint).values()]))


def log_prob(model: Model, tokens: Sequence[str]) -> float:
    """log p(sequence) in nats, its end included; -inf where the model cannot make it."""
    ids = model.vocabulary.encode(tokens)
    if not len(ids) or ids.min() < 0:
        return -np.inf
    frontier = model.begin()
    for token in ids:
        frontier = model.advance(frontier, np.array([0]), token[None])
    return float(model.finish(frontier)[0])
