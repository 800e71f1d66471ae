"""Quantiles of the likelihood of real sequences, few enough for a model's file."""

import math
from collections.abc import Sequence
from typing import TypeGuard

import numpy as np

STEPS = 20


def token_quantiles(log_probs: np.ndarray, sequences: Sequence[Sequence[str]]) -> list[float]:
    """Quantiles of log p a token in nats, the end counted as one, from the least to the greatest in STEPS equal steps.

    Sequences of log p -inf are left out. The list is empty if there are no others.

    >>> token_quantiles(np.array([-4.0, -1.0, -np.inf]), ["mew", "m", "w"])[::10]
    [-1.0, -0.75, -0.5]
    """
    nats = log_probs / np.array([len(sequence) + 1 for sequence in sequences])
    nats = nats[np.isfinite(nats)]
    return np.quantile(nats, np.linspace(0.0, 1.0, STEPS + 1)).round(4).tolist() if nats.size else []


def ascending(said: object) -> TypeGuard[list[float]]:
    """Whether the value from a file is a list of ascending numbers: anybody may have written the file."""
    return (
        isinstance(said, list)
        and len(said) > 1
        and all(type(n) is float and math.isfinite(n) for n in said)
        and said == sorted(said)
    )
