"""What one can ask of a model but names: probabilities."""

from collections.abc import Sequence

import numpy as np

from generator.constraints.dfa import Constraint
from generator.constraints.known import Known
from generator.inference.automaton import messages_of
from generator.inference.messages import log_sum
from generator.inference.product import product
from generator.models.model import Model
from generator.queries.novel import Novel

TOGETHER = 4096  # sequences walked at once: enough to be quick, few enough for the rows of a large vocabulary


def length_log_probs(model: Model, constraint: Constraint) -> dict[int, float]:
    """log p(the constraint is met with this many tokens), in nats, for each length that can be; its acceptor left
    aside."""
    if not constraint.starts:
        return {}
    lengths, nodes = np.array(list(constraint.starts.items())).T
    mass = messages_of(model, constraint).step(model.begin(lengths), nodes).log()
    return dict(zip(lengths.tolist(), log_sum(mass).tolist(), strict=True))


def evidence(model: Model, constraint: Constraint, known: Known | None = None) -> float:
    """log p(constraint) in nats: how probable it is that the model makes a sequence that fits; -inf where none does.

    What the constraint's acceptor forbids does not fit, and with `known` neither does any of the known sequences as it
    stands there.

    >>> import generator
    >>> model = generator.train("markov", ["mew"] + ["mow"] * 5, np.random.default_rng(0), order=2)
    >>> constraint = generator.constrain(generator.parse_pattern("m*w"), model.vocabulary)
    >>> every, new = evidence(model, constraint), evidence(model, constraint, generator.Known(["mow"]))
    >>> bool(np.isclose(np.exp(every) - np.exp(new), np.exp(log_prob(model, "mow"))))
    True
    """
    model = product(model, constraint)
    if known is None:
        return float(np.logaddexp.reduce([-np.inf, *length_log_probs(model, constraint).values()]))
    excluded = {length: ids for length, (_, ids) in known.fitting_ids(constraint, model.vocabulary).items()}
    return Novel(model, messages_of(model, constraint), constraint, excluded).log_prob


def log_prob(model: Model, tokens: Sequence[str]) -> float:
    """log p(sequence) in nats, its end included; -inf where the model cannot make it.

    A token that training never saw counts as the one unknown symbol, which is never generated; its mass is what the
    rows of the model leave.

    >>> import generator
    >>> round(float(np.exp(log_prob(generator.train("chain", ["mew", "mow", "mow"], None, order=1), "mow"))), 3)
    0.667
    """
    return float(log_probs(model, [tokens])[0])


def log_probs(model: Model, sequences: Sequence[Sequence[str]]) -> np.ndarray:
    """log p of each sequence in nats, its end included, float64 of shape (n,); -inf where the model cannot make one.

    >>> import generator
    >>> log_probs(generator.train("chain", ["mew"], None, order=1), ["mew", "mow"]).tolist()
    [0.0, -inf]
    """
    coded = [model.vocabulary.encode(tokens) for tokens in sequences]
    result, groups = np.full(len(coded), -np.inf), {}
    for i, ids in enumerate(coded):
        if len(ids):  # those with unknown tokens go by themselves, the others with all of their length
            groups.setdefault((len(ids), -1 if ids.min() >= 0 else i), []).append(i)
    for some in groups.values():
        for first in range(0, len(some), TOGETHER):
            result[some[first : first + TOGETHER]] = _walk(
                model, np.array([coded[i] for i in some[first : first + TOGETHER]])
            )
    return result


def _walk(model: Model, ids: np.ndarray) -> np.ndarray:
    """log p of sequences of one length, token ids of shape (n, T); an unknown one, -1, only where n is 1."""
    frontier, rows = model.begin(np.full(len(ids), ids.shape[1])), np.arange(len(ids))
    for tokens in ids.T:
        unknown = tokens[0] < 0
        frontier = model.advance_unknown(frontier) if unknown else model.advance(frontier, rows, tokens)
    return model.finish(frontier)
