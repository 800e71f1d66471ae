"""What a pattern leaves open: p(token | pattern) for each of its holes, and p(length | pattern) for its `...`.

At a hole the messages forward and backward meet: their product over the states of the model is p(token here, and all
fits), and divided by the evidence it is the posterior (Rabiner 1989, eq. 27). Each part of a mixture brings its own, so
that they mix with p(part | pattern).
"""

from typing import NamedTuple

import numpy as np

from generator.constraints.alignments import Alignments, State, Transition, alignments_of, ended
from generator.constraints.dfa import Constraint, Unfillable
from generator.constraints.pattern import LONGEST
from generator.inference.forward import Forward, ForwardMessage, forward_of
from generator.inference.messages import log, log_sum
from generator.inference.product import product
from generator.queries.evidence import evidence
from generator.training.train import Model, messages_of


class Hole(NamedTuple):
    """A hole or a class: its place among the parts of the pattern, its text, and p(token | pattern), float64 (V,)."""

    part: int
    text: str
    probs: np.ndarray


class Gap(NamedTuple):
    """A `...`: its place among the parts of the pattern, and p(it stands for so many tokens | pattern)."""

    part: int
    lengths: dict[int, float]


class Posterior(NamedTuple):
    """What is believed of each hole and of the gap, and log p(pattern) in nats."""

    holes: tuple[Hole, ...]
    gaps: tuple[Gap, ...]
    log_prob: float


def posterior(model: Model, constraint: Constraint) -> Posterior:
    """The distribution of each hole of a constraint's pattern, and of the length of each gap.

    Where a sequence fits in several ways, it is read from the left with each gap as short as can be.
    Raises Unfillable where nothing that fits has a probability, and Tangled where there are too many ways of reading.

    >>> import generator
    >>> model = generator.train("markov", ["mew"] + ["mow"] * 5, np.random.default_rng(0), order=2)
    >>> hole, = generator.posterior(model, generator.constrain(generator.parse_pattern("m*w"), model.vocabulary)).holes
    >>> model.vocabulary.tokens[hole.probs.argmax()], bool(np.isclose(hole.probs.sum(), 1.0))
    ('o', True)
    """
    total = evidence(model, constraint)
    if total == -np.inf:
        raise Unfillable("", "nothing that fits has a probability under this model")
    model, alignments = product(model, constraint), alignments_of(constraint, model.vocabulary)
    marginals = (
        _mixed(model, alignments)
        if model.kind == "mix"
        else _meet(forward_of(messages_of(model, alignments.following)), alignments)
    )
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
    """What the messages say where they meet, in nats: p(token at a part, pattern), shape (parts, V), and p(length of a
    gap, pattern), shape (parts, LONGEST + 1); -inf for what a part is not.
    """

    tokens: np.ndarray
    stayed: np.ndarray


def _mixed(model: Model, alignments: Alignments) -> Marginals:
    """What the parts of a mixture say together."""
    each = [_meet(forward_of(part), alignments) for part in messages_of(model, alignments.following).parts]
    weights = log(model.weights)[:, None, None]
    return Marginals(*(log_sum(np.stack(tables) + weights, axis=0) for tables in zip(*each, strict=True)))


def _meet(forward: Forward, alignments: Alignments) -> Marginals:
    """What one model says: all lengths walk together, and waves that come to one stand go on as one."""
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
    """Add what one step says of the part that its tokens fill, and of a gap that it ends."""
    part, parts = transition.here.part, alignments.following.parts
    marginals.tokens[part] = np.logaddexp(marginals.tokens[part], here)
    for gap, stayed in ended(parts, transition):
        marginals.stayed[gap, stayed] = np.logaddexp(marginals.stayed[gap, stayed], log_sum(here))
