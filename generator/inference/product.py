"""The product of a model and an acceptor: a model that makes nothing the acceptor forbids.

Every query but the search for completions asks it in place of the model. Its probabilities are those of the model for
allowed sequences, and zero for others. They are not normalised: an evidence under the product is log p(the constraint
is met and nothing forbidden), in nats.

symbol    what
longest   the greatest length that a product is made for, rounded up so that constraints of near lengths share one
"""

from dataclasses import replace

from generator.constraints.dfa import Constraint, Tangled
from generator.constraints.metre import Metre, metre_in
from generator.inference.automaton import Automaton

KEPT = 3  # products that a model keeps, tens of MB each
MOST_TOGETHER = 20_000_000  # states of a placed acceptor times tokens: more would take minutes, and gigabytes
LONGEST = (8, 12, 16, 24, 32, 64)  # tokens


def product(model: Automaton, constraint: Constraint) -> Automaton:
    """The product with the acceptor of a constraint, made once; the latest are kept with the model. The model itself if
    there is no acceptor.

    Raises Tangled for a placed acceptor with very many states, or a metre together with another acceptor.
    """
    acceptor = constraint.acceptor
    if acceptor is None or not constraint.lengths:
        return model
    place = acceptor, next(length for length in LONGEST if length >= max(constraint.lengths))
    kept = model.cache.setdefault("product", {})
    if place not in kept:
        most = acceptor.size * len(acceptor.vocabulary)
        if acceptor.placed and not isinstance(acceptor, Metre) and most > MOST_TOGETHER:
            raise Tangled("what is forbidden where it stands takes too many states together")
        for oldest in list(kept)[: max(len(kept) - KEPT + 1, 0)]:
            kept.pop(oldest, None)
        kept[place] = model.product(*place)
    return kept[place]


def in_metre(model: Automaton, constraint: Constraint) -> Automaton:
    """The product with the metre in the acceptor of a constraint, without the rest of it; the model itself if there is
    no metre, or if the product has too many states.

    Hardly any sequence is in metre by chance, so a search that knew nothing of it would be lost.
    """
    metre = metre_in(constraint.acceptor)
    try:
        return product(model, replace(constraint, acceptor=metre)) if metre else model
    except Tangled:
        return model
