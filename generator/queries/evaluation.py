"""How well a model foretells names it was not trained on: nats a token, and how often its first guess fills in what is
hidden.

Names are token sequences. A token that training never saw counts as the one unknown symbol (see `log_prob`), so that a
rare letter costs what the model keeps for the unknown and not everything; only a model that keeps nothing gives
probability zero.
"""

import random
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from generator.models.model import Model
from generator.queries.evidence import log_probs

FOLD_SEED = 42


class Scores(NamedTuple):
    """What a model makes of the names of a test.

    nll: mean nats a token, the end of a name counted as one; None where any name has probability zero. nll_possible:
    the same over the names that have not. novel_nll: nll over the names that are not in the training data; None where
    there are none. tokens: how many were judged, ends included. zero_probability: the share of names that have it.
    names, novel: how many.
    """

    nll: float | None
    nll_possible: float | None
    novel_nll: float | None
    tokens: int
    zero_probability: float
    names: int
    novel: int


def evaluate(model: Model, test: Sequence[Sequence[str]], trained_on: Collection[Sequence[str]]) -> Scores:
    """Judge a model by names, duplicates kept, each with at least one token; raises ValueError where there are none.

    >>> from generator import train
    >>> model = train("markov", [("m", "e", "w"), ("m", "u", "k")], np.random.default_rng(7))
    >>> evaluate(model, [("m", "e", "w"), ("m", "e")], [("m", "e", "w")]).tokens
    7
    """
    if not test or not all(len(name) for name in test):
        raise ValueError("a test needs at least one name, and every name at least one token")
    log_p, tokens = log_probs(model, test), np.array([len(name) + 1 for name in test])
    trained_on = {tuple(name) for name in trained_on}
    novel, possible = np.array([tuple(name) not in trained_on for name in test]), log_p > -np.inf
    return Scores(
        _nll(log_p, tokens),
        _nll(log_p[possible], tokens[possible]),
        _nll(log_p[novel], tokens[novel]),
        int(tokens.sum()),
        float(1.0 - possible.mean()),
        len(test),
        int(novel.sum()),
    )


def _nll(log_p: np.ndarray, tokens: np.ndarray) -> float | None:
    """Mean nats a token; None where there is none or not all is possible."""
    return float(-log_p.sum() / tokens.sum()) if len(log_p) and np.isfinite(log_p).all() else None


def folds(names: Sequence, count: int) -> list[tuple[list, list]]:
    """Pairs (train, test): names shuffled with seed 42, name i tested in fold i mod count. Raises ValueError for too
    few names.

    >>> [test for _, test in folds("abcdef", 3)]
    [['d', 'e'], ['b', 'a'], ['c', 'f']]
    """
    if not 2 <= count <= len(names):
        raise ValueError(f"{len(names)} names make from 2 to {len(names)} folds, not {count}")
    shuffled = list(names)
    random.Random(FOLD_SEED).shuffle(shuffled)
    return [
        ([name for i, name in enumerate(shuffled) if i % count != fold], shuffled[fold::count]) for fold in range(count)
    ]


def mean_and_sd(values: Sequence[float | None]) -> tuple[float | None, float | None]:
    """Over folds: the mean, and the standard deviation of a sample; None where any value is."""
    if any(value is None for value in values):
        return None, None
    return float(np.mean(values)), float(np.std(values, ddof=1))
