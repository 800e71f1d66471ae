"""Independent draws from p(sequence | constraint, not known), exactly and without rejection.

A walk forward draws each token in proportion to its mass: how probable it is that the sequence goes on so and fits. Known names
are taken out of that mass where it stands: the prefixes of the known names that fit form a small trie; on it the mass of a prefix
is the sum of what its tokens lead to, nothing where that is a known name's end. Off the trie nothing is known and the messages
speak for themselves. No mass is found by subtraction, so a pattern whose mass is nearly all known loses no digits.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from .constraint import Constraint
from .folding import key
from .found import Found
from .known import Known
from .messages import Messages, log_sum
from .models import Model, messages_of


class Draws(NamedTuple):
    """Distinct sequences in the order drawn; fewer than asked for where no more fit."""

    found: tuple[Found, ...]


def draw(model: Model, constraint: Constraint, n: int, rng: np.random.Generator, known: Known | None = None) -> Draws:
    """n distinct sequences drawn one after another from p(sequence | constraint, not known, not drawn before).

    With `known`, sequences that differ from a known or an earlier one by case, accents, spaces and punctuation alone do not count.
    """
    bag = Bag(model, constraint, known)
    while len(bag.found) < n and bag.refill(n - len(bag.found), rng):
        pass
    return Draws(tuple(bag.found))


class Bag:
    """What was drawn so far, and what must not be drawn again."""

    def __init__(self, model: Model, constraint: Constraint, known: Known | None):
        self.model, self.constraint, self.known = model, constraint, known
        self.messages = messages_of(model, constraint)
        fitting = known.fitting_ids(constraint, model.vocabulary) if known is not None else {}
        self.taken = {length: fitting[length][1] for length in constraint.lengths if length in fitting}
        self.fresh = {length: self._first(length) for length in constraint.lengths}
        self.found: list[Found] = []
        self.seen: set = set()

    def _first(self, length: int) -> "Fresh":
        """What nothing was drawn from yet. Where anything goes it is large and always the same: kept with the known names."""
        if self.known is None or self.constraint.starts[length] not in self.constraint.free:
            return self._fresh(length)
        if (self.model, length) not in self.known.kept:
            self.known.kept[self.model, length] = self._fresh(length)
        return self.known.kept[self.model, length]

    def _fresh(self, length: int) -> "Fresh":
        taken = self.taken.get(length, np.empty((0, length), dtype=np.int64))
        return Fresh(self.model, self.messages, self.constraint, length, taken)

    def refill(self, count: int, rng: np.random.Generator) -> bool:
        """Draw so many sequences and keep those that are new; False when nothing is left to draw."""
        drawn = self.draw(count, rng)
        for length in {len(ids) for ids, _ in drawn}:
            self._take(length, np.array([ids for ids, _ in drawn if len(ids) == length]))
        self._keep(drawn)
        return bool(drawn)

    def draw(self, count: int, rng: np.random.Generator) -> list[tuple[np.ndarray, float]]:
        """Independent draws, each as token ids and log p in nats; none when nothing is left to draw."""
        lengths = np.array(self.constraint.lengths)
        for length in lengths.tolist():
            if length not in self.fresh:
                self.fresh[length] = self._fresh(length)
        mass = np.array([self.fresh[length].log_mass for length in lengths.tolist()])
        if not len(mass) or mass.max() == -np.inf:
            return []
        which = lengths[_choose(np.tile(mass, (count, 1)), rng)]
        drawn: list[tuple[np.ndarray, float]] = [None] * count
        for length in np.unique(which).tolist():
            places = np.flatnonzero(which == length)
            ids, log_probs = self.fresh[length].draw(len(places), rng)
            for place, row, log_prob in zip(places.tolist(), ids, log_probs.tolist(), strict=True):
                drawn[place] = (row, log_prob)
        return drawn

    def _take(self, length: int, ids: np.ndarray) -> None:
        """Never draw these again."""
        self.taken[length] = np.concatenate([self.taken.get(length, ids[:0]), ids])
        self.fresh.pop(length, None)

    def _keep(self, drawn: Iterable[tuple[np.ndarray, float]]) -> None:
        for row, log_prob in drawn:
            tokens = self.model.vocabulary.decode(row.tolist())
            name = tokens if self.known is None else key("".join(tokens))
            if name not in self.seen and (self.known is None or tokens not in self.known):
                self.seen.add(name)
                self.found.append(Found(tokens, log_prob))


class Fresh:
    """p(sequence of one length | constraint, not taken), ready to draw from; `log_mass` is its evidence in nats."""

    def __init__(self, model: Model, messages: Messages, constraint: Constraint, length: int, taken: np.ndarray):
        self.model, self.messages, self.constraint, self.length = model, messages, constraint, length
        self.masses: list[np.ndarray] = []  # for each depth of the trie, log mass of (prefix, token), shape (prefixes, V)
        self.below: list[np.ndarray] = []  # the prefix that (prefix, token) leads to, -1 off the trie
        self._descend(np.unique(taken, axis=0))
        self._ascend()
        self.log_mass = float(log_sum(self.masses[0])[0])

    def _descend(self, taken: np.ndarray) -> None:
        """The mass of every prefix of what is taken, as the messages have it."""
        frontier, nodes = self.model.begin(self.length), np.array([self.constraint.starts[self.length]])
        prefix = np.zeros(len(taken), dtype=np.int64)
        for depth in range(self.length):
            self.masses.append(self.messages.step(frontier, nodes).log())
            below = np.full(self.masses[-1].shape, -1)
            self.below.append(below)
            if not len(taken):
                return
            pairs, prefix_below = np.unique(prefix * below.shape[1] + taken[:, depth], return_inverse=True)
            rows, tokens = np.divmod(pairs, below.shape[1])
            below[rows, tokens] = np.arange(len(pairs))
            if depth + 1 < self.length:
                frontier, nodes = self.model.advance(frontier, rows, tokens), self.constraint.children[nodes[rows], tokens]
            prefix = prefix_below

    def _ascend(self) -> None:
        """Take what is taken out of the masses, from the longest prefixes to the empty one."""
        for depth in range(len(self.masses) - 1, -1, -1):
            on = self.below[depth] >= 0
            if depth + 1 == self.length:
                self.masses[depth][on] = -np.inf
            elif on.any():
                self.masses[depth][on] = log_sum(self.masses[depth + 1])[self.below[depth][on]]

    def draw(self, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Independent draws: token ids, int64 of shape (count, length), and log p of each in nats, shape (count,)."""
        ids = np.empty((count, self.length), dtype=np.int64)
        frontier, nodes = self.model.begin(self.length), np.array([self.constraint.starts[self.length]])
        rows, prefix = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
        for depth in range(self.length):
            mass = self._mass(self.messages.step(frontier, nodes).log()[rows], prefix, depth)
            tokens = ids[:, depth] = _choose(mass, rng)
            if depth + 1 < self.length:
                frontier, nodes = self.model.advance(frontier, rows, tokens), self.constraint.children[nodes[rows], tokens]
                prefix = np.where(prefix >= 0, self.below[depth][prefix, tokens], -1) if depth < len(self.below) else prefix
                rows = np.arange(count)
        return ids, mass[np.arange(count), ids[:, -1]]

    def _mass(self, mass: np.ndarray, prefix: np.ndarray, depth: int) -> np.ndarray:
        """The masses of tokens, with what is taken out of them where a prefix is on the trie."""
        on = np.flatnonzero(prefix >= 0)
        if depth < len(self.masses):
            mass[on] = self.masses[depth][prefix[on]]
        return mass


def _choose(log_mass: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One column of each row, in proportion to exp(log_mass); shape (n,)."""
    total = np.cumsum(np.exp(log_mass - log_mass.max(axis=1, keepdims=True)), axis=1)
    at = np.minimum(rng.random(len(total)) * total[:, -1], np.nextafter(total[:, -1], 0.0))
    return (total <= at[:, None]).sum(axis=1)
