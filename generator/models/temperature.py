"""Bolder or tamer: a temperature on the tables of a model, which gives a model like any other, exact under every query.

Every row of a model, the unknown token included, is raised to the power 1/τ and made to sum to one again,

    p_τ(w | h) = p(w | h)^(1/τ) / Z(h).

A tempered back-off chain is a back-off chain. A token that was not seen after h has p(w|h) = λ(h) p(w|h⁻), so its
tempered probability is that under h⁻ times one factor, λ_τ(h) = λ(h)^(1/τ) Z(h⁻) / Z(h). No row need be laid out: over
the tokens seen after h,

    Z(h) = Σ_seen p(w|h)^(1/τ) + λ(h)^(1/τ) [ Z(h⁻) − Σ_seen p(w|h⁻)^(1/τ) ].

Letters grow bolder, not names longer: a model that says how likely each length is says the same of lengths afterwards.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from generator.inference.automaton_markov import EMPTY, MarkovAutomaton
from generator.kinds import TEMPERATURES
from generator.models.lengths import length_law, with_lengths

if TYPE_CHECKING:
    from generator.models.model import Component, Model

_LEAST = -1e6  # nats: in a file for -inf, which JSON does not know


def temper(model: "Model", wild: float) -> "Model":
    """The model at the temperature `wild`: above 1 bolder, below 1 tamer; 1 gives the model itself.

    Raises ValueError for a temperature outside 0.3 to 2.

    >>> from generator.training.kneser_ney import train_markov
    >>> from generator.queries.evidence import log_prob
    >>> model = train_markov(["mew", "mew", "muk"], 1)
    >>> [round(log_prob(temper(model, wild), "mew"), 2) for wild in (0.5, 1.0, 2.0)]
    [-4.29, -5.71, -6.67]
    """
    if not TEMPERATURES[0] <= wild <= TEMPERATURES[1]:
        raise ValueError(f"a temperature is a number from {TEMPERATURES[0]} to {TEMPERATURES[1]}, not {wild}")
    if wild == 1.0:
        return model
    tempered, lengths = model.tempered(wild), _prepared(model, wild)
    parts = tuple(map(_with_the_lengths, tempered.parts, model.parts, lengths))
    return replace(tempered.with_parts(parts), provenance={**model.provenance, "wild": wild})  # type: ignore[type-var]


def prepare(model: "Model", wild: float) -> None:
    """Work out the lengths of `temper(model, wild)`, which take longest, and keep them in the model's provenance.

    >>> from generator.training.kneser_ney import train_markov
    >>> model = train_markov(["mew", "mew", "muk"], 1)
    >>> prepare(model, 2.0)
    >>> model.provenance["tempered"]["wild"]
    2.0
    """
    lengths = [[max(x, _LEAST) for x in part.lengths.tolist()] for part in temper(model, wild).parts]
    model.provenance["tempered"] = {"wild": wild, "lengths": lengths}


def _prepared(model: "Model", wild: float) -> list[list[float] | None]:
    """The lengths that `prepare` kept of each part; None for each if it kept none for this temperature, or if the file
    holds what cannot be."""
    said = model.provenance.get("tempered")
    lengths = said.get("lengths") if isinstance(said, dict) and said.get("wild") == wild else None
    if isinstance(lengths, list) and len(lengths) == len(model.parts) and all(map(_are_lengths, lengths)):
        return lengths
    return [None] * len(model.parts)


def _are_lengths(said: object) -> bool:
    return isinstance(said, list) and all(type(x) is float and _LEAST <= x <= -_LEAST for x in said)


def _with_the_lengths(tempered: "Component", model: "Component", prepared: list[float] | None) -> "Component":
    """A tempered component that says of lengths what the component said before."""
    if not model.lengths.size or model.chooses_length:
        return tempered
    if prepared and len(prepared) == len(model.lengths):
        return replace(tempered, lengths=np.where(np.array(prepared) > _LEAST, prepared, -np.inf))  # type: ignore[type-var]
    return with_lengths(tempered, length_law(model))


def tempered_rows(model: MarkovAutomaton, power: float) -> np.ndarray:
    """q of the tempered chain, float64 (E,): (p(w|h)^(1/τ) − λ(h)^(1/τ) p(w|h⁻)^(1/τ)) / Z(h), with power 1/τ."""
    outcomes = len(model.vocabulary) + 2  # equally likely under the empty context
    prob, handed, first = model.edge_prob**power, model.backoff**power, model.offsets[:-1]
    below = np.where(model.shorter_edge >= 0, prob[model.shorter_edge], outcomes**-power)
    total, passed = np.add.reduceat(prob, first), np.add.reduceat(below, first)  # passed: Σ_seen p(w|h⁻)^(1/τ)
    total[EMPTY] += handed[EMPTY] * (outcomes ** (1.0 - power) - passed[EMPTY])
    for level in model.levels[1:]:
        total[level] += handed[level] * np.maximum(total[model.shorter[level]] - passed[level], 0.0)
    return np.maximum(prob - handed[model.owner] * below, 0.0) / total[model.owner]
