"""Bolder or tamer: a temperature on the tables of a model, which gives a model like any other, exact under every query.

Every row of a model, the unknown token included, is raised to the power 1/τ and made to sum to one again,

    p_τ(w | h) = p(w | h)^(1/τ) / Z(h).

A tempered back-off chain is a back-off chain: a token not seen after h has p(w|h) = λ(h) p(w|h⁻), so its tempered
probability is that under h⁻ times one factor, λ_τ(h) = λ(h)^(1/τ) Z(h⁻) / Z(h), and no row need be spelt out: over the
tokens seen after h,

    Z(h) = Σ_seen p(w|h)^(1/τ) + λ(h)^(1/τ) [ Z(h⁻) − Σ_seen p(w|h⁻)^(1/τ) ].

Letters grow bolder, not names longer: a model that says how likely each length is says the same of lengths afterwards.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from generator.kinds import TEMPERATURES
from generator.models.hmm import Hmm
from generator.models.lengths import length_law, with_lengths
from generator.models.markov import EMPTY, Markov
from generator.models.mixture import Mixture
from generator.models.unsmoothed import Chain, shares

if TYPE_CHECKING:
    from generator.training.train import Model

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
    parts = model.parts if isinstance(model, Mixture) else (model,)
    lengths = _kept(model, wild, len(parts)) or [None] * len(parts)
    parts = tuple(_tempered(part, 1.0 / wild, kept) for part, kept in zip(parts, lengths, strict=True))
    tempered = replace(model, parts=parts) if isinstance(model, Mixture) else parts[0]
    return replace(tempered, provenance={**model.provenance, "wild": wild})


def prepare(model: "Model", wild: float) -> None:
    """Work out what takes longest of a temperature, how the lengths come out, and keep it in the model's provenance for
    `temper`.

    >>> from generator.training.kneser_ney import train_markov
    >>> model = train_markov(["mew", "mew", "muk"], 1)
    >>> prepare(model, 2.0)
    >>> model.provenance["tempered"]["wild"]
    2.0
    """
    tempered = temper(model, wild)
    parts = tempered.parts if isinstance(model, Mixture) else (tempered,)
    model.provenance["tempered"] = {
        "wild": wild,
        "lengths": [[max(x, _LEAST) for x in part.lengths.tolist()] for part in parts],
    }


def _kept(model: "Model", wild: float, count: int) -> list[list[float]] | None:
    """The lengths that `prepare` kept of each part; None where it kept none for this temperature, or somebody wrote
    what cannot be."""
    said = model.provenance.get("tempered")
    lengths = said.get("lengths") if isinstance(said, dict) and said.get("wild") == wild else None
    if not (isinstance(lengths, list) and len(lengths) == count):
        return None
    fine = all(
        isinstance(part, list) and all(type(x) is float and _LEAST <= x <= -_LEAST for x in part) for part in lengths
    )
    return lengths if fine else None


def _tempered(model: "Markov | Hmm", power: float, lengths: list[float] | None) -> "Markov | Hmm":
    if isinstance(model, Chain):
        counts = model.counts**power
        return replace(model, counts=counts, q=shares(counts, model.offsets), cache={})
    rows = _hidden_rows(model, power) if isinstance(model, Hmm) else {"q": _chain_rows(model, power)}
    tempered = replace(model, **rows, cache={})
    if (
        not model.lengths.size or getattr(model, "position", None) == "to_end"
    ):  # what counts down has no other lengths than those
        return tempered
    if lengths and len(lengths) == len(model.lengths):
        return replace(tempered, lengths=np.where(np.array(lengths) > _LEAST, lengths, -np.inf))
    return with_lengths(tempered, length_law(model))


def _hidden_rows(model: Hmm, power: float) -> dict[str, np.ndarray]:
    """The rows of an HMM; what a state keeps for the unknown token is one outcome more."""
    unknown = np.clip(1.0 - model.emit.sum(axis=1, keepdims=True), 0.0, 1.0)
    start, leave, emit = (table**power for table in (model.start, model.leave, np.hstack([model.emit, unknown])))
    return {
        "start": start / start.sum(),
        "leave": leave / leave.sum(axis=1, keepdims=True),
        "emit": (emit / emit.sum(axis=1, keepdims=True))[:, :-1],
    }


def _chain_rows(model: Markov, power: float) -> np.ndarray:
    """What is not backed off of each p_τ(w|h), float64 (E,): (p(w|h)^(1/τ) − λ(h)^(1/τ) p(w|h⁻)^(1/τ)) / Z(h)."""
    outcomes = len(model.vocabulary) + 2  # equally likely under the empty context
    prob, handed, first = model.edge_prob**power, model.backoff**power, model.offsets[:-1]
    below = np.where(model.shorter_edge >= 0, prob[model.shorter_edge], outcomes**-power)
    total, passed = (
        np.add.reduceat(prob, first),
        np.add.reduceat(below, first),
    )  # passed: of h⁻, to tokens that h saw itself
    total[EMPTY] += handed[EMPTY] * (outcomes ** (1.0 - power) - passed[EMPTY])
    for level in model.levels[1:]:
        total[level] += handed[level] * np.maximum(total[model.shorter[level]] - passed[level], 0.0)
    return np.maximum(prob - handed[model.owner] * below, 0.0) / total[model.owner]
