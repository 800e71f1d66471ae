"""Forward messages of the product of a hidden Markov model and an acceptor.

    α_next,next(a, w)(s') = Σ_s move(s, s') α_a(s) emit(s, w),
    p(w here, all fits)   = Σ_a,s α_a(s) emit(s, w) β_child,next(a, w)(s).

symbol    shape    what
S                  hidden states
A                  states of the acceptor that can be reached
α         (A, S)   p(tokens so far fit, a, s emits the next token) / exp(scale)
β                  for each node and residual (see `generator.inference.product_hmm`)
"""

from collections.abc import Sequence

import numpy as np

from generator.constraints.acceptor import Acceptor
from generator.constraints.dfa import Tangled
from generator.inference.automaton_hmm import HmmAutomaton
from generator.inference.messages import ForwardMessage, log, scaled
from generator.inference.residuals import Residuals

MOST_NUMBERS = 20_000_000  # of one message: 160 MB


class ProductHmmForward:
    """The forward messages of a product (see Forward). Raises Tangled if the acceptor has too many states."""

    def __init__(
        self,
        model: HmmAutomaton,
        acceptor: Acceptor,
        residuals: Residuals,
        vectors: Sequence[np.ndarray],
        scale: np.ndarray,
    ):
        self.model, self.acceptor, self.residuals, self.vectors, self.scale = model, acceptor, residuals, vectors, scale
        self.reached = residuals.reached
        if len(self.reached.states) * model.states > MOST_NUMBERS:
            raise Tangled("the acceptor has too many states for a hidden Markov model")

    def begin(self, length: int) -> ForwardMessage:
        mass = np.zeros((len(self.reached.states), self.model.states))
        mass[np.searchsorted(self.reached.states, self.acceptor.initial_state)] = self.model.start
        return scaled(mass, float(self.model.begin(np.array([length])).log_prob[0]))

    def step(self, alpha: ForwardMessage, tokens: np.ndarray, child: int) -> tuple[np.ndarray, ForwardMessage]:
        emitted, token, target = self._emitted(alpha.mass, tokens)
        behind = self.vectors[child]
        classes = self.residuals.classes[child, target] * (len(behind) > 1)
        here = np.bincount(token, (emitted * behind[classes]).sum(axis=1), minlength=len(self.model.vocabulary))
        ahead, alive = np.zeros_like(alpha.mass), target >= 0
        np.add.at(ahead, target[alive], emitted[alive])
        return log(here) + (alpha.scale + self.scale[child]), scaled(ahead @ self.model.move, alpha.scale)

    def _emitted(self, mass: np.ndarray, tokens: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """p(tokens so far fit, s, token), the token, and the state of the acceptor after it, as its place.

        Each explicit transition has a row of its own. All states that a token takes where it takes the root share one.
        """
        places = np.flatnonzero(mass.any(axis=1))
        mass = mass[places]
        at, edges = self.reached.edges_of(places)
        asked = np.isin(self.reached.token[edges], tokens)
        at, edges = at[asked], edges[asked]
        as_root = np.ones((len(places), len(self.model.vocabulary)))
        as_root[at, self.reached.token[edges]] = 0.0
        token = np.concatenate([tokens, self.reached.token[edges]])
        together = np.concatenate([as_root.T[tokens] @ mass, mass[at]])
        target = np.concatenate([self.reached.row[tokens], self.reached.target[edges]])
        return together * self.model.emit_of[token], token, target
