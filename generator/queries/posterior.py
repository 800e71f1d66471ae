"""What a pattern leaves open: p(token | pattern) for each of its holes, and p(length | pattern) for its `...`.

At a hole the messages forward and backward meet: their product over the states of the model is p(token here, and all
fits), and divided by the evidence it is the posterior (Rabiner 1989, eq. 27). Each part of a mixture brings its own, so
that they mix with p(part | pattern).
"""

from typing import NamedTuple

import numpy as np

from generator.constraints.alignments import Readings, Stand, Step, ended, readings_of
from generator.constraints.dfa import Constraint, Unfillable
from generator.constraints.pattern import LONGEST
from generator.inference.forward import Forward, Wave, forward_of
from generator.inference.messages import log, log_sum
from generator.inference.product import guarded
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
    model, readings = guarded(model, constraint), readings_of(constraint, model.vocabulary)
    met = (
        _mixed(model, readings)
        if model.kind == "mix"
        else _meet(forward_of(messages_of(model, readings.following)), readings)
    )
    parts = list(enumerate(constraint.parts))
    holes = tuple(
        Hole(i, part.text, _normalised(met.tokens[i]))
        for i, part in parts
        if part.kind not in ("gap", "letter", "exact")
    )
    gaps = tuple(_gap(i, met.stayed[i]) for i, part in parts if part.kind == "gap")
    return Posterior(holes, gaps, total)


def _normalised(masses: np.ndarray) -> np.ndarray:
    probs = np.exp(masses - masses.max())
    return probs / probs.sum()


def _gap(part: int, masses: np.ndarray) -> Gap:
    probs = _normalised(masses)
    return Gap(part, {int(n): float(probs[n]) for n in np.flatnonzero(probs)})


class Met(NamedTuple):
    """What the messages say where they meet, in nats: p(token at a part, pattern), shape (parts, V), and p(length of a
    gap, pattern), shape (parts, LONGEST + 1); -inf for what a part is not.
    """

    tokens: np.ndarray
    stayed: np.ndarray


def _mixed(model: Model, readings: Readings) -> Met:
    """What the parts of a mixture say together."""
    each = [_meet(forward_of(part), readings) for part in messages_of(model, readings.following).parts]
    weights = log(model.weights)[:, None, None]
    return Met(*(log_sum(np.stack(tables) + weights, axis=0) for tables in zip(*each, strict=True)))


def _meet(forward: Forward, readings: Readings) -> Met:
    """What one model says: all lengths walk together, and waves that come to one stand go on as one."""
    parts, width = len(readings.following.parts), readings.following.children.shape[1]
    met = Met(np.full((parts, width), -np.inf), np.full((parts, LONGEST + 1), -np.inf))
    waves: dict[tuple[int, Stand], Wave] = {}
    for total, stands in readings.begin.items():
        for stand in stands:
            waves[total, stand] = forward.begin(total)
    for step in readings.steps:
        wave = waves.get((step.to_come, step.here))
        if wave is None or wave.scale == -np.inf:
            continue
        here, after = forward.step(wave, step.tokens, step.node)
        _note(met, readings, step, here)
        place = step.to_come - 1, step.there
        waves[place] = after.join(waves.get(place))
    return met


def _note(met: Met, readings: Readings, step: Step, here: np.ndarray) -> None:
    """Add what one step says of the part that its tokens fill, and of a gap that it ends."""
    part, parts = step.here.part, readings.following.parts
    met.tokens[part] = np.logaddexp(met.tokens[part], here)
    for gap, stayed in ended(parts, step):
        met.stayed[gap, stayed] = np.logaddexp(met.stayed[gap, stayed], log_sum(here))
