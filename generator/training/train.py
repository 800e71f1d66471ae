"""How a model of each kind is trained."""

from collections.abc import Callable, Sequence

import numpy as np

from generator.kinds import DEFAULT_ORDERS, MODELS, ORDERS
from generator.models.model import Model


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
    if order is not None and kind not in DEFAULT_ORDERS:
        raise ValueError(f"a model of kind {kind!r} has no order")
    order = DEFAULT_ORDERS.get(kind) if order is None else _checked(order)
    if kind == "chain":
        from generator.training.chain import train_chain

        return train_chain(sequences, order or DEFAULT_ORDERS[kind])
    from generator.training.tuning import train_tuned

    return train_tuned(kind, sequences, rng, order, progress, held_out, background)


def _checked(order: int) -> int:
    if order not in ORDERS:
        raise ValueError(f"an order is a number from {ORDERS[0]} to {ORDERS[-1]}, not {order}")
    return order
