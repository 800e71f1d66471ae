"""How well a model predicts names that it was not trained on: nats a token.

Names are token sequences. A token that training never saw counts as the one unknown token (see `log_prob`), so a rare
letter costs no more than the mass that the model keeps for it. Only a model that keeps none gives probability zero.
"""

import random
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from generator.models.model import Model
from generator.queries.evidence import log_probs

FOLD_SEED = 42


class Scores(NamedTuple):
    """The scores of a model on the names of a test.

    nll: mean nats a token, the end of a name counted as one; None if any name has probability zero. nll_possible: the
    same over the other names. novel_nll: nll over the names that are not in the training data; None if there are none.
    tokens: the number of tokens, ends included. zero_probability: the share of names with probability zero. names,
    novel: their numbers.
    """

    nll: float | None
    nll_possible: float | None
    novel_nll: float | None
    tokens: int
    zero_probability: float
    names: int
    novel: int


def evaluate(model: Model, test: Sequence[Sequence[str]], trained_on: Collection[Sequence[str]]) -> Scores:
    """Judge a model by names, duplicates kept, each with at least one token. Raises ValueError for no names.

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
    """Mean nats a token; None if there are no names, or if one is impossible."""
    return float(-log_p.sum() / tokens.sum()) if len(log_p) and np.isfinite(log_p).all() else None


def folds(names: Sequence, count: int) -> list[tuple[list, list]]:
    """Pairs (train, test): names shuffled with seed 42, name i tested in fold i mod count. Raises ValueError if there
    are too few names.

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
    """The mean over folds, and the standard deviation of a sample; None if any value is None."""
    numbers = [value for value in values if value is not None]
    if len(numbers) < len(values):
        return None, None
    return float(np.mean(numbers)), float(np.std(numbers, ddof=1))
