"""What every model offers the engine: an automaton to walk forward, and messages backward over its product with a constraint.

The messages of one model under one constraint are built from the end of the constraint to its start; a query then walks forward
over prefixes, many at once, and at each prefix is told the mass of every next token: how probable it is that the prefix goes on
so *and* the rest fits. Drawing and completing know nothing else about a model.
"""

from typing import Any, NamedTuple, Protocol

import numpy as np


class Frontier(NamedTuple):
    """A batch of n prefixes of one length.

    state: what the model remembers of each prefix; its first axis has length n.
    log_prob: log p(prefix) in nats, float64, shape (n,).
    """

    state: Any
    log_prob: np.ndarray


class Automaton(Protocol):
    """A model as the engine sees it; it knows nothing of patterns."""

    def begin(self, length: int) -> Frontier:
        """The frontier of the empty prefix of a sequence of so many tokens, n = 1."""

    def advance(self, frontier: Frontier, rows: np.ndarray, tokens: np.ndarray) -> Frontier:
        """The prefixes in `rows`, each with one more token."""

    def finish(self, frontier: Frontier) -> np.ndarray:
        """log p(prefix and then the end) in nats, shape (n,)."""


class Messages(Protocol):
    """A model's backward messages under a constraint: sums, or with `best` upper bounds of the best completion."""

    def step(self, frontier: Frontier, nodes: np.ndarray) -> np.ndarray:
        """log p(prefix, token, and the rest fits) in nats at constraint nodes of shape (n,); shape (n, V).

        Exact where no token is to come after this one. With `best`: a bound on log p of the best sequence that goes on so.
        """


def log(values: np.ndarray) -> np.ndarray:
    """log in nats, with -inf for a zero and no warning."""
    with np.errstate(divide="ignore"):
        return np.log(values)


def log_sum(values: np.ndarray, axis: int = -1) -> np.ndarray:
    """log of the sum of exponentials along an axis, -inf where all are -inf."""
    top = values.max(axis=axis, keepdims=True)
    top[top == -np.inf] = 0.0
    return log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)


def normalised(message: np.ndarray) -> tuple[np.ndarray, float]:
    """A message divided by its greatest entry, and the log of that in nats; a message of zeros stays, with -inf."""
    top = float(message.max(initial=0.0))
    return (message / top, float(np.log(top))) if top > 0 else (message, -np.inf)
