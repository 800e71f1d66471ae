"""Pruning a back-off chain by relative entropy (Stolcke 1998, arXiv cs/0006025): drop the n-grams that change it least.

Without its n-gram (h, w) backs off, p' = λ(h) p(w | h⁻). The relative entropy grows, in nats a token, by

    p(h) [ p(w | h) log (p(w | h) / p') − (p(w | h) − p') ]

    h, h⁻   a context; the same without its oldest token        λ(h)   the back-off weight of h
    p(h)    how often the chain visits h                        p'     the probability after pruning

The mass of dropped n-grams is added to λ(h).
"""

from dataclasses import replace

import numpy as np

from generator.inference.automaton_markov import EMPTY, START
from generator.models.markov import Markov

TYPICAL = 8.0  # tokens of a sequence: one token in so many is the first


def prune(model: Markov, needed: np.ndarray, most: int) -> Markov:
    """The chain with the needed n-grams, bool (E,), and the `most` others whose loss would change it most.

    An n-gram stays if a longer one that ends in it or begins with it stays, so that every context has its suffixes
    and can be reached. The chain has no positions.

    >>> from generator.training.kneser_ney import train_markov
    >>> model = train_markov(["mew", "mow", "wow"], 2)
    >>> few = prune(model, np.zeros(len(model.token), dtype=bool), 2)
    >>> total = few.rows(np.array([EMPTY]))[0].sum() + few.end_prob[EMPTY] + few.unseen
    >>> len(few.token) < len(model.token), float(total)
    (True, 1.0)
    """
    told, leads = np.where(needed | (model.owner == EMPTY), np.inf, _loss(model)), _leads(model)
    for level in model.levels[:0:-1]:
        edges = model.edges_in(level)
        np.maximum.at(told, model.shorter_edge[edges], told[edges])
        led = np.maximum.reduceat(told[edges], model.offsets[level] - edges.start)
        there = leads[level] >= 0
        told[leads[level][there]] = np.maximum(told[leads[level][there]], led[there])
    free = told[np.isfinite(told)]
    least = np.partition(free, -most)[-most] if 0 < most < len(free) else np.inf if not most else -np.inf
    return _with_edges(model, told >= least)


def _loss(model: Markov) -> np.ndarray:
    """The relative entropy that pruning each n-gram costs, nats a token, float64 (E,)."""
    prob, below = model.edge_prob, model.edge_backoff * model.edge_prob[model.shorter_edge]
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = np.where(prob > 0, prob * np.log(prob / below) - (prob - below), 0.0)
    return _visits(model)[model.owner] * gain


def _visits(model: Markov) -> np.ndarray:
    """About how often a token follows each context: the product of the edges that lead there, float64 (C,)."""
    visits, leads = np.zeros(len(model.shorter)), _leads(model)
    visits[EMPTY], visits[START] = 1.0, 1.0 / TYPICAL
    for level in model.levels[1:]:
        contexts = np.arange(level.start, level.stop)[leads[level] >= 0]
        visits[contexts] = (visits[model.owner] * model.edge_prob)[leads[contexts]]
    return visits


def _leads(model: Markov) -> np.ndarray:
    """The edge to each context from the context without its newest token, int64 (C,); -1 for EMPTY and START."""
    leads = np.full(len(model.shorter), -1)
    grown = np.flatnonzero((model.length[model.after] == model.length[model.owner] + 1) & (model.token != model.end))
    leads[model.after[grown]] = grown
    return leads


def _with_edges(model: Markov, stays: np.ndarray) -> Markov:
    """The chain with some of its edges, and the contexts that still have edges."""
    there = np.zeros(len(model.shorter), dtype=bool)
    there[model.owner[stays]] = True
    longest = np.arange(len(there))  # the longest suffix of each context that stays
    for level in model.levels[1:]:
        gone = np.arange(level.start, level.stop)[~there[level]]
        longest[gone] = longest[model.shorter[gone]]
    number = (np.cumsum(there) - 1).astype(np.int32)
    owner = number[model.owner[stays]]
    return replace(
        model,
        shorter=number[longest[model.shorter[there]]],
        length=model.length[there],
        offsets=np.searchsorted(owner, np.arange(there.sum() + 1)),
        token=model.token[stays],
        q=model.q[stays],
        after=number[longest[model.after[stays]]],
        begins=number[longest[model.begins]],
    )
