"""Forward messages of a back-off chain under a constraint, over stored edges alone.

    α_next(h') = Σ_h α(h) Σ_w p(w | h) [h' follows h and w],      p(w here, all fits) = Σ_h α(h) p(w | h) β_child(h').

A context hands what it does not spend on its own edges to the shorter context, times λ. There it is spent on all edges
but those that the longer context has too. Both sums run over the longer contexts in one order, so that a difference of
nothing is zero and no rounding error.

symbol    shape    what
C                  contexts
E                  edges
α(h)      (C,)     p(tokens so far fit, context h) / exp(scale)
β(h)      (C,)     backward message of a node (see `generator.inference.backward_markov`)
spent     (E,)     α of all contexts that use an edge, their λ multiplied in
"""

import numpy as np

from generator.inference.automaton_markov import EMPTY, MarkovAutomaton
from generator.inference.messages import ForwardMessage, log, scaled
from generator.inference.node_messages import NodeMessages

FEW = 8  # tokens up to which the edges of each are looked up; more are masked among all edges


class MarkovForward:
    """A chain's forward messages (see Forward)."""

    def __init__(self, model: MarkovAutomaton, at: NodeMessages):
        self.model, self.at = model, at
        # The flow of the last message: steps from one message follow one another.
        self._flow: tuple[np.ndarray | None, np.ndarray] = None, np.empty(0)

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
        return log(here) + (alpha.scale + self.at.scale[child]), scaled(ahead, alpha.scale)

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
