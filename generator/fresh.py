"""What is left of p(sequence | constraint) once known names are taken out, ready to draw from.

A walk forward draws each token in proportion to its mass: how probable it is that the sequence goes on so and fits. Known names
are taken out of that mass where it stands: the prefixes of the known names that fit form a small trie; on it the mass of a prefix
is the sum of what its tokens lead to, nothing where that is a known name's end. Off the trie nothing is known and the messages
speak for themselves. No mass is found by subtraction, so a pattern whose mass is nearly all known loses no digits.
"""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from .constraint import Constraint
from .messages import Messages, log_sum

if TYPE_CHECKING:
    from .models import Model

Draw = tuple[np.ndarray, float]  # token ids and log p in nats


class Fresh:
    """p(sequence | constraint, not taken), ready to draw from.

    The trie has a root for each length that the constraint allows, so a prefix stands for its tokens and the length in all.
    """

    def __init__(self, model: "Model", messages: Messages, constraint: Constraint, taken: dict[int, np.ndarray]):
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

    @cached_property
    def log_prob(self) -> float:
        """log p(constraint, not taken) in nats."""
        return float(log_sum(self.masses[0].ravel())) if len(self.lengths) else -np.inf

    def draw(self, count: int, rng: np.random.Generator) -> list[Draw]:
        """Independent draws, each as token ids and log p in nats; none when nothing is left to draw."""
        if not len(self.lengths) or self.masses[0].max() == -np.inf:
            return []
        root = _choose(np.tile(log_sum(self.masses[0]), (count, 1)), rng)
        return self._walk(root, rng)

    def _walk(self, prefix: np.ndarray, rng: np.random.Generator) -> list[Draw]:
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
