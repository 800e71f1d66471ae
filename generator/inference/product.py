"""A model that makes nothing an acceptor forbids: what every query but the search for completions asks in place of the
model itself.

Its probabilities are those of the model where a sequence is allowed, and nothing where it is not; they are not made to
sum to one, so that an evidence under it is log p(the constraint is met and nothing forbidden).
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.constraints.acceptor import Acceptor
from generator.constraints.dfa import Constraint, Tangled
from generator.constraints.metre import Metre, metre_in
from generator.kinds import DEFAULT_ORDERS

if TYPE_CHECKING:
    from generator.training.train import Model

KEPT = 3  # acceptors of which a model keeps what it is under them, tens of MB each
MOST_TOGETHER = 20_000_000  # states of an acceptor that is placed, times tokens: more would take minutes, and gigabytes
LONGEST = (8, 12, 16, 24, 32, 64)  # tokens: how long the sequences are that a product chain is made for


def product(model: "Model", constraint: Constraint) -> "Model":
    """The model under the acceptor of a constraint, made once; the latest are kept with the model. Itself where there is
    none.

    Raises Tangled for an acceptor that is placed, or a metre together with another, where there are very many states.
    """
    if constraint.acceptor is None or not constraint.lengths:
        return model
    longest = next(length for length in LONGEST if length >= max(constraint.lengths))
    place = constraint.acceptor, longest
    kept = model.cache.setdefault("product", {})
    if place not in kept:
        for oldest in list(kept)[: max(len(kept) - KEPT + 1, 0)]:
            kept.pop(oldest, None)
        kept[place] = _product(model, *place)
    return kept[place]


def in_metre(model: "Model", constraint: Constraint) -> "Model":
    """The model under the metre among what acceptors a constraint, the rest left aside; itself where there is none or it
    has too many states.

    Hardly anything that is made without a look at it is in metre, so a search that knew nothing of it would be lost.
    """
    metre = metre_in(constraint.acceptor)
    try:
        return product(model, replace(constraint, acceptor=metre)) if metre else model
    except Tangled:
        return model


def _product(model: "Model", acceptor: Acceptor, longest: int) -> "Model":
    if acceptor.placed and not isinstance(acceptor, Metre) and acceptor.size * len(acceptor.vocabulary) > MOST_TOGETHER:
        raise Tangled("what is forbidden where it stands takes too many states together")
    if model.kind == "mix":
        return replace(model, parts=tuple(_product(part, acceptor, longest) for part in model.parts))
    if model.kind in DEFAULT_ORDERS and isinstance(acceptor, Metre):
        from generator.inference.layered_markov import layered_markov

        return layered_markov(model, acceptor)
    if model.kind in DEFAULT_ORDERS:
        from generator.inference.product_markov import product_markov

        return product_markov(model, acceptor, longest)
    from generator.inference.product_hmm import ProductHmm

    return ProductHmm(model, acceptor)
