"""Evidence: the probability of a constraint under a model, and of given sequences."""

from collections.abc import Sequence

import numpy as np

from generator.constraints.dfa import Constraint
from generator.constraints.known import Known
from generator.inference.automaton import Automaton, messages_of
from generator.inference.messages import log_sum
from generator.inference.product import product
from generator.models.model import Model
from generator.queries.novel import Novel

TOGETHER = 4096  # sequences walked at once: few enough for the rows of a large vocabulary


def length_log_probs(model: Automaton, constraint: Constraint) -> dict[int, float]:
    """log p(the constraint, without its acceptor, is met with T tokens) in nats for each length T that it allows."""
    if not constraint.starts:
        return {}
    lengths, nodes = np.array(list(constraint.starts.items())).T
    mass = messages_of(model, constraint).step(model.begin(lengths), nodes).log()
    return dict(zip(lengths.tolist(), log_sum(mass).tolist(), strict=True))


def evidence(model: Model, constraint: Constraint, known: Known | None = None) -> float:
    """log p(constraint) in nats: the probability that the model makes a sequence that fits; -inf if it makes none.

    A sequence that the acceptor of the constraint forbids does not fit. With `known`, the known sequences do not fit.

    >>> import generator
    >>> model = generator.train("markov", ["mew"] + ["mow"] * 5, np.random.default_rng(0), order=2)
    >>> constraint = generator.constrain(generator.parse_pattern("m*w"), model.vocabulary)
    >>> every, new = evidence(model, constraint), evidence(model, constraint, generator.Known(["mow"]))
    >>> bool(np.isclose(np.exp(every) - np.exp(new), np.exp(log_prob(model, "mow"))))
    True
    """
    under = product(model, constraint)
    if known is None:
        return float(np.logaddexp.reduce([-np.inf, *length_log_probs(under, constraint).values()]))
    excluded = {length: ids for length, (_, ids) in known.fitting_ids(constraint, model.vocabulary).items()}
    return Novel(under, messages_of(under, constraint), constraint, excluded).log_prob


def log_prob(model: Model, tokens: Sequence[str]) -> float:
    """log p(sequence) in nats, its end included; -inf if the model cannot make it.

    A token that training never saw counts as the one unknown token, which is never generated. Its mass is what the rows
    of the model lack to 1.

    >>> import generator
    >>> round(float(np.exp(log_prob(generator.train("chain", ["mew", "mow", "mow"], None, order=1), "mow"))), 3)
    0.667
    """
    return float(log_probs(model, [tokens])[0])


def log_probs(model: Model, sequences: Sequence[Sequence[str]]) -> np.ndarray:
    """log p of each sequence in nats, its end included, float64 of shape (n,); -inf for one that it cannot make.

    >>> import generator
    >>> log_probs(generator.train("chain", ["mew"], None, order=1), ["mew", "mow"]).tolist()
    [0.0, -inf]
    """
    coded = [model.vocabulary.encode(tokens) for tokens in sequences]
    result = np.full(len(coded), -np.inf)
    groups: dict[tuple[int, int], list[int]] = {}
    for i, ids in enumerate(coded):
        if len(ids):  # one with unknown tokens goes alone, the others with all of their length
            groups.setdefault((len(ids), -1 if ids.min() >= 0 else i), []).append(i)
    for some in groups.values():
        for first in range(0, len(some), TOGETHER):
            result[some[first : first + TOGETHER]] = _walk(
                model, np.array([coded[i] for i in some[first : first + TOGETHER]])
            )
    return result


def _walk(model: Model, ids: np.ndarray) -> np.ndarray:
    """log p of sequences of one length, token ids of shape (n, T); -1 for an unknown one, only if n is 1."""
    frontier, rows = model.begin(np.full(len(ids), ids.shape[1])), np.arange(len(ids))
    for tokens in ids.T:
        unknown = tokens[0] < 0
        frontier = model.advance_unknown(frontier) if unknown else model.advance(frontier, rows, tokens)
    return model.finish(frontier)
