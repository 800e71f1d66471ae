"""Forward messages of a hidden Markov model under a constraint (Rabiner 1989, eq. 19 and 20, with Σ_w over a part).

    α_next(s') = Σ_s move(s, s') α(s) Σ_w emit(s, w),      p(w here, all fits) = Σ_s α(s) emit(s, w) β_child(s).

symbol    shape    what
S                  hidden states
α(s)      (S,)     p(tokens so far fit, s emits the next token) / exp(scale)
β(s)      (S,)     backward message of a node (see `generator.inference.backward_hmm`)
"""

import numpy as np

from generator.inference.automaton_hmm import HmmAutomaton
from generator.inference.messages import ForwardMessage, log, scaled
from generator.inference.node_messages import NodeMessages


class HmmForward:
    """An HMM's forward messages (see Forward)."""

    def __init__(self, model: HmmAutomaton, at: NodeMessages):
        self.model, self.at = model, at

    def begin(self, length: int) -> ForwardMessage:
        return scaled(self.model.start, float(self.model.begin(np.array([length])).log_prob[0]))

    def step(self, alpha: ForwardMessage, tokens: np.ndarray, child: int) -> tuple[np.ndarray, ForwardMessage]:
        emit = self.model.emit[:, tokens]
        here = np.zeros(len(self.model.vocabulary))
        here[tokens] = (alpha.mass * self.at.vectors[child]) @ emit
        return log(here) + (alpha.scale + self.at.scale[child]), scaled(
            (alpha.mass * emit.sum(axis=1)) @ self.model.move, alpha.scale
        )
