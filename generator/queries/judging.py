"""The measure that ranks names: log p a token, under the part of a model that ranks as well as the whole, and quickly.

The first part of a mixture is its chain without a position. On rated names its likelihood follows the ratings as
closely as the mixture's own (docs/choosing.md), and its table gives five hundred names in a fraction of a millisecond.
"""

import numpy as np

from generator.constraints.acceptor import PAST
from generator.models.model import Component, Model
from generator.queries.evidence import log_probs
from generator.queries.quantiles import ascending


def judge(model: Model) -> Component:
    """The part of a model that ranks names: the first of a mixture, else the model itself.

    >>> import generator
    >>> judge(generator.train("mix", ["mew", "muk"], np.random.default_rng(0))).kind
    'markov'
    """
    return model.parts[0]


def token_nats(model: Model, ids: np.ndarray) -> np.ndarray:
    """log p a token in nats under the `judge` of a model, the end counted as one, float64 (n,); token ids (n, T), PAST
    after the last of each.

    >>> import generator
    >>> model = generator.train("markov", ["mew", "muk"], np.random.default_rng(0), order=2)
    >>> ids = np.array([model.vocabulary.encode("mew")])
    >>> bool(np.isclose(token_nats(model, ids)[0], generator.log_prob(model, "mew") / 4))
    True
    """
    part = judge(model)
    total = part.log_probs_by_table(ids)
    if total is None:
        total = log_probs(part, [part.vocabulary.decode(row[row != PAST].tolist()) for row in ids])
    return total / ((ids != PAST).sum(axis=1) + 1)


def held_out_nats(model: Model) -> list[float]:
    """Quantiles of `token_nats` of names that were held out of training, from the model's provenance; none if it has
    none that are valid.

    >>> import generator
    >>> len(held_out_nats(generator.train("markov", ["mew", "muk"], np.random.default_rng(0))))
    21
    """
    said = (model.provenance.get(key) for key in ("held_out_judge", "held_out"))
    return next((quantiles for quantiles in said if ascending(quantiles)), [])
