"""Draws by the thousand, exactly: by ancestral sampling if a constraint asks for lengths alone, else by messages."""

from collections.abc import Iterable
from itertools import repeat
from typing import NamedTuple

import numpy as np

from generator.constraints.acceptor import PAST
from generator.constraints.dfa import Constraint
from generator.constraints.known import Known
from generator.inference.alias import Alias
from generator.inference.ancestral import AncestralSampler, TableType, can_sample_directly, stacked
from generator.models.model import Model
from generator.queries.distinct import DistinctSampler, padded
from generator.vocabulary import Vocabulary

MANY = 2_000  # draws from which on it pays to lay out the rows of a model
LEAST_RATE = 0.05  # share of tries that must be of use; below, messages are quicker
SPARE_OF_FEW = 20  # more tries for few draws, of which by chance more than usual are known or too long
SPARE = 1.02  # a few more tries than expected save another turn


class Sample(NamedTuple):
    """Independent sequences over a vocabulary: token ids, int (n, longest), PAST after the last of each."""

    vocabulary: Vocabulary
    ids: np.ndarray

    @property
    def _of_letters(self) -> bool:
        """Whether every token is one character, so that numpy can join them."""
        return self.ids.size > 0 and all(len(token) == 1 and token != "\0" for token in self.vocabulary.tokens)

    def texts(self) -> list[str]:
        """Each sequence as text."""
        tokens = self.vocabulary.tokens
        if not self._of_letters:
            return list(map("".join, self.sequences()))
        # PAST, -1, picks the last entry: numpy's text ends at a 0.
        letters = np.array([*map(ord, tokens), 0], dtype=np.uint32)[self.ids]
        return letters.view(f"U{letters.shape[1]}").ravel().tolist()

    def sequences(self) -> Iterable[tuple[str, ...]]:
        """The tokens of each sequence."""
        if self._of_letters:
            return map(tuple, self.texts())
        return (self.vocabulary.decode([i for i in row if i != PAST]) for row in self.ids.tolist())


def sample(
    model: Model, constraint: Constraint, n: int, rng: np.random.Generator, known: Known | None = None
) -> Sample:
    """n independent draws from p(sequence | constraint, not known), with replacement; none if nothing fits.

    >>> import generator
    >>> model = generator.train("markov", ["mew", "muk", "mew"], np.random.default_rng(7), order=2)
    >>> sample(model, generator.constrain(None, model.vocabulary, (3, 3)), 4, np.random.default_rng(7)).texts()
    ['mew', 'mew', 'mew', 'mew']
    """
    directly = n >= MANY and can_sample_directly(model, constraint)
    found = sample_directly(model, constraint, n, rng, known) if directly else []
    rest = n - sum(map(len, found))
    if rest > 0:
        more = DistinctSampler(model, constraint, known).with_replacement(rest, rng)
        found.append(padded(more, max(constraint.lengths, default=0)))
    return Sample(model.vocabulary, stacked(found)[:n])


def sample_directly(
    model: Model,
    constraint: Constraint,
    n: int,
    rng: np.random.Generator,
    known: Known | None,
    table: TableType = Alias,
) -> list[np.ndarray]:
    """Blocks of token ids, of n draws or more; of fewer if too few tries are of use."""
    sampler = AncestralSampler(model, constraint, table=table)
    kept: list[np.ndarray] = []
    missing, rate = n, sampler.rate
    while missing > 0 and rate >= LEAST_RATE:
        tries = _tries(missing, rate)
        ids = sampler.draw(tries, rng)
        if known is not None:
            ids = ids[~known.among(ids, model.vocabulary)]
        kept.append(ids)
        missing, rate = missing - len(ids), len(ids) / tries
    return kept


def _tries(missing: int, rate: float, few: bool = False) -> int:
    return int(missing / rate * SPARE) + (SPARE_OF_FEW if few else 100)


def fill(sampler: DistinctSampler, n: int, rng: np.random.Generator, few: bool = False) -> None:
    """Draw ancestrally until a sampler holds n distinct sequences, or until too few tries are new to it.

    The new ones are distributed as if each was drawn without the earlier ones. Their probabilities are left out.
    """
    if not can_sample_directly(sampler.model, sampler.constraint, few):
        return
    ancestral = AncestralSampler(sampler.model, sampler.constraint, few)
    rate = ancestral.rate
    while len(sampler.found) < n and rate >= LEAST_RATE:
        tries, before = _tries(n - len(sampler.found), rate, few), len(sampler.found)
        sampler.keep(zip(Sample(sampler.model.vocabulary, ancestral.draw(tries, rng)).sequences(), repeat(None)))
        rate = (len(sampler.found) - before) / tries
    if len(sampler.found) < n:
        sampler.exclude([sampler.model.vocabulary.encode(one.tokens) for one in sampler.found])
