"""A sequence mixture as a model (see `generator.inference.mixture`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np

from generator.constraints.acceptor import Acceptor
from generator.inference.messages import Frontier
from generator.inference.mixture import MixtureAutomaton
from generator.models.model import Component, Model, Tables, model_class
from generator.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class Mixture(MixtureAutomaton, Model):
    """K models over one vocabulary, and the weight of each, float64 (K,), sum 1."""

    parts: tuple[Component, ...]
    provenance: dict = field(default_factory=dict)
    kind = "mix"
    order = None

    def advance_unknown(self, frontier: Frontier) -> Frontier:
        """The prefixes, each with one token that training never saw."""
        return self.joined([part.advance_unknown(own) for part, own in zip(self.parts, frontier.state, strict=True)])

    def with_parts(self, parts: tuple[Any, ...]) -> "Mixture":
        return replace(self, parts=parts)

    def with_vocabulary(self, vocabulary: Vocabulary) -> "Mixture":
        parts: tuple[Any, ...] = tuple(part.with_vocabulary(vocabulary) for part in self.parts)
        return replace(self, vocabulary=vocabulary, parts=parts)

    def product(self, acceptor: Acceptor, longest: int) -> MixtureAutomaton:
        parts = tuple(part.product(acceptor, longest) for part in self.parts)
        return MixtureAutomaton(self.vocabulary, parts, self.weights)

    def tempered(self, wild: float) -> "Mixture":
        return self.with_parts(tuple(part.tempered(wild) for part in self.parts))

    def compacted(self) -> "Mixture":
        return self.with_parts(tuple(part.compacted() for part in self.parts))

    def without_lengths(self) -> "Mixture":
        return self

    @property
    def beyond_backoff(self) -> str:
        return "a mixture of whole sequences"

    def described(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """The header of each part in a list, and their arrays with the number of the part before the name."""
        headers, tables = zip(*(part.described() for part in self.parts), strict=True)
        arrays = {f"{k}.{name}": table for k, each in enumerate(tables) for name, table in each.items()}
        return {"kind": self.kind, "parts": list(headers)}, {"weights": self.weights, **arrays}

    @classmethod
    def from_description(cls, header: Mapping, arrays: Tables, vocabulary: Vocabulary, provenance: dict) -> Self:
        parts: tuple[Any, ...] = tuple(
            model_class(each["kind"]).from_description(each, _under(f"{k}.", arrays), vocabulary, {})
            for k, each in enumerate(header["parts"])
        )
        mixture = cls(vocabulary, parts, arrays["weights"], provenance)
        mixture.check()
        return mixture

    def check(self) -> None:
        """Raise ValueError if the weights are no probabilities."""
        if (
            self.weights.shape != (len(self.parts),)
            or not self.parts
            or not np.isclose(self.weights.sum(), 1.0)
            or self.weights.min() < 0
        ):
            raise ValueError("weights are not probabilities")


def _under(prefix: str, arrays: Tables) -> dict[str, np.ndarray]:
    """The arrays whose names begin with a prefix, by the rest of the name."""
    return {name.removeprefix(prefix): table for name, table in arrays.items() if name.startswith(prefix)}
