"""What every kind of model offers: the automaton that the queries walk, and the operations that give another model.

A new kind of model is one class here, and its name in `generator.kinds`. A mixture is a Model; every other kind is a
Component, which a mixture can hold.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from generator.constraints.acceptor import Acceptor
from generator.constraints.dfa import Constraint
from generator.inference.automaton import Automaton, SingleAutomaton
from generator.inference.messages import Frontier
from generator.kinds import CLASSES
from generator.vocabulary import Vocabulary

if TYPE_CHECKING:
    from generator.inference.ancestral import Ancestral, TableType

Tables = Mapping[str, np.ndarray]


class Model(Automaton):
    """A trained model of token sequences."""

    kind: ClassVar[str]
    order: Any  # int or None; a field of chains, the class's of other models
    provenance: dict

    @abstractmethod
    def with_parts(self, parts: "tuple[Any, ...]") -> "Model":
        """The model with other parts; of a component the one part itself."""

    @abstractmethod
    def advance_unknown(self, frontier: Frontier) -> Frontier:
        """The prefixes, each with one token that training never saw. All such tokens are alike to the model."""

    @abstractmethod
    def product(self, acceptor: Acceptor, longest: int) -> Automaton: ...

    @abstractmethod
    def tempered(self, wild: float) -> "Model":
        """The rows at the temperature `wild`, the lengths as they are (see `generator.models.temperature`)."""

    @abstractmethod
    def compacted(self) -> "Model":
        """The model with numbers that pack well (see `generator.models.compacting`)."""

    @abstractmethod
    def without_lengths(self) -> "Model":
        """The model that ends by chance alone; itself if it cannot."""

    @property
    @abstractmethod
    def beyond_backoff(self) -> str | None:
        """What of the model no smoothed back-off chain without lengths can say; None if it is such a chain."""

    @abstractmethod
    def described(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """The model for a file: a header that JSON can hold, and its arrays by name."""

    @classmethod
    @abstractmethod
    def from_description(cls, header: Mapping, arrays: Tables, vocabulary: Vocabulary, provenance: dict) -> Self:
        """The model that `described` described. Raises ValueError, KeyError, TypeError or IndexError for tables that do
        not fit together."""

    @abstractmethod
    def check(self) -> None:
        """Raise ValueError if the tables do not fit together."""

    def with_vocabulary(self, vocabulary: Vocabulary) -> "Model":
        """The model over the same tokens with other bars on the first and the last."""
        return replace(self, vocabulary=vocabulary)  # type: ignore[type-var]  # every model is a dataclass


class Component(SingleAutomaton, Model):
    """A model that is no mixture.

    lengths: what log p of a sequence is raised by for each length, nats, the last for all that are longer; or empty.
    """

    lengths: np.ndarray

    def with_parts(self, parts: "tuple[Any, ...]") -> "Component":
        return parts[0]

    @property
    def chooses_length(self) -> bool:
        """Whether the length of a sequence is chosen before its first token."""
        return False

    @property
    def has_table(self) -> bool:
        """Whether all rows are few enough to be laid out at once."""
        return True

    def log_probs_by_table(self, ids: np.ndarray) -> np.ndarray | None:
        """log p of sequences in nats, float64 (n,), given token ids (n, T), PAST after the last of each; None if there
        is no table to look them up in."""
        return None

    @abstractmethod
    def length_mass(self, longest: int) -> np.ndarray:
        """p(T) of sequences of 0 to `longest` known tokens, by the model's own ends, float64."""

    @abstractmethod
    def ancestral(self, constraint: Constraint, few: bool, table: "TableType") -> "Ancestral":
        """Draws without a look ahead (see `AncestralSampler`)."""


def model_class(kind: str) -> type[Model]:
    """The class of a kind of model. Raises KeyError for an unknown kind."""
    module, name = CLASSES[kind]
    return getattr(import_module(f"generator.models.{module}"), name)
