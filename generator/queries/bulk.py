"""Draws by the thousand: walked as the model stands where that will do, with a look ahead where it will not; exact
either way."""

from collections.abc import Iterable
from itertools import repeat
from typing import NamedTuple

import numpy as np

from generator.constraints.acceptor import PAST
from generator.constraints.dfa import Constraint
from generator.constraints.known import Known
from generator.inference.alias import Alias
from generator.inference.ancestral import AncestralSampler, Sums, can_sample_directly, stacked
from generator.queries.sampling import MANY, DistinctSampler, padded
from generator.training.train import Model
from generator.vocabulary import Vocabulary

LEAST_RATE = 0.05  # so much of what is walked must be of use, or to look ahead is quicker
SPARE_OF_FEW = 20  # tries: of so few names more than usual are known, or too long, by chance
SPARE = 1.02  # a little more than should be enough saves another turn


class Sample(NamedTuple):
    """Independent sequences over a vocabulary: token ids, int (n, longest), PAST after the last of each."""

    vocabulary: Vocabulary
    ids: np.ndarray

    @property
    def _of_letters(self) -> bool:
        """Whether a token is one character, so that text can be read off a table."""
        return self.ids.size > 0 and all(len(token) == 1 and token != "\0" for token in self.vocabulary.tokens)

    def texts(self) -> list[str]:
        """Each sequence as text, its tokens side by side."""
        tokens = self.vocabulary.tokens
        if not self._of_letters:
            return list(map("".join, self.sequences()))
        letters = np.array([*map(ord, tokens), 0], dtype=np.uint32)[
            self.ids
        ]  # PAST is the last; numpy's text ends at a 0
        return letters.view(f"U{letters.shape[1]}").ravel().tolist()

    def sequences(self) -> Iterable[tuple[str, ...]]:
        """Each sequence as its tokens."""
        if self._of_letters:
            return map(tuple, self.texts())
        return (self.vocabulary.decode(i for i in row if i != PAST) for row in self.ids.tolist())


def sample(
    model: Model, constraint: Constraint, n: int, rng: np.random.Generator, known: Known | None = None
) -> Sample:
    """n independent draws from p(sequence | constraint, not known), the same one perhaps twice; none where nothing
    fits.

    >>> import generator
    >>> model = generator.train("markov", ["mew", "muk", "mew"], np.random.default_rng(7), order=2)
    >>> sample(model, generator.constrain(None, model.vocabulary, (3, 3)), 4, np.random.default_rng(7)).texts()
    ['mew', 'mew', 'mew', 'mew']
    """
    found = (
        sample_directly(model, constraint, n, rng, known)
        if n >= MANY and can_sample_directly(model, constraint)
        else []
    )
    rest = n - sum(map(len, found))
    if rest > 0:
        found.append(
            padded(
                DistinctSampler(model, constraint, known).with_replacement(rest, rng),
                max(constraint.lengths, default=0),
            )
        )
    return Sample(model.vocabulary, stacked(found)[:n])


def sample_directly(
    model: Model,
    constraint: Constraint,
    n: int,
    rng: np.random.Generator,
    known: Known | None,
    table: type[Alias | Sums] = Alias,
) -> list[np.ndarray]:
    """Token ids of n sequences or more, or of fewer where little of what is walked is of use."""
    sampler, kept, missing = AncestralSampler(model, constraint, table=table), [], n
    rate = sampler.rate
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
    """Walk until a sampler holds n distinct sequences, or until little of what is walked is new to it.

    Those that are new to it come as if drawn one after another without the earlier ones. Their probabilities are left
    open.
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
