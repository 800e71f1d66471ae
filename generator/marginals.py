"""What a pattern leaves open: p(token | pattern) for each of its holes, and p(length | pattern) for its `...`.

At a hole the messages forward and backward meet: their product over the states of the model is p(token here, and all fits), and
divided by the evidence it is the posterior (Rabiner 1989, eq. 27). Each part of a mixture brings its own, so that they mix with
p(part | pattern). With one `...` a sequence is read in one way alone, since its length says how much the gap takes.
"""

from typing import NamedTuple

import numpy as np

from .constraint import Constraint, Unfillable
from .forward import Forward, Wave, forward_of
from .messages import log, log_sum
from .models import Model, messages_of
from .queries import length_log_probs


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
    """The distribution of each hole of a constraint's pattern, and of the length of its gap.

    Raises Unfillable where no sequence that fits has a probability, and for two gaps or more, which can be read in several ways.

    >>> import generator
    >>> model = generator.train("markov", ["mew"] + ["mow"] * 5, np.random.default_rng(0), order=2)
    >>> hole, = generator.posterior(model, generator.constrain(generator.parse_pattern("m*w"), model.vocabulary)).holes
    >>> model.vocabulary.tokens[hole.probs.argmax()], bool(np.isclose(hole.probs.sum(), 1.0))
    ('o', True)
    """
    gaps = [i for i, part in enumerate(constraint.parts) if part.kind == "gap"]
    if len(gaps) > 1:
        raise Unfillable("...", "with two gaps or more a name can be read in several ways; leave one of them")
    lengths = {length: p for length, p in length_log_probs(model, constraint).items() if p > -np.inf}
    if not lengths:
        raise Unfillable("", "nothing that fits has a probability under this model")
    total = np.logaddexp.reduce(list(lengths.values()))
    fixed = len(constraint.parts) - len(gaps)
    spread = {length - fixed: float(np.exp(p - total)) for length, p in lengths.items()}
    return Posterior(_holes(model, constraint), tuple(Gap(i, spread) for i in gaps), float(total))


def _holes(model: Model, constraint: Constraint) -> tuple[Hole, ...]:
    """The posterior of each hole of a constraint's pattern."""
    unknown = [i for i, part in enumerate(constraint.parts) if part.kind in ("hole", "class", "not")]
    masses = _masses(model, constraint) if unknown else ()
    return tuple(Hole(i, constraint.parts[i].text, _normalised(masses[i])) for i in unknown)


def _normalised(masses: np.ndarray) -> np.ndarray:
    probs = np.exp(masses - masses.max())
    return probs / probs.sum()


def _masses(model: Model, constraint: Constraint) -> np.ndarray:
    """log p(token at a part, pattern) in nats, shape (parts, V); at a gap, added up over its places."""
    messages = messages_of(model, constraint)
    if model.kind != "mix":
        return _meet(forward_of(messages), constraint)
    parts = [_meet(forward_of(part), constraint) for part in messages.parts]
    return log_sum(np.stack(parts) + log(model.weights)[:, None, None], axis=0)


def _meet(forward: Forward, constraint: Constraint) -> np.ndarray:
    """The masses of one model: all lengths walk together, and waves that come to one node at one part go on as one."""
    masses = np.full((len(constraint.parts), constraint.children.shape[1]), -np.inf)
    waves: dict[tuple[int, int], Wave] = {}
    for to_come in range(max(constraint.lengths), 0, -1):
        if to_come in constraint.starts:
            start = 0, constraint.starts[to_come]
            waves[start] = forward.begin(to_come).join(waves.get(start))
        ahead: dict[tuple[int, int], Wave] = {}
        for (part, node), wave in waves.items():
            part, following = _filled(constraint, part, to_come)
            here, after = forward.step(wave, node)
            masses[part] = np.logaddexp(masses[part], here)
            if after.scale > -np.inf:
                place = following, int(constraint.children[node].max())
                ahead[place] = after.join(ahead.get(place))
        waves = ahead
    return masses


def _filled(constraint: Constraint, part: int, to_come: int) -> tuple[int, int]:
    """The part that the next token fills, and the one after it: a gap takes tokens until the parts after it take them all."""
    if constraint.parts[part].kind == "gap":
        if to_come > len(constraint.parts) - part - 1:
            return part, part
        part += 1
    return part, part + 1
