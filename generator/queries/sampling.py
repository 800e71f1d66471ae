"""Independent draws from p(sequence | constraint, not known), exactly.

Known names are taken out of the masses that are drawn from (see fresh). A guard's sums are large and seldom needed:
what is drawn without a look at it is distributed as it should be once what is forbidden is passed over, so while not
too many are forbidden the others are drawn anew. Where few or none are allowed the rest is drawn from the sums under
the guard; of several guards in one, from those under the strictest, if that leaves enough: under all there are far more
sums than under one.
"""

import weakref
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from generator.constraints.acceptor import PAST, Both, Guard, allowed, single_guards
from generator.constraints.dfa import Constraint, Tangled
from generator.constraints.known import Known
from generator.constraints.metre import metre_in
from generator.inference.product import guarded
from generator.queries.evidence import log_probs
from generator.queries.found import Found
from generator.queries.novel import Draw, Fresh
from generator.training.train import Model, messages_of

IN_VAIN = (
    4_000  # draws in a row that brought nothing new, after which no more are made: one name may be written in 2³⁰ ways
)
MANY = 2_000  # draws from which on it pays to lay a model out for walks (see walks)
ANEW = 64  # draws for each that a guard allows, up to which what it forbids is drawn anew


class Draws(NamedTuple):
    """Distinct sequences in the order drawn; fewer than asked for where no more fit, or none could be found in time."""

    found: tuple[Found, ...]


def draw(
    model: Model,
    constraint: Constraint,
    n: int,
    rng: np.random.Generator,
    known: Known | None = None,
    weigh: bool = True,
) -> Draws:
    """n distinct sequences drawn one after another from p(sequence | constraint, not known, not drawn before).

    With `known`, sequences that differ from a known or an earlier one by case, accents, spaces and punctuation alone do
    not count. Where thousands of draws in a row do not, or a function bars them all (see Known.barring), there are
    fewer than asked for. Without `weigh` their probabilities may be left out: of very many they take longer to work out
    than to draw.

    >>> import generator
    >>> model = generator.train("markov", ["mew", "mow"], np.random.default_rng(0))
    >>> pattern = generator.constrain(generator.parse_pattern("m[eo]w"), model.vocabulary)
    >>> drawn = draw(model, pattern, 9, np.random.default_rng(0), generator.Known(["mew"]))
    >>> ["".join(found.tokens) for found in drawn.found]
    ['mow']
    """
    from generator.queries.bulk import fill  # it stands on this module

    bag = Bag(model, constraint, known)
    fill(bag, n, rng, few=n < MANY)
    while len(bag.found) < n and bag.refill(n - len(bag.found), rng):
        pass
    found = bag.found[:n]
    return Draws(tuple(_weighed(model, found) if weigh else found))


def _weighed(model: Model, found: list[Found]) -> list[Found]:
    """What was found, with its probability where that was left open."""
    open_ = [i for i, one in enumerate(found) if one.log_prob is None]
    for i, log_prob in zip(open_, log_probs(model, [found[i].tokens for i in open_]).tolist(), strict=True):
        found[i] = found[i]._replace(log_prob=log_prob)
    return found


