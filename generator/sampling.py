"""Independent draws from p(sequence | constraint, not known), exactly and without rejection.

A walk forward draws each token in proportion to its mass: how probable it is that the sequence goes on so and fits. Known names
are taken out of that mass where it stands: the prefixes of the known names that fit form a small trie; on it the mass of a prefix
is the sum of what its tokens lead to, nothing where that is a known name's end. Off the trie nothing is known and the messages
speak for themselves. No mass is found by subtraction, so a pattern whose mass is nearly all known loses no digits.
"""

import weakref
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import numpy as np

from .constraint import Constraint
from .found import Found
from .known import Known
from .messages import Messages, log_sum
from .models import Model, messages_of
from .queries import log_probs

MANY = 2_000  # draws from which on it pays to lay a model out for walks (see walks)


class Draws(NamedTuple):
    """Distinct sequences in the order drawn; fewer than asked for where no more fit."""

    found: tuple[Found, ...]


def draw(model: Model, constraint: Constraint, n: int, rng: np.random.Generator, known: Known | None = None, weigh: bool = True) -> Draws:
    """n distinct sequences drawn one after another from p(sequence | constraint, not known, not drawn before).

    With `known`, sequences that differ from a known or an earlier one by case, accents, spaces and punctuation alone do not count.
    Without `weigh` their probabilities may be left out: of very many they take longer to work out than to draw.

    >>> import generator
    >>> model = generator.train("markov", ["mew", "mow"], np.random.default_rng(0))
    >>> pattern = generator.constrain(generator.parse_pattern("m[eo]w"), model.vocabulary)
    >>> ["".join(found.tokens) for found in draw(model, pattern, 9, np.random.default_rng(0), generator.Known(["mew"])).found]
    ['mow']
    """
    bag = Bag(model, constraint, known)
    if n >= MANY:
        from .bulk import fill
        fill(bag, n, rng)
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
        self._took = False

    @cached_property
    def taken(self) -> dict[int, np.ndarray]:
        """By length the token ids of what is known and fits, and of what was drawn."""
        fitting = self.known.fitting_ids(self.constraint, self.model.vocabulary) if self.known is not None else {}
        return {length: fitting[length][1] for length in self.constraint.lengths if length in fitting}

    @property
    def fresh(self) -> "Fresh":
        """All that is left to draw."""
        if self._fresh is None:
            self._fresh = self._rest() if self._took else self._first()
        return self._fresh

    def _first(self) -> "Fresh":
        """What nothing was drawn from yet. Where anything goes it is large and always the same: kept with the constraint."""
        if self.known is None or self.constraint.unasked != set(self.constraint.lengths):
            return self._rest()
        kept, place = self.constraint.messages, (self.model, self.known)
        if place not in kept:
            kept[place] = self._rest()
        return kept[place]

    def _rest(self) -> "Fresh":
        messages = messages_of(self.model, self.constraint)
        return Fresh(self.model, messages, weakref.proxy(self.constraint), self.taken)

    def refill(self, count: int, rng: np.random.Generator) -> bool:
        """Draw so many sequences and keep those that are new; False when nothing is left to draw."""
        drawn = self.fresh.draw(count, rng)
        self.take([ids for ids, _ in drawn])
        self.keep((self.model.vocabulary.decode(ids.tolist()), log_prob) for ids, log_prob in drawn)
        return bool(drawn)

    def again(self, count: int, rng: np.random.Generator) -> list[np.ndarray]:
        """So many independent draws as token ids, none of them kept; fewer only where nothing is left to draw."""
        fine: list[np.ndarray] = []
        while len(fine) < count and (drawn := self.fresh.draw(count - len(fine), rng)):
            written_otherwise = [self.known is not None and self.model.vocabulary.decode(ids.tolist()) in self.known for ids, _ in drawn]
            fine += [ids for (ids, _), known in zip(drawn, written_otherwise, strict=True) if not known]
            self.take([ids for (ids, _), known in zip(drawn, written_otherwise, strict=True) if known])
        return fine

    def take(self, sequences: list[np.ndarray]) -> None:
        """Let some sequences of token ids not be drawn again."""
        for length in {len(ids) for ids in sequences}:
            more = np.array([ids for ids in sequences if len(ids) == length])
            self.taken[length] = np.concatenate([self.taken.get(length, more[:0]), more])
        if sequences:
            self._fresh, self._took = None, True

    def keep(self, drawn: Iterable[tuple[tuple[str, ...], float | None]]) -> None:
        """Keep what is new of some sequences and their log-probabilities."""
        for tokens, log_prob in drawn:
            name = tokens if self.known is None else self.known.key(tokens)
            if name not in self.seen and (self.known is None or tokens not in self.known):
                self.seen.add(name)
                self.found.append(Found(tokens, log_prob))


