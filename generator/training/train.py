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
    """A model of the given kind, trained on token sequences; the same rng gives the same model.

    Settings are tuned on `held_out`, sequences that it is not trained on; where there are none, on seeded tenths of the
    sequences, which it is then trained on as well. background: sequences of other lists in the same script, from which
    `markov` and `mix` learn what may follow what (see background); no sequence that is held out, here or by the caller,
    may be among them.

    Raises ValueError for an unknown kind, no sequences, or an order where none is due.

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