class Bag:
    """What was drawn so far, and what must not be drawn again."""

    def __init__(self, model: Model, constraint: Constraint, known: Known | None):
        self.model, self.constraint, self.known = model, constraint, known
        self.found: list[Found] = []
        self.seen: set = set()
        self._fresh: Fresh | None = None
        self._under: dict[Guard, Fresh] = {}
        self._took = False
        self._in_vain = 0  # draws since the last that was new

    @cached_property
    def taken(self) -> dict[int, np.ndarray]:
        """By length the token ids of what is known and fits, and of what was drawn."""
        fitting = self.known.fitting_ids(self.constraint, self.model.vocabulary) if self.known is not None else {}
        return {length: fitting[length][1] for length in self.constraint.lengths if length in fitting}

    @property
    def fresh(self) -> Fresh:
        """All that is left to draw."""
        if self._fresh is None:
            self._fresh = self._rest(self.model) if self._took else self._first()
        return self._fresh

    def under(self, guard: Guard) -> Fresh:
        """The same under a guard, which forbids many known names by itself."""
        if guard not in self._under:
            taken = {length: ids[allowed(guard, ids)] for length, ids in self.taken.items()}
            self._under[guard] = self._rest(guarded(self.model, replace(self.constraint, guard=guard)), taken)
        return self._under[guard]

    def _first(self) -> Fresh:
        """What nothing was drawn from yet. Where anything goes it is large and always the same: kept with the
        constraint."""
        if self.known is None or self.constraint.unasked != set(self.constraint.lengths):
            return self._rest(self.model)
        kept, place = self.constraint.messages, (self.model, self.known)
        if place not in kept:
            kept[place] = self._rest(self.model)
        return kept[place]

    def _rest(self, model: Model, taken: dict[int, np.ndarray] | None = None) -> Fresh:
        taken = self.taken if taken is None else taken
        return Fresh(model, messages_of(model, self.constraint), weakref.proxy(self.constraint), taken)

    def refill(self, count: int, rng: np.random.Generator) -> bool:
        """Draw so many sequences, more after some that brought nothing new, and keep those that are; False when to draw
        more is in vain."""
        before = len(self.found)
        drawn = self.gather(max(count, self._in_vain), rng)
        self._in_vain = 0 if len(self.found) > before else self._in_vain + drawn
        return drawn > 0 and self._in_vain < IN_VAIN

    def gather(self, count: int, rng: np.random.Generator) -> int:
        """Draw so many sequences at once and keep those that are new; how many were drawn."""
        drawn = self._allowed(count, rng)
        self.take([ids for ids, _ in drawn])
        self.keep((self.model.vocabulary.decode(ids.tolist()), log_prob) for ids, log_prob in drawn)
        return len(drawn)

    def _allowed(self, count: int, rng: np.random.Generator) -> list[Draw]:
        """So many draws of what is left and the guard allows; none when nothing is."""
        guard = self.constraint.guard
        if guard is None or self.fresh.log_prob == -np.inf:
            return self.fresh.draw(count, rng)
        passed = self._anew(self.fresh, count, rng)
        try:
            if len(passed) < count and isinstance(guard, Both):
                strictest = self.under(self._stricter(guard, rng))
                if strictest.log_prob == -np.inf:
                    return passed
                passed += self._anew(strictest, count - len(passed), rng)
            return passed + self.under(guard).draw(count - len(passed), rng) if len(passed) < count else passed
        except Tangled:
            if not guard.placed:
                raise
            return passed + self._anew(self._in_metre(), count - len(passed), rng, IN_VAIN)

    def _in_metre(self) -> Fresh:
        """What is left to draw under the metre among what guards, if there is one and it is not too large."""
        metre = metre_in(self.constraint.guard)
        try:
            return self.under(metre) if metre else self.fresh
        except Tangled:
            return self.fresh

    def _anew(self, fresh: Fresh, count: int, rng: np.random.Generator, most: int = ANEW) -> list[Draw]:
        """So many draws that the guard allows, fewer where it forbids too many of them."""
        passed, asked, more = [], 0, count
        while len(passed) < count and asked < most * (len(passed) + 1) and (drawn := fresh.draw(more, rng)):
            passed += self._passed(drawn)
            asked += more
            more = asked
        return passed[:count]

    def _stricter(self, guard: Both, rng: np.random.Generator) -> Guard:
        """The one of several guards in one that forbids most of what is drawn without any; a metre, since it forbids
        nearly all."""
        if metre := metre_in(guard):
            return metre
        ids = padded([ids for ids, _ in self.fresh.draw(ANEW, rng)], max(self.constraint.lengths))
        return min(single_guards(guard), key=lambda one: allowed(one, ids).sum())

    def _passed(self, drawn: list[Draw]) -> list[Draw]:
        fine = allowed(self.constraint.guard, padded([ids for ids, _ in drawn], max(self.constraint.lengths)))
        return [draw for draw, good in zip(drawn, fine.tolist(), strict=True) if good]

    def again(self, count: int, rng: np.random.Generator) -> list[np.ndarray]:
        """So many independent draws as token ids, none of them kept; fewer only where to draw more is in vain."""
        fine: list[np.ndarray] = []
        in_vain = 0
        while (
            len(fine) < count and in_vain < IN_VAIN and (drawn := self._allowed(max(count - len(fine), in_vain), rng))
        ):
            written_otherwise = [
                self.known is not None and self.model.vocabulary.decode(ids.tolist()) in self.known for ids, _ in drawn
            ]
            fine += [ids for (ids, _), known in zip(drawn, written_otherwise, strict=True) if not known]
            self.take([ids for (ids, _), known in zip(drawn, written_otherwise, strict=True) if known])
            in_vain = in_vain + len(drawn) if all(written_otherwise) else 0
        return fine[:count]

    def take(self, sequences: list[np.ndarray]) -> None:
        """Let some sequences of token ids not be drawn again."""
        for length in {len(ids) for ids in sequences}:
            more = np.array([ids for ids in sequences if len(ids) == length])
            self.taken[length] = np.concatenate([self.taken.get(length, more[:0]), more])
        if sequences:
            self._fresh, self._under, self._took = None, {}, True

    def keep(self, drawn: Iterable[tuple[tuple[str, ...], float | None]]) -> None:
        """Keep what is new of some sequences and their log-probabilities."""
        for tokens, log_prob in drawn:
            name = tokens if self.known is None else self.known.key(tokens)
            if name not in self.seen and (self.known is None or tokens not in self.known):
                self.seen.add(name)
                self.found.append(Found(tokens, log_prob))


def padded(sequences: list[np.ndarray], longest: int) -> np.ndarray:
    """Sequences of token ids as rows, PAST after the last of each."""
    ids = np.full((len(sequences), longest), PAST)
    for row, sequence in zip(ids, sequences, strict=True):
        row[: len(sequence)] = sequence
    return ids
