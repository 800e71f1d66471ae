"""The context after each n-gram of a chain, from one bit for each n-gram; a model file stores the bits.

The bit says whether the n-gram (h, w) is a context itself. If it is, the context hw follows; otherwise the one after
(h⁻, w) does. Contexts of one length are sorted by their newest token and then by the rest, so the n-grams that are
contexts, sorted by token, have the order of those contexts.
"""

from dataclasses import replace

import numpy as np

from generator.inference.automaton_markov import EMPTY, START, MarkovAutomaton


def grown(model: MarkovAutomaton) -> np.ndarray | None:
    """Which n-grams are contexts, packed bits, uint8; None if the bits do not determine the successors, as with
    positions.

    >>> from generator.training.kneser_ney import train_markov
    >>> from dataclasses import replace
    >>> model = train_markov(["mew", "mow", "wow"], 2)
    >>> again = replace(model, after=np.zeros_like(model.after))
    >>> fill(again, grown(model))
    >>> (again.after == model.after).all()
    np.True_
    """
    if model.position:
        return None
    bits = np.packbits((model.length[model.after] == model.length[model.owner] + 1) & (model.token != model.end))
    told = replace(model, after=np.zeros_like(model.after))
    try:
        fill(told, bits)
    except ValueError:
        return None
    return bits if (told.after == model.after).all() else None


def fill(model: MarkovAutomaton, bits: np.ndarray) -> None:
    """Set the successors of a chain from these bits, in its own array. Raises ValueError where they are not of its
    n-grams."""
    is_grown = np.unpackbits(bits, count=len(model.token)).astype(bool)
    for level, longer in zip(model.levels, [*model.levels[1:], slice(0, 0)], strict=True):
        edges = model.edges_in(level)
        if level.start != EMPTY:
            model.after[edges] = model.after[model.shorter_edge[edges]]
        here = np.arange(edges.start, edges.stop)[is_grown[edges]]
        first = max(longer.start, START + 1)
        if len(here) != max(longer.stop - first, 0):
            raise ValueError("n-grams and contexts differ in number")
        by_token = here[np.argsort(model.token[here].astype(np.min_scalar_type(model.end)), kind="stable")]
        model.after[by_token] = np.arange(first, first + len(here))
