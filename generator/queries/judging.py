"""What names are ranked by: log p a token under the part of a model that ranks as well as the whole, and quickly.

A mixture's first part is its chain without a clock; on rated names its likelihood follows the ratings as closely as the
mixture's own (docs/choosing.md), and five hundred names are walked through its table in a fraction of a millisecond.
"""

import numpy as np

from generator.constraints.acceptor import PAST
from generator.inference.messages import log
from generator.models.markov import LONGEST_POSITION, Markov
from generator.models.mixture import Mixture
from generator.queries.evidence import log_probs
from generator.queries.quantiles import ascending
from generator.training.train import Model


def judge(model: Model) -> Model:
    """The part of a model that names are ranked by: of a mixture the first, else the model itself.

    >>> import generator
    >>> judge(generator.train("mix", ["mew", "muk"], np.random.default_rng(0))).kind
    'markov'
    """
    return model.parts[0] if isinstance(model, Mixture) else model


def token_nats(model: Model, ids: np.ndarray) -> np.ndarray:
    """log p a token in nats under the `judge` of a model, the end counted as one, float64 (n,); token ids (n, T), PAST
    after the last of each.

    >>> import generator
    >>> model = generator.train("markov", ["mew", "muk"], np.random.default_rng(0), order=2)
    >>> ids = np.array([model.vocabulary.encode("mew")])
    >>> bool(np.isclose(token_nats(model, ids)[0], generator.log_prob(model, "mew") / 4))
    True
    """
    part, lengths = judge(model), (ids != PAST).sum(axis=1)
    plain = isinstance(part, Markov) and not part.position and part.table is not None
    total = (
        _walked(part, ids, lengths)
        if plain
        else log_probs(part, [part.vocabulary.decode(row[row != PAST].tolist()) for row in ids])
    )
    return total / (lengths + 1)


def _walked(part: Markov, ids: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """log p of sequences under a chain whose rows are laid out, all walked together."""
    prob, after = map(np.ravel, part.table)
    at = np.full(len(ids), part.begins[0], dtype=np.int64)
    total = part.lengths[np.minimum(lengths, LONGEST_POSITION + 1)] if part.lengths.size else np.zeros(len(ids))
    for place in ids.T:
        on = place != PAST
        edge = at * part.end + np.where(on, place, 0)
        total = total + np.where(on, log(prob.take(edge)), 0.0)
        at = np.where(on, after.take(edge), at)
    return total + log(part.end_prob[at])


def held_out_nats(model: Model) -> list[float]:
    """Quantiles of `token_nats` of names that were held out of training, as the model's provenance has them; none where
    it has none that can be.

    >>> import generator
    >>> len(held_out_nats(generator.train("markov", ["mew", "muk"], np.random.default_rng(0))))
    21
    """
    said = (model.provenance.get(key) for key in ("held_out_judge", "held_out"))
    return next((quantiles for quantiles in said if ascending(quantiles)), [])
