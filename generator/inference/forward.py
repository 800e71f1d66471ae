"""Messages forward: where a model stands after every way of filling the places before a node, and how probably.

    α_next(h') = Σ_h α(h) Σ_w p(w | h) [h' follows h and w],      p(w here, and all fits) = Σ_h α(h) p(w | h) β(h, w).

They go over the very states that the messages backward (β) are kept for, so that the two meet at every place of a
pattern.
"""

from typing import NamedTuple, Protocol

import numpy as np

from generator.inference.backward_hmm import HmmMessages
from generator.inference.backward_markov import MarkovMessages
from generator.inference.product_hmm import ProductHmmForward, ProductHmmMessages
from generator.models.markov import EMPTY

FEW = 8  # tokens up to which the edges of each are looked up, and not looked for among all


class ForwardMessage(NamedTuple):
    """p(prefix fits, state) = exp(scale) mass for every state of the model: mass float64 (states,), scale in nats."""

    mass: np.ndarray
    scale: float

    def join(self, other: "ForwardMessage | None") -> "ForwardMessage":
        """Both together, of prefixes that have nothing in common."""
        if other is None or other.scale == -np.inf:
            return self
        if self.scale == -np.inf:
            return other
        top = max(self.scale, other.scale)
        return scaled(self.mass * np.exp(self.scale - top) + other.mass * np.exp(other.scale - top), top)


def scaled(mass: np.ndarray, scale: float) -> ForwardMessage:
    """A wave whose greatest entry is one; of scale -inf where there is no mass."""
    top = float(mass.max(initial=0.0))
    return ForwardMessage(mass / top, scale + float(np.log(top))) if top > 0.0 else ForwardMessage(mass, -np.inf)


class Forward(Protocol):
    """A model's messages forward under a constraint."""

    def begin(self, length: int) -> ForwardMessage:
        """Before the first of so many tokens."""

    def step(self, alpha: ForwardMessage, tokens: np.ndarray, child: int) -> tuple[np.ndarray, ForwardMessage]:
        """p(prefix fits, token, the rest fits at node `child`) of these tokens, nats, shape (V,); and the wave after
        them."""


def forward_of(messages: HmmMessages | MarkovMessages | ProductHmmMessages) -> Forward:
    """The messages forward that meet some messages backward."""
    if isinstance(messages, ProductHmmMessages):
        return ProductHmmForward(messages)
    return HmmForward(messages) if isinstance(messages, HmmMessages) else MarkovForward(messages)


class HmmForward:
    """A hidden Markov model's (see Forward); a wave is over the state that is next to emit."""

    def __init__(self, messages: HmmMessages):
        self.model, self.at = messages.model, messages.at

    def begin(self, length: int) -> ForwardMessage:
        return scaled(self.model.start, float(self.model.begin(np.array([length])).log_prob[0]))

    def step(self, alpha: ForwardMessage, tokens: np.ndarray, child: int) -> tuple[np.ndarray, ForwardMessage]:
        emit = self.model.emit[:, tokens]
        here = np.zeros(len(self.model.vocabulary))
        here[tokens] = (alpha.mass * self.at.vectors[child]) @ emit
        return _log(here, alpha.scale + self.at.scale[child]), scaled(
            (alpha.mass * emit.sum(axis=1)) @ self.model.move, alpha.scale
        )


class MarkovForward:
    """A chain's (see Forward), over stored edges alone; a wave is over contexts.

    What a context does not spend on its own edges it hands on to the shorter context, times λ. There it is spent on all
    edges but those that the longer context has too. Both sums run over the longer contexts in one order, so that where
    nothing is left the difference is zero and not dust.
    """

    def __init__(self, messages: MarkovMessages):
        self.model, self.at = messages.model, messages.at
        self._flow: tuple[np.ndarray | None, np.ndarray] = (
            None,
            np.empty(0),
        )  # of the last wave: steps from one come together

    def begin(self, length: int) -> ForwardMessage:
        frontier = self.model.begin(np.array([length]))
        mass = np.zeros(len(self.model.shorter))
        mass[frontier.state] = 1.0
        return ForwardMessage(mass, float(frontier.log_prob[0]))

    def step(self, alpha: ForwardMessage, tokens: np.ndarray, child: int) -> tuple[np.ndarray, ForwardMessage]:
        if self._flow[0] is not alpha.mass:
            self._flow = alpha.mass, self._spent(alpha.mass) * self.model.edge_prob
        edges = self._edges(tokens)
        spent = self._flow[1][edges]
        after = self.model.after[edges]
        here = np.bincount(self.model.token[edges], spent * self.at.vectors[child][after], minlength=self.model.end)
        ahead = np.bincount(after, spent, minlength=len(alpha.mass))
        return _log(here, alpha.scale + self.at.scale[child]), scaled(ahead, alpha.scale)

    def _edges(self, tokens: np.ndarray) -> np.ndarray:
        """The edges of some tokens."""
        if len(tokens) <= FEW:
            return np.concatenate([self.model.edges_of(int(token)) for token in tokens])
        allowed = np.zeros(self.model.end + 1, dtype=bool)
        allowed[tokens] = True
        return np.flatnonzero(allowed[self.model.token])

    def _spent(self, mass: np.ndarray) -> np.ndarray:
        """The mass, backed off from longer contexts or not, of the contexts for which an edge speaks; shape (E,)."""
        model, handed = self.model, mass.copy()
        for level in model.levels[:EMPTY:-1]:
            np.add.at(handed, model.shorter[level], model.backoff[level] * handed[level])
        longer = slice(int(model.offsets[EMPTY + 1]), None)
        spoken_for = np.bincount(
            model.shorter_edge[longer], (handed * model.backoff)[model.owner[longer]], minlength=len(model.token)
        )
        return np.maximum(handed[model.owner] - spoken_for, 0.0)


def _log(here: np.ndarray, scale: float) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return np.log(here) + scale