class Fresh:
    """p(sequence | constraint, not taken), ready to draw from.

    The trie has a root for each length that the constraint allows, so a prefix stands for its tokens and the length in all.
    """

    def __init__(self, model: Model, messages: Messages, constraint: Constraint, taken: dict[int, np.ndarray]):
        self.model, self.messages, self.constraint = model, messages, constraint
        self.lengths = np.array(constraint.lengths, dtype=np.int64)
        self.starts = np.array(list(constraint.starts.values()), dtype=np.int64)
        self.masses: list[np.ndarray] = []  # for each depth of the trie, log mass of (prefix, token), shape (prefixes, V)
        self.below: list[np.ndarray] = []  # the prefix that (prefix, token) leads to, -1 off the trie
        if len(self.lengths):
            self._descend([(root, ids) for root, length in enumerate(self.lengths.tolist()) for ids in taken.get(length, ())])
            self._ascend()

    def _descend(self, taken: list[tuple[int, np.ndarray]]) -> None:
        """The mass of every prefix of what is taken, as the messages have it; a whole sequence leads to nothing."""
        frontier, nodes = self.model.begin(self.lengths), self.starts
        prefix, sequences = np.array([root for root, _ in taken], dtype=np.int64), [ids for _, ids in taken]
        while True:
            depth = len(self.masses)
            self.masses.append(self.messages.step(frontier, nodes).log())
            self.below.append(np.full(self.masses[-1].shape, -1))
            going = [i for i, ids in enumerate(sequences) if len(ids) > depth]
            if not going:
                return
            sequences, width = [sequences[i] for i in going], self.below[-1].shape[1]
            tokens = np.array([ids[depth] for ids in sequences])
            pairs, prefix = np.unique(prefix[going] * width + tokens, return_inverse=True)
            rows, tokens = np.divmod(pairs, width)
            self.below[-1][rows, tokens] = np.arange(len(pairs))
            frontier, nodes = self.model.advance(frontier, rows, tokens), self.constraint.children[nodes[rows], tokens]

    def _ascend(self) -> None:
        """Take what is taken out of the masses, from the longest prefixes to the empty ones."""
        for depth in range(len(self.masses) - 2, -1, -1):
            on = self.below[depth] >= 0
            self.masses[depth][on] = log_sum(self.masses[depth + 1])[self.below[depth][on]]

    def draw(self, count: int, rng: np.random.Generator) -> list[tuple[np.ndarray, float]]:
        """Independent draws, each as token ids and log p in nats; none when nothing is left to draw."""
        if not len(self.lengths) or self.masses[0].max() == -np.inf:
            return []
        root = _choose(np.tile(log_sum(self.masses[0]), (count, 1)), rng)
        return self._walk(root, rng)

    def _walk(self, prefix: np.ndarray, rng: np.random.Generator) -> list[tuple[np.ndarray, float]]:
        """A draw from each of these roots, all walked together."""
        lengths, nodes, frontier = self.lengths[prefix], self.starts[prefix], self.model.begin(self.lengths[prefix])
        ids, log_prob, going = np.zeros((len(prefix), lengths.max()), dtype=np.int64), np.empty(len(prefix)), np.arange(len(prefix))
        for depth in range(ids.shape[1]):
            mass = self._mass(self.messages.step(frontier, nodes).log(), prefix, depth)
            ids[going, depth] = tokens = _choose(mass, rng)
            log_prob[going] = mass[np.arange(len(going)), tokens]  # of the whole sequence, once the last token is chosen
            if depth < len(self.below):
                prefix = np.where(prefix >= 0, self.below[depth][prefix, tokens], -1)
            rows = np.flatnonzero(lengths[going] > depth + 1)
            frontier = self.model.advance(frontier, rows, tokens[rows])
            nodes, prefix, going = self.constraint.children[nodes[rows], tokens[rows]], prefix[rows], going[rows]
        return [(row[:length], p) for row, length, p in zip(ids, lengths.tolist(), log_prob.tolist(), strict=True)]

    def _mass(self, mass: np.ndarray, prefix: np.ndarray, depth: int) -> np.ndarray:
        """The masses of tokens, with what is taken out of them where a prefix is on the trie."""
        on = np.flatnonzero(prefix >= 0)
        if len(on):
            mass[on] = self.masses[depth][prefix[on]]
        return mass


def _choose(log_mass: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One column of each row, in proportion to exp(log_mass); shape (n,)."""
    total = np.cumsum(np.exp(log_mass - log_mass.max(axis=1, keepdims=True)), axis=1)
    at = np.minimum(rng.random(len(total)) * total[:, -1], np.nextafter(total[:, -1], 0.0))
    return (total <= at[:, None]).sum(axis=1)
