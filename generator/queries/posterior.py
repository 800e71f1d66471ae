"""The posterior of a pattern: p(token | pattern) for each of its holes, and p(length | pattern) for each `...`.

At a hole the forward and backward messages meet. Their product over the states of the model is p(token here, all fits);
divided by the evidence it is the posterior (Rabiner 1989, eq. 27). Each part of a mixture has its own messages, so the
parts mix with p(part | pattern).
"""

from typing import NamedTuple

import numpy as np

from generator.constraints.alignments import Alignments, State, Transition, alignments_of, ended
from generator.constraints.dfa import Constraint, Unfillable
from generator.constraints.pattern import LONGEST
from generator.inference.automaton import Automaton, messages_of
from generator.inference.messages import Forward, ForwardMessage, log, log_sum
from generator.inference.product import product
from generator.models.model import Model
from generator.queries.evidence import evidence


class Hole(NamedTuple):
    """A hole or a class: its place among the parts of the pattern, its text, and p(token | pattern), float64 (V,)."""

    part: int
    text: str
    probs: np.ndarray


class Gap(NamedTuple):
    """A `...`: its place among the parts of the pattern, and p(it stands for n tokens | pattern) for each n."""

    part: int
    lengths: dict[int, float]


class Posterior(NamedTuple):
    """The posterior of each hole and each gap, and log p(pattern) in nats."""

    holes: tuple[Hole, ...]
    gaps: tuple[Gap, ...]
    log_prob: float


def posterior(model: Model, constraint: Constraint) -> Posterior:
    """The distribution of each hole of a constraint's pattern, and of the length of each gap.

    If a sequence fits in several ways, it is aligned from the left with each gap as short as possible. Raises
    Unfillable if nothing that fits has a probability, and Tangled if there are too many alignments.

    >>> import generator
    >>> model = generator.train("markov", ["mew"] + ["mow"] * 5, np.random.default_rng(0), order=2)
    >>> hole, = generator.posterior(model, generator.constrain(generator.parse_pattern("m*w"), model.vocabulary)).holes
    >>> model.vocabulary.tokens[hole.probs.argmax()], bool(np.isclose(hole.probs.sum(), 1.0))
    ('o', True)
    """
    total = evidence(model, constraint)
    if total == -np.inf:
        raise Unfillable("", "nothing that fits has a probability under this model")
    marginals = _marginals(product(model, constraint), alignments_of(constraint, model.vocabulary))
    parts = list(enumerate(constraint.parts))
    holes = tuple(
        Hole(i, part.text, _normalised(marginals.tokens[i]))
        for i, part in parts
        if part.kind not in ("gap", "letter", "exact")
    )
    gaps = tuple(_gap(i, marginals.stayed[i]) for i, part in parts if part.kind == "gap")
    return Posterior(holes, gaps, total)


def _normalised(masses: np.ndarray) -> np.ndarray:
    probs = np.exp(masses - masses.max())
    return probs / probs.sum()


def _gap(part: int, masses: np.ndarray) -> Gap:
    probs = _normalised(masses)
    return Gap(part, {int(n): float(probs[n]) for n in np.flatnonzero(probs)})


class Marginals(NamedTuple):
    """log p(token at a part, pattern), float64 (parts, V), and log p(length of a gap, pattern), float64 (parts,
    LONGEST + 1), both in nats; -inf for a part that is no hole, or no gap.
    """

    tokens: np.ndarray
    stayed: np.ndarray


def _marginals(model: Automaton, alignments: Alignments) -> Marginals:
    """The marginals of all parts of a mixture, added up with their weights."""
    each = [_meet(forward, alignments) for forward in messages_of(model, alignments.following).forwards()]
    weights = log(model.weights)[:, None, None]
    return Marginals(*(log_sum(np.stack(tables) + weights, axis=0) for tables in zip(*each, strict=True)))


def _meet(forward: Forward, alignments: Alignments) -> Marginals:
    """The marginals of one automaton: all lengths together; messages that come to one state are added up."""
    parts, width = len(alignments.following.parts), alignments.following.transitions.shape[1]
    marginals = Marginals(np.full((parts, width), -np.inf), np.full((parts, LONGEST + 1), -np.inf))
    alphas: dict[tuple[int, State], ForwardMessage] = {}
    for total, states in alignments.begin.items():
        for state in states:
            alphas[total, state] = forward.begin(total)
    for transition in alignments.transitions:
        alpha = alphas.get((transition.remaining, transition.here))
        if alpha is None or alpha.scale == -np.inf:
            continue
        here, after = forward.step(alpha, transition.tokens, transition.node)
        _note(marginals, alignments, transition, here)
        place = transition.remaining - 1, transition.there
        alphas[place] = after.join(alphas.get(place))
    return marginals


def _note(marginals: Marginals, alignments: Alignments, transition: Transition, here: np.ndarray) -> None:
    """Add one transition to the marginals of the part that its tokens fill, and of a gap that it ends."""
    part, parts = transition.here.part, alignments.following.parts
    marginals.tokens[part] = np.logaddexp(marginals.tokens[part], here)
    for gap, stayed in ended(parts, transition):
        marginals.stayed[gap, stayed] = np.logaddexp(marginals.stayed[gap, stayed], log_sum(here))
