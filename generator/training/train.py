"""How a model of each kind is trained, and where its messages come from."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Union

import numpy as np

from generator.constraints.dfa import Constraint
from generator.inference.messages import Messages
from generator.kinds import DEFAULT_ORDERS, MODELS, ORDERS

if TYPE_CHECKING:
    from generator.models.hmm import Hmm
    from generator.models.markov import Markov
    from generator.models.mixture import Mixture

Model = Union["Markov", "Hmm", "Mixture"]


def train(
    kind: str,
    sequences: Sequence[Sequence[str]],
    rng: np.random.Generator,
    order: int | None = None,
    progress: Callable[[str], None] | None = None,
    held_out: Sequence[Sequence[str]] | None = None,
    background: Sequence[Sequence[str]] = (),
) -> Model:
    """A model of the given kind, trained on token sequences; equal rngs give equal models.

    Settings are tuned on `held_out`, which the model is not trained on. Without it they are tuned on seeded tenths of
    the sequences, and the model is then trained on all. background: sequences of other lists in the same script, to
    which `markov` and `mix` are adapted (see background); it must not contain held-out sequences.

    Raises ValueError for an unknown kind, for no sequences, and for an order that the kind does not have.

    >>> train("markov", [("m", "e", "w")], np.random.default_rng(7), order=2).order
    2
    """
    if kind not in MODELS:
        raise ValueError(f"there is no model {kind!r}; there are {', '.join(MODELS)}")
    if not any(len(s) for s in sequences):
        raise ValueError("a model needs at least one sequence with at least one token")
    if kind in DEFAULT_ORDERS:
        order = DEFAULT_ORDERS[kind] if order is None else _checked(order)
    elif order is not None:
        raise ValueError(f"a model of kind {kind!r} has no order")
    if kind == "chain":
        from generator.training.chain import train_chain

        return train_chain(sequences, order)
    from generator.training.tuning import train_tuned

    return train_tuned(kind, sequences, rng, order, progress, held_out, background)


def _checked(order: int) -> int:
    if order not in ORDERS:
        raise ValueError(f"an order is a number from {ORDERS[0]} to {ORDERS[-1]}, not {order}")
    return order


def messages_of(model: Model, constraint: Constraint, best: bool = False) -> Messages:
    """The messages of a model under a constraint, worked out once for each constraint."""
    if (model, best) not in constraint.messages:
        constraint.messages[model, best] = _messages_of(model, constraint, best)
    return constraint.messages[model, best]


def _messages_of(model: Model, constraint: Constraint, best: bool) -> Messages:
    if model.kind == "product":
        return model.messages(constraint, best)
    if model.kind in DEFAULT_ORDERS:
        from generator.inference.backward_markov import MarkovMessages

        return MarkovMessages(model, constraint, best)
    if model.kind == "mix":
        from generator.models.mixture import MixtureMessages

        return MixtureMessages(model, [_messages_of(part, constraint, best) for part in model.parts])
    from generator.inference.backward_hmm import HmmMessages

    return HmmMessages(model, constraint, best)
