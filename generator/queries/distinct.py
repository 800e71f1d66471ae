"""Distinct draws: the sequences drawn so far, and exact draws from p(sequence | constraint, not known, not drawn).

Known names have no share in the masses that are drawn from (see novel). The product with an acceptor is large and
seldom needed. Rejection is exact, so it is tried first: what an acceptor forbids is drawn again. The product is built
only if too many draws are rejected. Of several acceptors at once, the strictest is multiplied in first, since the
product with all is far larger than the product with one.
"""

import weakref
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

import numpy as np

from generator.constraints.acceptor import PAST, Acceptor, Intersection, allowed, conjuncts
from generator.constraints.dfa import Constraint, Tangled
from generator.constraints.known import Known
from generator.constraints.metre import metre_in
from generator.inference.automaton import Automaton, messages_of
from generator.inference.product import product
from generator.queries.found import Found
from generator.queries.novel import Draw, Novel

IN_VAIN = 4_000  # draws in a row without a new name, after which no more are made: a name may be spelt in 2³⁰ ways
MAX_TRIES = 64  # draws for each that an acceptor allows; more are left to the product


class DistinctSampler:
    """The sequences found so far, and those that must not be drawn again."""

    def __init__(self, model: Automaton, constraint: Constraint, known: Known | None):
        self.model, self.constraint, self.known = model, constraint, known
        self.found: list[Found] = []
        self.seen: set = set()
        self._novel: Novel | None = None
        self._under: dict[Acceptor, Novel] = {}
        self._has_drawn = False
        self._in_vain = 0  # draws since the last that was new

    @cached_property
    def excluded(self) -> dict[int, np.ndarray]:
        """For each length the token ids of known sequences that fit, and of drawn ones, int (n, length)."""
        fitting = self.known.fitting_ids(self.constraint, self.model.vocabulary) if self.known is not None else {}
        return {length: fitting[length][1] for length in self.constraint.lengths if length in fitting}

    @property
    def novel(self) -> Novel:
        """All that is left to draw, whatever the acceptor says."""
        if self._novel is None:
            self._novel = self._rest(self.model) if self._has_drawn else self._first()
        return self._novel

    def under(self, acceptor: Acceptor) -> Novel:
        """All that is left to draw and that an acceptor allows. It forbids many known names by itself."""
        if acceptor not in self._under:
            excluded = {length: ids[allowed(acceptor, ids)] for length, ids in self.excluded.items()}
            self._under[acceptor] = self._rest(
                product(self.model, replace(self.constraint, acceptor=acceptor)), excluded
            )
        return self._under[acceptor]

    def _first(self) -> Novel:
        """All that is left before the first draw. Without a pattern it is large and always the same, so the constraint
        keeps it."""
        if self.known is None or self.constraint.unconstrained_lengths != set(self.constraint.lengths):
            return self._rest(self.model)
        kept, place = self.constraint.cache, (self.model, self.known)
        if place not in kept:
            kept[place] = self._rest(self.model)
        return kept[place]

    def _rest(self, model: Automaton, excluded: dict[int, np.ndarray] | None = None) -> Novel:
        excluded = self.excluded if excluded is None else excluded
        return Novel(model, messages_of(model, self.constraint), weakref.proxy(self.constraint), excluded)

    def refill(self, count: int, rng: np.random.Generator) -> bool:
        """Draw `count` sequences, or more if the last draws brought nothing new, and keep the new ones. False if
        further draws are in vain."""
        before = len(self.found)
        drawn = self.gather(max(count, self._in_vain), rng)
        self._in_vain = 0 if len(self.found) > before else self._in_vain + drawn
        return drawn > 0 and self._in_vain < IN_VAIN

    def gather(self, count: int, rng: np.random.Generator) -> int:
        """Draw `count` sequences at once and keep the new ones; the number of those drawn."""
        drawn = self._allowed(count, rng)
        self.exclude([ids for ids, _ in drawn])
        self.keep((self.model.vocabulary.decode(ids.tolist()), log_prob) for ids, log_prob in drawn)
        return len(drawn)

    def _allowed(self, count: int, rng: np.random.Generator) -> list[Draw]:
        """Up to `count` draws of what is left and allowed; none if nothing is."""
        acceptor = self.constraint.acceptor
        if acceptor is None or self.novel.log_prob == -np.inf:
            return self.novel.draw(count, rng)
        passed = self._rejection_sample(self.novel, count, rng)
        try:
            if len(passed) < count and isinstance(acceptor, Intersection):
                strictest = self.under(self._stricter(acceptor, rng))
                if strictest.log_prob == -np.inf:
                    return passed
                passed += self._rejection_sample(strictest, count - len(passed), rng)
            return passed + self.under(acceptor).draw(count - len(passed), rng) if len(passed) < count else passed
        except Tangled:
            if not acceptor.placed:
                raise
            return passed + self._rejection_sample(self._in_metre(), count - len(passed), rng, IN_VAIN)

    def _in_metre(self) -> Novel:
        """What is left to draw in metre, if there is a metre and its product is not too large."""
        metre = metre_in(self.constraint.acceptor)
        try:
            return self.under(metre) if metre else self.novel
        except Tangled:
            return self.novel

    def _rejection_sample(
        self, novel: Novel, count: int, rng: np.random.Generator, most: int = MAX_TRIES
    ) -> list[Draw]:
        """Up to `count` draws that the acceptor allows; fewer if it forbids too many."""
        passed: list[Draw] = []
        asked, more = 0, count
        while len(passed) < count and asked < most * (len(passed) + 1) and (drawn := novel.draw(more, rng)):
            passed += self._passed(drawn)
            asked += more
            more = asked
        return passed[:count]

    def _stricter(self, acceptor: Intersection, rng: np.random.Generator) -> Acceptor:
        """The acceptor that forbids most of some draws; a metre if there is one, since it forbids nearly all."""
        if metre := metre_in(acceptor):
            return metre
        ids = padded([ids for ids, _ in self.novel.draw(MAX_TRIES, rng)], max(self.constraint.lengths))
        return min(conjuncts(acceptor), key=lambda one: allowed(one, ids).sum())

    def _passed(self, drawn: list[Draw]) -> list[Draw]:
        acceptor = self.constraint.acceptor
        if acceptor is None:
            return drawn
        fine = allowed(acceptor, padded([ids for ids, _ in drawn], max(self.constraint.lengths)))
        return [draw for draw, good in zip(drawn, fine.tolist(), strict=True) if good]

    def with_replacement(self, count: int, rng: np.random.Generator) -> list[np.ndarray]:
        """`count` independent draws as token ids, none of them kept; fewer only if further draws are in vain."""
        fine: list[np.ndarray] = []
        in_vain = 0
        while (
            len(fine) < count and in_vain < IN_VAIN and (drawn := self._allowed(max(count - len(fine), in_vain), rng))
        ):
            written_otherwise = [
                self.known is not None and self.model.vocabulary.decode(ids.tolist()) in self.known for ids, _ in drawn
            ]
            fine += [ids for (ids, _), known in zip(drawn, written_otherwise, strict=True) if not known]
            self.exclude([ids for (ids, _), known in zip(drawn, written_otherwise, strict=True) if known])
            in_vain = in_vain + len(drawn) if all(written_otherwise) else 0
        return fine[:count]

    def exclude(self, sequences: list[np.ndarray]) -> None:
        """Exclude some sequences of token ids from all further draws."""
        for length in {len(ids) for ids in sequences}:
            more = np.array([ids for ids in sequences if len(ids) == length])
            self.excluded[length] = np.concatenate([self.excluded.get(length, more[:0]), more])
        if sequences:
            self._novel, self._under, self._has_drawn = None, {}, True

    def keep(self, drawn: Iterable[tuple[tuple[str, ...], float | None]]) -> None:
        """Keep the new ones of some sequences, with their log-probabilities."""
        for tokens, log_prob in drawn:
            name = tokens if self.known is None else self.known.key(tokens)
            if name not in self.seen and (self.known is None or tokens not in self.known):
                self.seen.add(name)
                self.found.append(Found(tokens, log_prob))


def padded(sequences: list[np.ndarray], longest: int) -> np.ndarray:
    """Sequences of token ids as rows, int64 (n, longest), PAST after the last token of each."""
    ids = np.full((len(sequences), longest), PAST)
    for row, sequence in zip(ids, sequences, strict=True):
        row[: len(sequence)] = sequence
    return ids
